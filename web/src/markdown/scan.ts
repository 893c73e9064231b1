// One pass over a text before it is parsed: which bracket closes which, where code ends, where an address must end.
// With it every question of the inline parser is answered without looking ahead, which keeps hostile texts linear.

import type { Run } from './limits';

export interface Scan {
  /** Index of an opening bracket to that of its closing one. */
  brackets: Map<number, number>;
  /** Opening brackets whose text holds another link. */
  nested: Set<number>;
  parens: Map<number, number>;
  /** Start of a run of backticks to the start of the run that ends the code. */
  code: Map<number, number>;
  /** For each index the first one from there on which no address may hold; empty when nothing asks for it. */
  stops: Int32Array;
}

const BACKTICK = 96;
const BACKSLASH = 92;

export function runLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  let end = at + 1;
  while (text.charCodeAt(end) === code) end++;
  return end - at;
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
}

function codeSpans(text: string, run: Run): Map<number, number> {
  const spans = new Map<number, number>();
  if (!text.includes('`')) return spans;
  const byLength = new Map<number, number[]>();
  for (let at = text.indexOf('`'); at !== -1; at = text.indexOf('`', at)) {
    const length = runLength(text, at);
    const places = byLength.get(length);
    if (places) places.push(at);
    else byLength.set(length, [at]);
    at += length;
    run.steps += length;
  }
  for (const [, places] of byLength) {
    for (let i = 0; i + 1 < places.length; i++) spans.set(places[i] as number, places[i + 1] as number);
  }
  return spans;
}

function addressStops(text: string): Int32Array {
  const stops = new Int32Array(text.length + 1);
  stops[text.length] = text.length;
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    const stop = isSpace(code) || code === 34 || code === 39 || code === 60 || code === 62;
    stops[at] = stop ? at : (stops[at + 1] as number);
  }
  return stops;
}

export function scan(text: string, run: Run): Scan {
  const result: Scan = {
    brackets: new Map(),
    nested: new Set(),
    parens: new Map(),
    code: codeSpans(text, run),
    stops: new Int32Array(0),
  };
  if (!text.includes('](')) return result;
  run.steps += 2 * text.length;
  result.stops = addressStops(text);
  const square: { at: number; links: number }[] = [];
  const round: number[] = [];
  let links = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === BACKTICK) {
      const close = result.code.get(at);
      const length = runLength(text, at);
      at = close === undefined ? at + length - 1 : close + length - 1;
    } else if (code === 91) square.push({ at, links });
    else if (code === 40) round.push(at);
    else if (code === 41) {
      const open = round.pop();
      if (open !== undefined) result.parens.set(open, at);
    } else if (code === 93) {
      const open = square.pop();
      if (open) {
        result.brackets.set(open.at, at);
        if (links > open.links) result.nested.add(open.at);
      }
      if (text.charCodeAt(at + 1) === 40) links++;
    }
  }
  return result;
}
