const EMOJI = /^(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}|[0-9#*]\uFE0F?\u20E3)/u;

/** An emoji at the beginning, apart from the rest. */
export function firstEmoji(text: string): { emoji: string | null; rest: string } {
  const trimmed = text.trim();
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(trimmed);
  if (!first || !EMOJI.test(first.segment)) return { emoji: null, rest: trimmed };
  return { emoji: first.segment, rest: trimmed.slice(first.segment.length).trim() };
}
