// Rows of a timeline: which messages continue a group, and the dividers between. Pure; rows that did not change keep
// their identity, so that nothing of them is drawn again.
import type { Message } from '#/api/types';
import type { Pending, Row } from '#/store/types';
import { compareIds } from './snowflake';

const GROUP_FOR = 7 * 60_000;
const SUPPRESS_NOTIFICATIONS = 4096;
const PLAIN = 0;
const REPLY = 19;

export const isSystem = (message: Pick<Message, 'type'>): boolean =>
  message.type !== PLAIN && message.type !== REPLY;

/** Start of the local day (ms). */
export function dayOf(ms: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** When a message was sent, and on which day: asked for every row whenever one comes. */
const sent = new WeakMap<Message, { at: number; day: number }>();
function sentAt(message: Message): { at: number; day: number } {
  let known = sent.get(message);
  if (!known) {
    const at = Date.parse(message.timestamp);
    known = { at, day: dayOf(at) };
    sent.set(message, known);
  }
  return known;
}

interface Head {
  at: number;
  previous: Message;
}
const silent = (message: Message): boolean => (message.flags & SUPPRESS_NOTIFICATIONS) !== 0;
const names = (message: Message): boolean =>
  message.mention_everyone || !!message.mentions?.length || !!message.mention_roles?.length;

export function continues(head: Head | undefined, message: Message): boolean {
  if (!head) return false;
  const { previous } = head;
  if (isSystem(message)) return isSystem(previous) && sameDay(previous, message);
  if (isSystem(previous) || message.type !== PLAIN) return false;
  if (previous.author.id !== message.author.id) return false;
  if ((previous.webhook_id ?? null) !== (message.webhook_id ?? null)) return false;
  if (message.webhook_id) {
    const same =
      previous.author.username === message.author.username &&
      previous.author.avatar === message.author.avatar;
    if (!same) return false;
  }
  if (!sameDay(previous, message)) return false;
  if (sentAt(message).at - head.at > GROUP_FOR) return false;
  if (silent(message) && !silent(previous)) return false;
  return !(silent(previous) && !silent(message) && names(message));
}
const sameDay = (a: Message, b: Message): boolean => sentAt(a).day === sentAt(b).day;

export type Part = { message: Message } | { gap: { after: string; before: string } };

export interface Layout {
  parts: readonly Part[];
  pending: readonly Pending[];
  me: string | undefined;
  /** The history begins with the first part. */
  start: boolean;
  /** More exists in that direction and is being fetched or can be. */
  older: boolean;
  newer: boolean;
  /** First unread id as of opening. */
  unreadFrom?: string | undefined;
  blocked(userId: string): boolean;
  /** Runs of blocked people's messages that were unfolded, by their key. */
  shown: ReadonlySet<string>;
  key(message: Message): string;
}

export function layout(
  input: Layout,
  before: ReadonlyMap<string, Row>,
): { rows: Row[]; byKey: Map<string, Row> } {
  const rows: Row[] = [];
  const byKey = new Map<string, Row>();
  const push = (row: Row) => {
    const was = before.get(row.key);
    const kept = was && sameRow(was, row) ? was : row;
    rows.push(kept);
    byKey.set(kept.key, kept);
  };
  let head: Head | undefined;
  let day: number | undefined;
  let divided = !input.unreadFrom;
  let run: { key: string; ids: string[] } | undefined;
  const endRun = () => {
    if (run) push({ kind: 'blocked', key: run.key, ids: run.ids });
    run = undefined;
  };

  if (input.start) push({ kind: 'start', key: 'start' });
  else if (input.older) push({ kind: 'skeleton', key: 'older', edge: 'older' });

  for (const part of input.parts) {
    if ('gap' in part) {
      endRun();
      head = undefined;
      push({ kind: 'gap', key: `gap:${part.gap.after}`, ...part.gap });
      continue;
    }
    const { message } = part;
    const { at, day: today } = sentAt(message);
    const unread = !divided && compareIds(message.id, input.unreadFrom as string) >= 0;
    if (unread) divided = true;
    if (today !== day) {
      endRun();
      push({ kind: 'date', key: `date:${today}`, day: today, unread });
      day = today;
      head = undefined;
    } else if (unread) {
      endRun();
      push({ kind: 'unread', key: 'unread' });
      head = undefined;
    }
    if (input.blocked(message.author.id) && !isSystem(message)) {
      const key = run?.key ?? `blocked:${message.id}`;
      if (!input.shown.has(key)) {
        run ??= { key, ids: [] };
        run.ids.push(message.id);
        head = undefined;
        continue;
      }
    }
    endRun();
    const continued = continues(head, message);
    head = { at: continued && head ? head.at : at, previous: message };
    push({
      kind: isSystem(message) ? 'system' : 'message',
      key: input.key(message),
      id: message.id,
      message,
      continued,
    });
  }
  endRun();
  if (input.newer) push({ kind: 'skeleton', key: 'newer', edge: 'newer' });
  for (const pending of input.pending) {
    const previous = head?.previous;
    const continued: boolean =
      !!previous &&
      !!head &&
      !isSystem(previous) &&
      !pending.outgoing.reply &&
      previous.author.id === input.me &&
      !previous.webhook_id &&
      dayOf(pending.at) === day &&
      pending.at - head.at <= GROUP_FOR;
    push({ kind: 'pending', key: pending.nonce, pending, continued });
    if (!continued && input.me) {
      const fake = { type: pending.outgoing.reply ? REPLY : PLAIN, author: { id: input.me } } as Message;
      head = { at: pending.at, previous: fake };
      day ??= dayOf(pending.at);
    }
  }
  return { rows, byKey };
}

function sameRow(a: Row, b: Row): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'blocked' && b.kind === 'blocked') {
    return a.ids.length === b.ids.length && a.ids.every((id, at) => id === b.ids[at]);
  }
  const left = a as unknown as Record<string, unknown>;
  const right = b as unknown as Record<string, unknown>;
  return Object.keys(right).every((key) => left[key] === right[key]);
}
