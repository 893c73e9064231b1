// What was chosen lately and how often, on this device.
import { keep, kept, onAccount } from '#/store/device';

const STORAGE = 'emoji-usage';
const KEPT = 200;

interface Usage {
  [key: string]: [count: number, last: number];
}

let usage: Usage | undefined;

function read(): Usage {
  usage ??= kept<Usage>(STORAGE, {});
  return usage;
}
onAccount(() => {
  usage = undefined;
});

export const usageOf = (key: string): number => read()[key]?.[0] ?? 0;

export function used(key: string): void {
  const all = read();
  all[key] = [(all[key]?.[0] ?? 0) + 1, Date.now()];
  const keys = Object.keys(all);
  if (keys.length > KEPT) {
    keys.sort((a, b) => (all[a]?.[1] ?? 0) - (all[b]?.[1] ?? 0));
    for (const old of keys.slice(0, keys.length - KEPT)) delete all[old];
  }
  keep(STORAGE, all);
}

/** Keys of emoji by how often and how lately they were used. */
export function frequent(most = 36): string[] {
  const all = read();
  const day = 86_400_000;
  const weight = (key: string) => {
    const [count, last] = all[key] ?? [0, 0];
    return count / (1 + (Date.now() - last) / (7 * day));
  };
  return Object.keys(all)
    .filter((key) => !/^[@#]/.test(key))
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, most);
}

const TONE = 'emoji-tone';
export const skinTone = (): number => Number(localStorage.getItem(TONE) ?? 0);
export const keepSkinTone = (tone: number): void => localStorage.setItem(TONE, String(tone));
