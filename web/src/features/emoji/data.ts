// The emoji of Unicode with their names: loaded when a picker, a suggestion or a `:name:` asks for the first time,
// in the language of the interface, with the English names beside it for searching.
import { i18n } from '@lingui/core';
import { useSyncExternalStore } from 'react';

export interface Emoji {
  /** The character itself, without a skin tone. */
  char: string;
  /** In the language of the interface. */
  label: string;
  /** Short names, the usual one first. */
  names: string[];
  /** What it is found by, folded, in the language of the interface and in English. */
  words: string[];
  group: number;
  /** By tone, 1 to 5. */
  skins: string[];
}

export interface EmojiData {
  all: Emoji[];
  groups: { id: number; emojis: Emoji[] }[];
  byName: Map<string, Emoji>;
  byChar: Map<string, Emoji>;
}

interface Raw {
  hexcode: string;
  label: string;
  unicode: string;
  group?: number;
  order?: number;
  tags?: string[];
  skins?: Raw[];
}

const compact: Record<string, () => Promise<{ default: string }>> = {
  en: () => import('emojibase-data/en/compact.json?url'),
  de: () => import('emojibase-data/de/compact.json?url'),
  fr: () => import('emojibase-data/fr/compact.json?url'),
  es: () => import('emojibase-data/es/compact.json?url'),
  ja: () => import('emojibase-data/ja/compact.json?url'),
};

const COMPONENTS = 2;
let data: EmojiData | undefined;
let language = '';
let loading: Promise<EmojiData> | undefined;
const listeners = new Set<() => void>();

export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

async function json<T>(address: Promise<{ default: string }>): Promise<T> {
  const answer = await fetch((await address).default);
  if (!answer.ok) throw new Error(`emoji data: ${answer.status}`);
  return (await answer.json()) as T;
}

async function load(of: string): Promise<EmojiData> {
  const english = compact['en'] as () => Promise<{ default: string }>;
  const [rows, names, plain] = await Promise.all([
    json<Raw[]>((compact[of] ?? english)()),
    json<Record<string, string | string[]>>(import('emojibase-data/en/shortcodes/iamcal.json?url')),
    of in compact && of !== 'en' ? json<Raw[]>(english()) : undefined,
  ]);
  return build(rows, names, plain);
}

export function build(rows: Raw[], names: Record<string, string | string[]>, plain?: Raw[]): EmojiData {
  const english = new Map(plain?.map((raw) => [raw.hexcode, raw]));
  const all: Emoji[] = [];
  const byName = new Map<string, Emoji>();
  const byChar = new Map<string, Emoji>();
  for (const raw of [...rows].sort((a, b) => (a.order ?? 0) - (b.order ?? 0))) {
    if (raw.group === undefined || raw.group === COMPONENTS) continue;
    const own = names[raw.hexcode];
    const short = own === undefined ? [fold(raw.label).replace(/[^a-z\d]+/g, '_')] : [own].flat();
    const other = english.get(raw.hexcode);
    const words = new Set<string>();
    for (const text of [raw.label, ...(raw.tags ?? []), other?.label ?? '', ...(other?.tags ?? [])]) {
      for (const word of fold(text).split(/[^\p{L}\p{N}+]+/u)) if (word) words.add(word);
    }
    const skins = raw.skins?.filter((skin) => !skin.hexcode.replace(raw.hexcode, '').slice(1).includes('-'));
    const emoji: Emoji = {
      char: raw.unicode,
      label: raw.label,
      names: short,
      words: [...words],
      group: raw.group,
      skins: (skins?.length === 5 ? skins : (raw.skins?.slice(0, 5) ?? [])).map((skin) => skin.unicode),
    };
    all.push(emoji);
    for (const name of short) if (!byName.has(name)) byName.set(name, emoji);
    byChar.set(bare(raw.unicode), emoji);
    for (const skin of raw.skins ?? []) byChar.set(bare(skin.unicode), emoji);
  }
  const groups = new Map<number, Emoji[]>();
  for (const emoji of all) {
    const group = groups.get(emoji.group);
    if (group) group.push(emoji);
    else groups.set(emoji.group, [emoji]);
  }
  return { all, byName, byChar, groups: [...groups].map(([id, emojis]) => ({ id, emojis })) };
}

const bare = (char: string) => char.replaceAll('\ufe0f', '');

/** Loads the data, once for each language. */
export function loadEmoji(): Promise<EmojiData> {
  const wanted = i18n.locale.split('-')[0] || 'en';
  if (!loading || language !== wanted) {
    language = wanted;
    loading = load(wanted).then((loaded) => {
      data = loaded;
      for (const listener of listeners) listener();
      return loaded;
    });
    loading.catch(() => {
      loading = undefined;
    });
  }
  return loading;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The data if they are there; nothing is loaded by asking. */
export const emojiData = (): EmojiData | undefined => data;
export const useEmojiData = (): EmojiData | undefined =>
  useSyncExternalStore(subscribe, emojiData, emojiData);

/** The name of an emoji for people who do not see it. */
export const emojiLabel = (char: string): string | undefined => data?.byChar.get(bare(char))?.label;
export const emojiByChar = (char: string): Emoji | undefined => data?.byChar.get(bare(char));
export const withTone = (emoji: Emoji, tone: number): string => emoji.skins[tone - 1] ?? emoji.char;
