// Our mark, in a square of 64: a bubble whose two lines of talk run as one stream.
export const markPath =
  'M32 4c15.5 0 28 11 28 25s-12.5 25-28 25c-2.6 0-5.1-.3-7.5-.9l-11.7 6.400c-1.6.9-3.5-.4-3.2-2.200l1.5-9.600c-4.4-4.5-7.1-11.2-7.1-18.7 0-14 12.5-25 28-25Z';
export const streamPath = 'M17 23.500c5-5 10-5 15 0s10 5 15 0M17 35.500c5-5 10-5 15 0s10 5 15 0';

const ACCENT = '#5b50d6';

/** The mark as a file of its own: `inset` is the empty part around it, `ground` what lies behind. */
export function markSvg({ inset = 0, ground = '' } = {}): string {
  const size = 64 + 2 * inset;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-inset} ${-inset} ${size} ${size}">${ground}` +
    `<path d="${markPath}" fill="${ground ? '#fff' : ACCENT}"/>` +
    `<path d="${streamPath}" fill="none" stroke="${ground ? ACCENT : '#fff'}" stroke-width="5" stroke-linecap="round"/></svg>`
  );
}
