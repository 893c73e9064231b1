// Where something is being written that can be completed: a sign and what follows it, at the caret.

export interface Suggestion {
  key: string;
  kind: 'person' | 'role' | 'group' | 'channel' | 'emoji' | 'custom' | 'command';
  id?: string;
  /** What is put into the field. */
  label: string;
  /** What is sent for it, when that differs. */
  wire?: string;
  names: string[];
  words?: string[];
  hint?: string;
  recent?: number;
  used?: number;
}

export interface Trigger {
  kind: '@' | '#' | ':' | '/';
  /** Where the sign stands. */
  start: number;
  query: string;
}

export interface Place {
  channelId: string;
  guildId?: string;
}

const sign = /(?:^|[\s([{>|*_~"'])([@#:])([^\s@#:<>`]{0,40})$/u;

export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(Math.max(0, caret - 80), caret);
  const command = caret <= 40 && /^\/(\w*)$/.exec(text.slice(0, caret));
  if (command) return { kind: '/', start: 0, query: command[1] as string };
  const found = sign.exec(before);
  if (!found) return null;
  const [, kind, query = ''] = found;
  if (kind === ':' && query.length < 2) return null;
  return { kind: kind as '@' | '#' | ':', start: caret - query.length - 1, query };
}
