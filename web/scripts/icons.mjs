// Writes the icons of public/ from the mark in src/ui/icons/mark.ts: `node scripts/icons.mjs`.
// Their pixels are made by Chromium; the files are kept in the repository, so that a build needs none.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import ts from 'typescript';

const source = async (name) => {
  const text = await readFile(new URL(`../src/ui/${name}.ts`, import.meta.url), 'utf8');
  return ts.transpileModule(text, { compilerOptions: { module: 'ESNext', target: 'ES2022' } }).outputText;
};
const { markSvg } = await import(`data:text/javascript,${encodeURIComponent(await source('icons/mark'))}`);

const ground = (inset) =>
  `<rect x="${-inset}" y="${-inset}" width="${64 + 2 * inset}" height="${64 + 2 * inset}" fill="#5b50d6"/>`;
const files = [
  ['icon-192', 192, markSvg({ inset: 4 })],
  ['icon-512', 512, markSvg({ inset: 4 })],
  // Round masks cut a tenth from each side; the mark stays inside what no mask cuts.
  ['maskable-192', 192, markSvg({ inset: 24, ground: ground(24) })],
  ['maskable-512', 512, markSvg({ inset: 24, ground: ground(24) })],
  ['apple-touch-icon', 180, markSvg({ inset: 16, ground: ground(16) })],
  // One colour: the system tints it.
  ['badge-96', 96, markSvg({ inset: 4 }).replaceAll('#fff', '#000').replaceAll('#5b50d6', '#fff')],
];
const target = new URL('../public/', import.meta.url);
await mkdir(new URL('icons/', target), { recursive: true });
await writeFile(new URL('favicon.svg', target), `${markSvg()}\n`);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
for (const [name, size, svg] of files) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  await page.screenshot({ path: new URL(`icons/${name}.png`, target).pathname, omitBackground: true });
}
await browser.close();
