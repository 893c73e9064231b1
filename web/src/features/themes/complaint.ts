// What a person's CSS may not hold: other files, and pictures from anywhere but data and this server's media. It must
// not tell others where somebody is.
const LIMIT = 256 * 1024;

export function complaint(css: string): 'import' | 'url' | 'size' | undefined {
  if (new TextEncoder().encode(css).length > LIMIT) return 'size';
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\\[0-9a-f]{1,6}\s?/gi, '');
  if (/@import/i.test(plain)) return 'import';
  const foreign = [...plain.matchAll(/(?:url|image|image-set|src)\(\s*["']?([^"')]*)/gi)].some(
    ([, address]) => address && !/^(data:image\/|#|\/media\/|linear-|radial-|conic-)/i.test(address),
  );
  return foreign ? 'url' : undefined;
}
