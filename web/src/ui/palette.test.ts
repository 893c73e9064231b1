// The contrast of every text and surface pair, in every theme, computed from themes.css itself.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, fitChroma, oklch, type Rgb, readable, toHex, toNumber } from './color';

const css = readFileSync(new URL('./styles/themes.css', import.meta.url), 'utf8')
  .replaceAll('"', "'")
  .replace(/\/\*[\s\S]*?\*\//g, '');

type Palette = Map<string, string>;

function block(selector: string): [string, string][] {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no block ${selector}`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [
    match[1] as string,
    match[2] as string,
  ]);
}

const dark = block(":root[data-theme='dark']");
const themes: Record<string, Palette> = {
  dark: new Map(dark),
  coal: new Map([...dark, ...block(":root[data-theme='coal']")]),
  light: new Map([...dark, ...block(":root[data-theme='light']")]),
  contrast: new Map([...dark, ...block(":root[data-contrast='more']")]),
  'light contrast': new Map([
    ...dark,
    ...block(":root[data-theme='light']"),
    ...block(":root[data-contrast='more']"),
    ...block(":root[data-contrast='more'][data-theme='light']"),
  ]),
};
const tinted = ['dark', 'coal', 'light'];

/** The colour of a token for an accent hue and a saturation, as a browser would compute it. */
function color(name: string, palette: Palette, hue = 280, saturation = 1): Rgb {
  const light = palette.get('color-scheme') === 'light' || palette === themes['light'];
  const lightAccent = light || palette === themes['light contrast'];
  const values: Record<string, number> = {
    'accent-hue': hue,
    saturation,
    'accent-c-fill': fitChroma(lightAccent ? 0.52 : 0.54, 0.19, hue),
    'accent-c-text': fitChroma(lightAccent ? 0.48 : 0.76, lightAccent ? 0.19 : 0.12, hue),
  };
  const text = (palette.get(name) ?? '').replace(/var\(--([\w-]+)\)/g, (_, key: string) =>
    String(values[key]),
  );
  const parts = text
    .replace(/^oklch\((.*)\)$/, '$1')
    .replace(/calc\(([^)]*)\)/g, (_, product: string) =>
      String(product.split('*').reduce((sum, factor) => sum * Number(factor), 1)),
    )
    .split(/\s+/)
    .map(Number);
  const [l, c, h] = parts;
  if (l === undefined || c === undefined || h === undefined || parts.some(Number.isNaN)) {
    throw new Error(`${name}: ${text}`);
  }
  return oklch(l, c, h);
}

const surfaces = ['rail', 'sidebar', 'chat', 'raised', 'field'].map((name) => `surface-${name}`);
const hues = Array.from({ length: 24 }, (_, i) => i * 15);

describe.each(Object.entries(themes))('%s', (name, palette) => {
  test.each(surfaces)('text on %s', (surface) => {
    const below = color(surface, palette);
    for (const text of ['text-1', 'text-2', 'text-3', 'link']) {
      expect(contrast(color(text, palette), below), text).toBeGreaterThanOrEqual(4.5);
    }
    for (const text of ['positive', 'warning', 'danger']) {
      // On the light rail these are words in text 1 with an icon in the colour.
      const wanted = name === 'light' && surface === 'surface-rail' ? 3 : 4.5;
      expect(contrast(color(text, palette), below), text).toBeGreaterThanOrEqual(wanted);
    }
  });

  test('text on mentions', () => {
    for (const text of ['text-1', 'text-2', 'text-3', 'link']) {
      expect(contrast(color(text, palette), color('surface-mention', palette)), text).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  test('text 3 is never worse than 4.7 on what is read most', () => {
    for (const surface of ['surface-sidebar', 'surface-chat', 'surface-raised']) {
      expect(contrast(color('text-3', palette), color(surface, palette))).toBeGreaterThanOrEqual(4.7);
    }
  });

  test('tooltips, edges, status', () => {
    expect(
      contrast(color('text-inverse', palette), color('surface-inverse', palette)),
    ).toBeGreaterThanOrEqual(7);
    const chat = color('surface-chat', palette);
    for (const mark of ['edge', 'status-online', 'status-idle', 'status-dnd', 'status-offline']) {
      expect(contrast(color(mark, palette), chat), mark).toBeGreaterThanOrEqual(3);
    }
    for (const fill of ['danger-fill', 'danger-hover', 'positive-fill']) {
      expect(contrast(color('on-danger', palette), color(fill, palette)), fill).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(hues)('accent of hue %i', (hue) => {
    for (const fill of ['accent', 'accent-hover', 'accent-press']) {
      expect(contrast(color('on-accent', palette), color(fill, palette, hue)), fill).toBeGreaterThanOrEqual(
        4.7,
      );
    }
    for (const surface of surfaces) {
      const found = contrast(color('accent-text', palette, hue), color(surface, palette));
      expect(found, surface).toBeGreaterThanOrEqual(
        surface === 'surface-rail' && name === 'light' ? 4.5 : 4.7,
      );
      expect(
        contrast(color('focus', palette, hue), color(surface, palette)),
        `focus ${surface}`,
      ).toBeGreaterThanOrEqual(3);
    }
  });

  test('less saturation costs no contrast', () => {
    for (const saturation of [0, 0.5]) {
      for (const text of ['text-1', 'text-2', 'text-3']) {
        for (const surface of surfaces) {
          const found = contrast(color(text, palette), color(surface, palette, 280, saturation));
          expect(found, `${text} ${surface}`).toBeGreaterThanOrEqual(4.5);
        }
      }
      expect(
        contrast(color('on-accent', palette), color('accent', palette, 280, saturation)),
      ).toBeGreaterThan(4.5);
    }
  });

  if (!tinted.includes(name)) {
    test('text is black on white or white on black', () => {
      for (const surface of surfaces) {
        expect(contrast(color('text-1', palette), color(surface, palette))).toBeGreaterThan(20.9);
      }
    });
  }
});

test('a role colour is moved until it can be read', () => {
  for (const wanted of [0x000000, 0x0000ff, 0xffffff, 0xffff00, 0x333333, 0xff0000, 0x99aab5]) {
    const [onDark, onLight] = [readable(wanted, true), readable(wanted, false)].map((hex) => {
      const value = Number.parseInt(hex.slice(1), 16);
      return [16, 8, 0].map((shift) => {
        const part = ((value >> shift) & 255) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      }) as Rgb;
    }) as [Rgb, Rgb];
    expect(contrast(onDark, oklch(0.3, 0.014, 280)), toHex(wanted)).toBeGreaterThan(4.4);
    expect(contrast(onLight, oklch(0.915, 0.008, 280)), toHex(wanted)).toBeGreaterThan(4.4);
  }
  expect(toHex(toNumber(oklch(1, 0, 0)))).toBe('#ffffff');
});
