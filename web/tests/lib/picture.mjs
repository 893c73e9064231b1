// Pictures drawn here, so that tests need no files: a landscape by its colours, as PNG.
import { deflateSync } from 'node:zlib';

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

/** A PNG whose pixels `color(x, y)` gives, x and y from 0 to 1, as [red, green, blue] or with alpha. */
export function png(width, height, color) {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0, at = 0; y < height; y += 1) {
    at += 1;
    for (let x = 0; x < width; x += 1) {
      const [r, g, b, a = 255] = color(x / width, y / height);
      rows.set([r, g, b, a], at);
      at += 4;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const mix = (a, b, part) => a.map((one, i) => one + (b[i] - one) * Math.min(1, Math.max(0, part)));
const rgb = (hex) => [hex >> 16, (hex >> 8) & 255, hex & 255];

/** Hills under a sky with a sun: `sky`, `low`, `hill` and `sun` are colours. */
export function landscape(width, height, { sky, low, hill, sun, seed = 0 }) {
  const [top, horizon, ground, disc] = [sky, low, hill, sun].map(rgb);
  const ratio = width / height;
  return png(width, height, (x, y) => {
    const ridge = (depth) =>
      0.62 +
      depth * 0.13 +
      0.06 * Math.sin(x * (5 + depth * 2) + seed + depth * 2) +
      0.03 * Math.sin(x * 13 + seed);
    const away = Math.hypot((x - 0.68) * ratio, y - 0.36);
    let color = mix(top, horizon, y / 0.75);
    if (away < 0.13) color = mix(disc, color, (away - 0.12) / 0.01);
    for (const depth of [0, 1, 2]) if (y > ridge(depth)) color = mix(ground, horizon, 0.55 - depth * 0.25);
    return color;
  });
}

/** A disc on a ground: an emoji. */
export const disc = (ground, mark) =>
  png(96, 96, (x, y) => {
    const away = Math.hypot(x - 0.5, y - 0.5);
    if (away > 0.47) return [0, 0, 0, 0];
    return Math.hypot(x - 0.38, y - 0.36) < 0.16 ? rgb(mark) : rgb(ground);
  });

export const dataUrl = (picture) => `data:image/png;base64,${picture.toString('base64')}`;

export const looks = {
  dawn: { sky: 0x8fb8de, low: 0xf7d9c4, hill: 0x4a6d7c, sun: 0xfff3d6 },
  dusk: { sky: 0x3b3561, low: 0xe98a6d, hill: 0x1f2544, sun: 0xffd8a8, seed: 2 },
  forest: { sky: 0xbfe0d4, low: 0xeaf4e2, hill: 0x2f5d50, sun: 0xffffff, seed: 4 },
  desert: { sky: 0x6fa3c8, low: 0xf5c98b, hill: 0xa8553a, sun: 0xfff1c9, seed: 1 },
  night: { sky: 0x0d1b3d, low: 0x45619d, hill: 0x0a1128, sun: 0xf4f1de, seed: 3 },
  rose: { sky: 0xd9a5b3, low: 0xfbe4e2, hill: 0x7d4e63, sun: 0xfffaf0, seed: 5 },
};
