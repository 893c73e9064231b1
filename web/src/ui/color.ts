// Colour arithmetic: oklch to sRGB, what fits into its gamut, and WCAG contrast.

export type Rgb = [number, number, number];

/** Linear sRGB of an oklch colour; parts outside 0–1 are outside the gamut. */
function linear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const inside = (rgb: Rgb) => rgb.every((part) => part >= -0.0005 && part <= 1.0005);

/** The chroma nearest to the wanted one that sRGB can show at this lightness and hue. */
export function fitChroma(lightness: number, wanted: number, hue: number): number {
  if (inside(linear(lightness, wanted, hue))) return wanted;
  let low = 0;
  let high = wanted;
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (inside(linear(lightness, middle, hue))) low = middle;
    else high = middle;
  }
  return Math.floor(low * 1000) / 1000;
}

/** sRGB of an oklch colour as linear parts, cut to the gamut. */
export function oklch(lightness: number, chroma: number, hue: number): Rgb {
  return linear(lightness, fitChroma(lightness, chroma, hue), hue).map((part) =>
    Math.min(1, Math.max(0, part)),
  ) as Rgb;
}

const toLinear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const toGamma = (part: number) => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);

/** Linear parts of a number as the wire has colours (0xRRGGBB). */
export function fromNumber(color: number): Rgb {
  return [(color >> 16) & 255, (color >> 8) & 255, color & 255].map((part) => toLinear(part / 255)) as Rgb;
}

export function toNumber(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => Math.round(Math.min(1, Math.max(0, toGamma(part))) * 255)) as Rgb;
  return (r << 16) | (g << 8) | b;
}

export const toHex = (color: number) => `#${color.toString(16).padStart(6, '0')}`;

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

export function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** A layer of some opacity over an opaque colour, blended as browsers do it (in gamma space). */
export function over(top: Rgb, alpha: number, below: Rgb): Rgb {
  return top.map((part, i) =>
    toLinear(alpha * toGamma(part) + (1 - alpha) * toGamma(below[i] as number)),
  ) as Rgb;
}

/** Lightness, chroma and hue of a wire colour. */
export function toOklch(color: number): [number, number, number] {
  const [r, g, b] = fromNumber(color);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [lightness, Math.hypot(a, bb), ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360];
}

const cache = new Map<string, string>();

/**
 * A role's or person's own colour, moved in lightness until it reads at 4.5:1 on every surface: a mention's row is
 * the nearest to it.
 * `dark` says which way: the surfaces of the two families are close enough for one answer each.
 */
export function readable(color: number, dark: boolean): string {
  const id = `${color}${dark ? 'd' : 'l'}`;
  const known = cache.get(id);
  if (known) return known;
  const surface = dark ? oklch(0.335, 0.05, 85) : oklch(0.915, 0.008, 280);
  let [lightness, chroma, hue] = toOklch(color);
  let rgb = fromNumber(color);
  while (contrast(rgb, surface) < 4.5 && lightness >= 0 && lightness <= 1) {
    lightness += dark ? 0.01 : -0.01;
    rgb = oklch(lightness, chroma, hue);
  }
  const text = toHex(toNumber(rgb));
  if (cache.size > 2000) cache.clear();
  cache.set(id, text);
  return text;
}
