// Code that stands for itself: where a fence begins in a line, and where it ends.

import { runLength } from './scan';
import type { Block } from './types';

/** The column of the first fence of a line, outside inline code and escapes; -1 when there is none. */
export function fenceColumn(line: string): number {
  if (!line.includes('```')) return -1;
  let at = 0;
  while (at < line.length) {
    const char = line.charAt(at);
    if (char === '\\') at += 2;
    else if (char !== '`') at++;
    else {
      const length = runLength(line, at);
      if (length >= 3) return at;
      const close = closing(line, at + length, length);
      at = close === -1 ? at + length : close + length;
    }
  }
  return -1;
}

/** The next run of exactly so many backticks. Only runs of one and two are asked for, so a line costs little. */
function closing(line: string, from: number, length: number): number {
  for (let at = line.indexOf('`', from); at !== -1; at = line.indexOf('`', at)) {
    const found = runLength(line, at);
    if (found === length) return at;
    at += found;
  }
  return -1;
}

/** The first run of at least so many backticks. */
function fenceEnd(line: string, from: number, length: number): number {
  for (let at = line.indexOf('```', from); at !== -1; at = line.indexOf('```', at)) {
    const found = runLength(line, at);
    if (found >= length) return at;
    at += found;
  }
  return -1;
}

export interface Fence {
  block: Block;
  /** The line after the fence, and what of its last line follows it. */
  next: number;
  after: string;
}

export function readFence(lines: string[], index: number, column: number): Fence {
  const line = lines[index] as string;
  const length = runLength(line, column);
  const open = column + length;
  const same = fenceEnd(line, open, length);
  if (same !== -1) {
    const text = line.slice(open, same).trim();
    return {
      block: { type: 'code-block', language: '', text },
      next: index + 1,
      after: line.slice(same + runLength(line, same)),
    };
  }
  const info = line.slice(open).trim();
  const isLanguage = /^[\w+#.-]{0,40}$/.test(info);
  const body: string[] = isLanguage ? [] : [line.slice(open)];
  let next = index + 1;
  let after = '';
  for (; next < lines.length; next++) {
    const current = lines[next] as string;
    const end = fenceEnd(current, 0, length);
    if (end === -1) {
      body.push(current);
      continue;
    }
    if (end > 0) body.push(current.slice(0, end));
    after = current.slice(end + runLength(current, end));
    next++;
    break;
  }
  const language = isLanguage ? info.toLowerCase() : '';
  const text = body
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  const block: Block =
    language === 'latex' || language === 'tex'
      ? { type: 'formula', text }
      : { type: 'code-block', language, text };
  return { block, next, after };
}
