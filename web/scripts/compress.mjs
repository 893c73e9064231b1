// Compresses what `vite build` wrote, once and as small as it gets, so that the server only hands it out:
// beside each text file a `.br` and a `.gz`, where they save something. `node scripts/compress.mjs [FOLDER]`.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const dist = new URL(`../${process.argv[2] ?? 'dist'}/`, import.meta.url).pathname;
const texts = new Set(['.js', '.css', '.svg', '.json', '.webmanifest', '.txt', '.xml', '.wasm']);
const [br, gz] = [promisify(brotliCompress), promisify(gzip)];

const files = (await readdir(dist, { recursive: true, withFileTypes: true })).filter(
  (entry) => entry.isFile() && texts.has(extname(entry.name)),
);
let [plain, small] = [0, 0];
await Promise.all(
  files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const brotli = await br(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    const zipped = await gz(bytes, { level: 9 });
    plain += bytes.length;
    small += Math.min(brotli.length, bytes.length);
    if (brotli.length < bytes.length * 0.9) await writeFile(`${path}.br`, brotli);
    if (zipped.length < bytes.length * 0.9) await writeFile(`${path}.gz`, zipped);
  }),
);
const kb = (bytes) => `${Math.round(bytes / 1024)} KB`;
console.log(`compress: ${files.length} files, ${kb(plain)} -> ${kb(small)} (brotli)`);
