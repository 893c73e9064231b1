// Acknowledging what was read. Auto-ack holds only while the channel is open, the page is looked at, nothing covers
// it, and its end is in view; marking unread by hand keeps it off until the channel is left.
import { api } from '#/api/client';
import { before, compareIds } from '#/model/snowflake';
import { counts } from '#/model/unread';
import { histories, history, snapshots } from './history';
import { batch } from './reactive';
import { isBlocked, myId, onReset, tables } from './state';
import { tell } from './tabs';
import { following } from './timeline';
import type { Tables } from './types';
import { ackedOf, mentionRules, unreads } from './unread';

const PATIENCE = 3000;
const seen = new Map<string, { atEnd: boolean; covered: boolean }>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const inFlight = new Set<string>();
const manual = new Set<string>();

const looked = (): boolean =>
  typeof document === 'undefined' || (document.visibilityState === 'visible' && document.hasFocus());

function base(channelId: string): Tables['readStates'] {
  return (
    tables.readStates.get(channelId) ?? {
      id: channelId,
      mention_count: 0,
      last_message_id: null,
      last_pin_timestamp: null,
    }
  );
}
/** Known here at once; the server's word follows. */
export function ackLocally(channelId: string, messageId: string): void {
  if (compareIds(messageId, ackedOf(channelId)) < 0) return;
  tables.readStates.set(channelId, { ...base(channelId), last_message_id: messageId, mention_count: 0 });
}

/** Newest id that is loaded and may be acknowledged. */
function newestSeen(channelId: string): string | undefined {
  const at = histories.get(channelId);
  if (!at || at.view.bottom) return undefined;
  return at.segments.live?.ids.at(-1);
}

/** What is to be acknowledged; only of channels whose reader tells what is seen. */
function due(channelId: string): string | undefined {
  const here = seen.get(channelId);
  if (!here?.atEnd || here.covered || !looked() || manual.has(channelId)) return undefined;
  const id = newestSeen(channelId);
  if (!id) return undefined;
  const state = tables.readStates.get(channelId);
  const behind = compareIds(id, ackedOf(channelId)) > 0;
  return behind || (state?.mention_count ?? 0) > 0 ? id : undefined;
}

/** Looks again whether the channel is to be acknowledged, now or in a moment. */
export function consider(channelId: string): void {
  const id = due(channelId);
  if (!id) {
    clearTimeout(timers.get(channelId));
    timers.delete(channelId);
    return;
  }
  const wait = unreads.channel.get(channelId).mentions > 0 ? 0 : PATIENCE;
  if (wait === 0 && !inFlight.has(channelId)) {
    clearTimeout(timers.get(channelId));
    timers.delete(channelId);
    post(channelId, id);
  } else if (!timers.has(channelId)) {
    // Not put off by what comes meanwhile: a busy channel would never be acknowledged.
    timers.set(
      channelId,
      setTimeout(() => {
        timers.delete(channelId);
        const now = due(channelId);
        if (now && !inFlight.has(channelId)) post(channelId, now);
      }, wait || 200),
    );
  }
}

function post(channelId: string, messageId: string, keepalive = false): void {
  inFlight.add(channelId);
  ackLocally(channelId, messageId);
  api('POST /channels/{channel_id}/messages/{message_id}/ack', {
    path: { channel_id: channelId, message_id: messageId },
    body: {},
    keepalive,
  })
    .catch(() => {})
    .finally(() => {
      inFlight.delete(channelId);
      if (due(channelId)) consider(channelId);
    });
}

export function reading(channelId: string, now: { atEnd: boolean; covered: boolean } | null): void {
  if (!now) {
    // Leaving: what was due is sent now.
    if (timers.has(channelId)) {
      clearTimeout(timers.get(channelId));
      timers.delete(channelId);
      const id = due(channelId);
      if (id) post(channelId, id, true);
    }
    seen.delete(channelId);
    following.delete(channelId);
    manual.delete(channelId);
    return;
  }
  seen.set(channelId, now);
  if (now.atEnd) following.add(channelId);
  else following.delete(channelId);
  consider(channelId);
}
/** Open, looked at, nothing over it, and at its end: no notification is needed. */
export function isRead(channelId: string): boolean {
  const here = seen.get(channelId);
  return !!here?.atEnd && !here.covered && looked();
}
export function considerAll(): void {
  for (const channelId of seen.keys()) consider(channelId);
}
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', considerAll);
  globalThis.addEventListener('focus', considerAll);
}

