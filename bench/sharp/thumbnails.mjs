// The other side of `bench/imaging`: `thumbnails.mjs make FILE WIDTH HEIGHT` writes a picture,
// `thumbnails.mjs FILE WIDTH SECONDS` makes thumbnails of one on one thread and prints what the
// Rust side prints, `thumbnails.mjs version` the versions.
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

sharp.concurrency(1);
sharp.cache(false);

const [first, ...rest] = process.argv.slice(2);
if (first === 'version') {
  console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, libwebp ${sharp.versions.webp}`);
} else if (first === 'make') {
  await make(rest[0], Number(rest[1]), Number(rest[2]));
} else {
  await measure(first, Number(rest[0]), Number(rest[1]));
}

// Smooth noise in octaves, as natural pictures have it: much at large scales, a little grain.
async function make(file, width, height) {
  let seed = 7;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const pixels = new Float32Array(width * height * 3).fill(128);
  for (let cell = 1024, weight = 90; cell >= 1; cell /= 4, weight *= 0.42) {
    const columns = Math.ceil(width / cell) + 2;
    const grid = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) * 3 }, () => random() - 0.5);
    for (let y = 0; y < height; y++) {
      const row = Math.floor(y / cell), v = y / cell - row;
      for (let x = 0; x < width; x++) {
        const column = Math.floor(x / cell), u = x / cell - column;
        const at = (row * columns + column) * 3;
        for (let c = 0; c < 3; c++) {
          const top = grid[at + c] * (1 - u) + grid[at + 3 + c] * u;
          const bottom = grid[at + columns * 3 + c] * (1 - u) + grid[at + columns * 3 + 3 + c] * u;
          pixels[(y * width + x) * 3 + c] += weight * (top * (1 - v) + bottom * v);
        }
      }
    }
  }
  const raw = Uint8ClampedArray.from(pixels);
  await sharp(raw, { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 }).toFile(file);
}

async function measure(file, width, seconds) {
  const source = readFileSync(file);
  const one = () => sharp(source).resize(width).webp({ quality: 80, effort: 4 }).toBuffer({ resolveWithObject: true });
  const { data, info } = await one();
  const begun = process.hrtime.bigint(), used = process.cpuUsage();
  const clock = () => Number(process.hrtime.bigint() - begun) / 1e9;
  let made = 0;
  while (clock() < seconds) {
    await one();
    made++;
  }
  const spent = process.cpuUsage(used);
  const processor = (spent.user + spent.system) / 1e6;
  console.log(`${made} ${clock().toFixed(3)} ${processor.toFixed(3)} ${data.length} ${info.width}x${info.height}`);
}
