// Finding Unicode emoji in text. The `v` flag knows sequences (flags, families, skin tones), which no list of ours could.

const rgi = '\\p{RGI_Emoji}';
const sequence = new RegExp(rgi, 'vy');
const first = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/uy;
const shown = /\p{Emoji_Presentation}/uy;
/** Marks of law, which stay text unless a picture is asked for. */
const marks = new Set([0xa9, 0xae, 0x2122]);

/** The emoji that starts at `at`, or an empty string. */
export function emojiAt(text: string, at: number): string {
  const code = text.charCodeAt(at);
  if (code < 0xa9) {
    if (text.charCodeAt(at + 1) !== 0xfe0f || text.charCodeAt(at + 2) !== 0x20e3) return '';
    return '0123456789#*'.includes(text.charAt(at)) ? text.slice(at, at + 3) : '';
  }
  if (marks.has(code)) return '';
  first.lastIndex = at;
  if (!first.test(text)) return '';
  sequence.lastIndex = at;
  const found = sequence.exec(text);
  if (found) return found[0];
  shown.lastIndex = at;
  return shown.exec(text)?.[0] ?? '';
}
