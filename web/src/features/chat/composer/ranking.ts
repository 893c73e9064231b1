// In which order suggestions are shown: how well the words fit first, then who spoke here last, then what one uses.
import { fold } from '#/features/emoji/data';

export interface Candidate {
  /** All it may be found by, the shown name first. */
  names: readonly string[];
  /** What it is about; fits less well than a name that fits as well. */
  words?: readonly string[];
  /** Smaller is more recent; absent when not at all. */
  recent?: number;
  /** How often it was chosen before. */
  used?: number;
}

/** 0 exact, 1 at the start, 2 at the start of a word, 3 within, 4 letters in order; `undefined` when it does not fit. */
export function quality(name: string, query: string): number | undefined {
  const text = fold(name);
  if (!query) return 1;
  if (text === query) return 0;
  if (text.startsWith(query)) return 1;
  const at = text.indexOf(query);
  if (at > 0) return /[\s_.\-(]/.test(text[at - 1] ?? '') ? 2 : 3;
  let i = 0;
  for (const char of text) if (char === query[i]) i++;
  return i === query.length && query.length > 1 ? 4 : undefined;
}

/** The best candidates, best first. Equal ones keep the order they came in. */
export function rank<T extends Candidate>(candidates: Iterable<T>, query: string, most = 10): T[] {
  const wanted = fold(query.trim());
  const fitting: { candidate: T; fit: number; at: number }[] = [];
  let at = 0;
  for (const candidate of candidates) {
    let fit: number | undefined;
    for (const name of candidate.names) {
      const found = quality(name, wanted);
      if (found !== undefined && (fit === undefined || found < fit)) fit = found;
    }
    for (const word of candidate.words ?? []) {
      const found = quality(word, wanted);
      if (found !== undefined && found < 3 && (fit === undefined || found + 1.5 < fit)) fit = found + 1.5;
    }
    if (fit !== undefined) fitting.push({ candidate, fit, at });
    at++;
  }
  const recent = (one: T) => one.recent ?? Number.MAX_SAFE_INTEGER;
  fitting.sort(
    (a, b) =>
      a.fit - b.fit ||
      recent(a.candidate) - recent(b.candidate) ||
      (b.candidate.used ?? 0) - (a.candidate.used ?? 0) ||
      a.at - b.at,
  );
  return fitting.slice(0, most).map(({ candidate }) => candidate);
}
