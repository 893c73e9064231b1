/** `name#0000`, with or without spaces around the sign. */
export function parseTag(text: string): { username: string; discriminator: string } | null {
  const match = /^\s*@?(\S.*?)\s*#\s*(\d{1,4})\s*$/u.exec(text);
  if (!match?.[1] || !match[2]) return null;
  return { username: match[1], discriminator: match[2].padStart(4, '0') };
}
