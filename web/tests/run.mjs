// Runs the journeys: `node tests/run.mjs [WORD…]` those whose name holds a word, all without one. Each has windows of
// its own; two run at a time. One that fails is tried once more at the end, alone: if it passes then, it is told as
// UNSTEADY with what went wrong, and counts as passed. Ends with `N passed, N failed`. Pictures of those that did not
// pass at once are left in test-results/.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { closeChrome, Windows } from './lib/browser.mjs';

const folder = fileURLToPath(new URL('./journeys/', import.meta.url));
const results = fileURLToPath(new URL('../test-results', import.meta.url));
const words = process.argv.slice(2);
const DEADLINE = 300_000;
const ACCIDENTS = 8;

const journeys = [];
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.mjs')).sort()) {
  const { default: given } = await import(`${folder}${file}`);
  for (const [name, run] of Object.entries(given)) journeys.push({ name, run, file });
}
const chosen = journeys.filter(
  ({ name, file }) => words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
);

await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
let [passed, failed] = [0, 0];
const again = [];

/** Runs a journey; what went wrong, or nothing. */
async function attempt({ name, run }) {
  const windows = new Windows(name.replace(/[^\w]+/g, '-').slice(0, 60));
  const begun = Date.now();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${DEADLINE / 1000} s`)), DEADLINE);
  });
  try {
    await Promise.race([run(windows), late]);
    windows.check();
    console.log(`ok      ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    await windows.pictures(results);
    const trace = error.stack?.split('\n').slice(0, 14) ?? [String(error)];
    return [...trace, ...[...new Set(windows.complaints)].slice(0, 8)].join('\n    ');
  } finally {
    clearTimeout(timer);
    await windows.close();
  }
}

const waiting = [...chosen];
const lanes = Math.min(Number(process.env.JOURNEYS ?? Math.max(1, Math.min(2, availableParallelism()))), 4);
await Promise.all(
  Array.from({ length: lanes }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const wrong = await attempt(next);
      if (!wrong) passed += 1;
      else {
        again.push({ journey: next, wrong });
        console.log(`not ok  ${next.name}`);
      }
    }
  }),
);
for (const { journey, wrong } of again) {
  // Many at once are no accident.
  const still = again.length > ACCIDENTS ? wrong : await attempt(journey);
  if (still) failed += 1;
  else passed += 1;
  console.log(`${still ? 'FAILED' : 'UNSTEADY'}  ${journey.name}\n    ${still ?? wrong}`);
}
await closeChrome();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
