// How well a name answers what was typed: whole, beginning, beginning of a word, letters in order.
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase();

/** 0 is no match; more is better. */
export function score(name: string, query: string): number {
  const text = fold(name);
  const wanted = fold(query.trim());
  if (!wanted) return 1;
  if (text === wanted) return 100;
  if (text.startsWith(wanted)) return 90 - Math.min(20, text.length / 8);
  const words = text.split(/[\s\-_#./]+/u);
  if (words.some((word) => word.startsWith(wanted))) return 70 - Math.min(10, text.length / 16);
  const parts = wanted.split(/\s+/u);
  if (parts.length > 1 && parts.every((part) => words.some((word) => word.startsWith(part)))) return 60;
  if (text.includes(wanted)) return 50 - Math.min(10, text.length / 16);
  return letters(text, wanted);
}

/** All letters in order, few gaps before many. */
function letters(text: string, wanted: string): number {
  let at = -1;
  let gaps = 0;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return 0;
    if (at >= 0 && next > at + 1) gaps += 1;
    at = next;
  }
  return gaps > 3 ? 0 : 30 - gaps * 5;
}

export type Scope = 'all' | 'people' | 'text' | 'voice' | 'communities' | 'commands';
const scopes: Record<string, Scope> = {
  '@': 'people',
  '#': 'text',
  '!': 'voice',
  '*': 'communities',
  '>': 'commands',
};

/** `#gen` looks for channels only. */
export function parseQuery(text: string): { scope: Scope; query: string } {
  const scope = scopes[text[0] ?? ''];
  return scope ? { scope, query: text.slice(1).trim() } : { scope: 'all', query: text.trim() };
}
