// Pictures of every view in three widths, light and dark, with the same data every time, into web/screenshots/:
// `make screenshots`, or `node tests/screenshots.mjs [WORD…]` for views whose name holds a word. With LOOK=arabic,
// contrast or large the main views in that look.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { closeChrome, Windows } from './lib/browser.mjs';
import { person } from './lib/people.mjs';
import { sample } from './lib/sample.mjs';
import { ready, views } from './lib/views.mjs';

const out = fileURLToPath(new URL('../screenshots/', import.meta.url));
const words = process.argv.slice(2);
const look = process.env.LOOK;
const WIDTHS = (process.env.WIDTHS ?? '390,820,1440')
  .split(',')
  .map((width) => [Number(width), { 390: 844, 820: 1180, 1440: 900 }[width] ?? 900]);

await mkdir(out, { recursive: true });
const s = await sample();
s.newcomer = await person('Newcomer');
const windows = new Windows('screenshots');

const pages = new Map();
async function pageOf(who) {
  if (pages.has(who)) return pages.get(who);
  const options = {
    locale: look === 'arabic' ? 'ar' : 'en-US',
    ...(look === 'contrast' ? { contrast: 'more' } : {}),
  };
  const page = who ? await windows.as(s[who], options) : await windows.open({ ...options, path: '/login' });
  if (look === 'large')
    await page.addInitScript(() =>
      addEventListener('DOMContentLoaded', () =>
        document.documentElement.style.setProperty('font-size', '200%'),
      ),
    );
  pages.set(who, page);
  return page;
}
// Somebody is there.
for (const who of ['grace', 'alan']) await windows.as(s[who]);

let count = 0;
const missed = [];
for (const { name, path, open, who } of Object.values(views(s)).flat()) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const page = await pageOf(who);
  page.setDefaultTimeout(10_000);
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    try {
      await page.goto(path);
      await ready(page);
      await open?.(page);
      await ready(page);
    } catch (error) {
      missed.push(`${name} at ${width}: ${error.message.split('\n').slice(0, 6).join(' ')}`);
    }
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: `${out}${name}-${width}-${look ? `${look}-` : ''}${colorScheme}.png`,
        caret: 'hide',
        animations: 'disabled',
      });
      count += 1;
    }
    await page.context().setOffline(false);
  }
}
await windows.close();
await closeChrome();
console.log(`${count} pictures in web/screenshots`);
for (const one of missed) console.log(`not as meant: ${one}`);
process.exit(missed.length > 0 ? 1 : 0);