/** Esc, "mark read": everything of the channel, at once. */
export function ack(channelId: string): void {
  manual.delete(channelId);
  const at = histories.get(channelId);
  if (at) {
    at.unreadFrom = undefined;
    snapshots.touch(channelId);
  }
  const last = tables.channels.get(channelId)?.last_message_id;
  const unread = unreads.channel.get(channelId);
  if (!last || (!unread.unread && !unread.mentions)) return;
  post(channelId, last);
}

/** Communities, folders, categories: in hundreds; other tabs are told, for the server tells nobody. */
export function ackMany(channelIds: readonly string[]): void {
  const due = channelIds.flatMap((channel_id) => {
    const last = tables.channels.get(channel_id)?.last_message_id;
    const unread = unreads.channel.get(channel_id);
    return last && (unread.unread || unread.mentions) ? [{ channel_id, message_id: last }] : [];
  });
  if (!due.length) return;
  batch(() => {
    for (const { channel_id, message_id } of due) ackLocally(channel_id, message_id);
  });
  tell({ acks: due });
  for (let from = 0; from < due.length; from += 100) {
    void api('POST /read-states/ack-bulk', { body: { read_states: due.slice(from, from + 100) } }).catch(
      () => {},
    );
  }
}
export function acksFromTab(acks: readonly { channel_id: string; message_id: string }[]): void {
  batch(() => {
    for (const { channel_id, message_id } of acks) ackLocally(channel_id, message_id);
  });
}

export async function markUnread(channelId: string, messageId: string): Promise<void> {
  const at = history(channelId);
  const ids = at.segments.holding(messageId)?.ids ?? [];
  const index = ids.indexOf(messageId);
  const target = index > 0 ? (ids[index - 1] as string) : before(messageId);
  const channel = tables.channels.get(channelId);
  const rules = mentionRules(channel?.guild_id);
  let mention_count = 0;
  for (const id of index >= 0 ? ids.slice(index) : []) {
    const message = tables.messages.get(id);
    if (!message) continue;
    if (counts(message, channel?.type ?? 0, { ...rules, blocked: isBlocked(message.author.id) }))
      mention_count++;
  }
  const was = tables.readStates.get(channelId);
  manual.add(channelId);
  clearTimeout(timers.get(channelId));
  timers.delete(channelId);
  at.unreadFrom = messageId;
  snapshots.touch(channelId);
  tables.readStates.set(channelId, { ...base(channelId), last_message_id: target, mention_count });
  try {
    await api('POST /channels/{channel_id}/messages/{message_id}/ack', {
      path: { channel_id: channelId, message_id: target },
      body: { manual: true, mention_count },
    });
  } catch (error) {
    manual.delete(channelId);
    if (was) tables.readStates.set(channelId, was);
    else tables.readStates.delete(channelId);
    throw error;
  }
}

/** A message of one's own reads the channel and ends what kept it unread. */
export function wroteIn(channelId: string, messageId: string): void {
  manual.delete(channelId);
  ackLocally(channelId, messageId);
  const at = histories.get(channelId);
  if (at?.unreadFrom) {
    at.unreadFrom = undefined;
    snapshots.touch(channelId);
  }
}

export function ackPins(channelId: string): void {
  const pinned = tables.channels.get(channelId)?.last_pin_timestamp;
  const state = tables.readStates.get(channelId);
  if (!pinned || (state?.last_pin_timestamp && state.last_pin_timestamp >= pinned)) return;
  tables.readStates.set(channelId, { ...base(channelId), last_pin_timestamp: pinned });
  void api('POST /channels/{channel_id}/pins/ack', { path: { channel_id: channelId } }).catch(() => {});
}
export const isMine = (userId: string): boolean => userId === myId();

onReset.push(() => {
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  seen.clear();
  inFlight.clear();
  manual.clear();
  following.clear();
});
