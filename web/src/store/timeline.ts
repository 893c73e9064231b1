// Fetching the messages of a channel and moving its window: opening, older, newer, jumping. Requests for one range are
// shared and end when the channel is left.
import { ApiError, api, isAbort } from '#/api/client';
import type { Message } from '#/api/types';
import { compareIds } from '#/model/snowflake';
import {
  evict,
  firstOf,
  type History,
  histories,
  history,
  lastOf,
  PAGE,
  partsOf,
  show,
  snapshots,
  WINDOW,
} from './history';
import { changed } from './persist';
import { putMember, putUser } from './put';
import { batch } from './reactive';
import { onReset, tables } from './state';
import type { Timeline } from './types';
import { ackedOf, unreads } from './unread';

type Query = { before?: string; around?: string; limit: number };
const running = new Map<string, Promise<Message[]>>();
const aborts = new Map<string, AbortController>();

function fetchPage(channelId: string, query: Query): Promise<Message[]> {
  const key = `${channelId}?${JSON.stringify(query)}`;
  const known = running.get(key);
  if (known) return known;
  let abort = aborts.get(channelId);
  if (!abort) {
    abort = new AbortController();
    aborts.set(channelId, abort);
  }
  const { signal } = abort;
  const asked = api('GET /channels/{channel_id}/messages', {
    path: { channel_id: channelId },
    query,
    signal,
  }).finally(() => running.delete(key));
  running.set(key, asked);
  return asked;
}

/** Puts a page's messages into the tables, and their ids into the channel's runs. */
function take(
  channelId: string,
  page: readonly Message[],
  edges: { older: boolean; newer: boolean; live: boolean },
) {
  const at = history(channelId);
  const guild = tables.channels.get(channelId)?.guild_id;
  for (const message of page) {
    putUser(message.author);
    for (const user of message.mentions ?? []) putUser(user);
    if (guild && message.member) putMember(guild, message.author.id, message.member);
    tables.messages.set(message.id, message);
  }
  const gone = at.segments.insert({ ids: page.map((message) => message.id), ...edges });
  for (const id of gone) tables.messages.delete(id);
  changed({ channel_id: channelId });
  snapshots.touch(channelId);
}

async function load(channelId: string, as: Exclude<Timeline['loading'], false>, act: () => Promise<void>) {
  const at = history(channelId);
  if (at.loading === as) return;
  at.loading = as;
  at.error = undefined;
  snapshots.touch(channelId);
  try {
    await act();
  } catch (error) {
    if (!isAbort(error)) at.error = error instanceof Error ? error : new Error(String(error));
  } finally {
    if (at.loading === as) at.loading = false;
    snapshots.touch(channelId);
    evict();
  }
}

async function newest(channelId: string): Promise<void> {
  history(channelId).arrived = [];
  const page = await fetchPage(channelId, { limit: PAGE });
  batch(() => {
    take(channelId, page, { older: page.length >= PAGE, newer: false, live: true });
    late(channelId);
  });
}
/** What came by the gateway while the page was on its way. */
function late(channelId: string): void {
  const at = history(channelId);
  const { arrived } = at;
  at.arrived = [];
  for (const message of arrived) {
    if (at.segments.has(message.id) || !at.segments.append(message.id)) continue;
    tables.messages.set(message.id, message);
  }
  snapshots.touch(channelId);
}
/** `around` gives half before and half after; fewer on a side means that side ends there. */
async function around(channelId: string, id: string, limit: number): Promise<Message[]> {
  history(channelId).arrived = [];
  const page = await fetchPage(channelId, { around: id, limit });
  const older = page.filter((message) => compareIds(message.id, id) < 0).length;
  const newer = page.filter((message) => compareIds(message.id, id) > 0).length;
  const half = Math.floor(limit / 2) - 1;
  // The present is reached when nothing newer exists than what came; the channel's newest id says so.
  const last = tables.channels.get(channelId)?.last_message_id;
  const end = page.reduce((most, message) => (compareIds(message.id, most) > 0 ? message.id : most), '0');
  const live = newer < half || (!!last && compareIds(end, last) >= 0);
  batch(() => {
    take(channelId, page, { older: older >= half, newer: !live, live });
    late(channelId);
  });
  return page;
}

/** The window's ids, within the run that holds the view. */
function shownIds(at: History): string[] {
  return partsOf(at).flatMap((part) => ('message' in part ? [part.message.id] : []));
}

export function openChannel(channelId: string): () => void {
  const at = history(channelId);
  at.open++;
  at.viewed = Date.now();
  if (at.open === 1) {
    const row = tables.channels.get(channelId);
    if (row && unreads.channel.get(channelId).unread) at.unreadFrom = String(BigInt(ackedOf(channelId)) + 1n);
    else at.unreadFrom = undefined;
    if (at.segments.live && !at.view.bottom) show(at, at.segments.live.ids, undefined);
    snapshots.touch(channelId);
    refresh(channelId);
  }
  let left = false;
  return () => {
    if (left) return;
    left = true;
    at.open--;
    at.viewed = Date.now();
    if (at.open > 0) return;
    at.unreadFrom = undefined;
    at.shown.clear();
    aborts.get(channelId)?.abort();
    aborts.delete(channelId);
    snapshots.touch(channelId);
  };
}

/** Opens at the newest page, or connects what is known with it after a new session. */
function refresh(channelId: string): void {
  const at = history(channelId);
  if (at.segments.live) return;
  const first = at.segments.list.length === 0;
  const end = at.segments.newest?.ids.at(-1);
  const following = !at.view.bottom;
  const { view } = at;
  void load(channelId, first ? 'first' : 'newer', async () => {
    await newest(channelId);
    const live = at.segments.live;
    if (!live) return;
    // A jump meanwhile has decided what is shown.
    if (at.view !== view) return;
    if (first) show(at, live.ids, undefined);
    // The view followed the old end and the new page does not reach it: both stay, with the gap between.
    else if (following && end && !live.ids.includes(end) && !at.open) show(at, live.ids, undefined);
    snapshots.touch(channelId);
  });
}

/** After a new session: what was the present is not known to be it any more. */
export function detachAll(): void {
  for (const [channelId, at] of histories) {
    at.segments.detach();
    snapshots.touch(channelId);
  }
}
export function refreshOpen(): void {
  for (const [channelId, at] of histories) if (at.open) refresh(channelId);
}

function loadOlder(channelId: string): void {
  const at = history(channelId);
  if (at.loading === 'older' || at.loading === 'first') return;
  const top = firstOf(partsOf(at));
  if (!top) return;
  const grow = (): boolean => {
    const ids = at.segments.holding(top)?.ids ?? [];
    const index = ids.indexOf(top);
    if (index <= 0) return false;
    at.view = { ...at.view, top: ids[Math.max(0, index - PAGE)] };
    const shown = shownIds(at);
    if (shown.length > WINDOW) at.view = { ...at.view, bottom: shown[WINDOW - 1] };
    snapshots.touch(channelId);
    return true;
  };
  if (grow()) return;
  if (!at.segments.holding(top)?.older) return;
  void load(channelId, 'older', async () => {
    const page = await fetchPage(channelId, { before: top, limit: PAGE });
    batch(() => {
      // What was asked from comes along, so that the page meets its run.
      take(channelId, [...page, ...(tables.messages.get(top) ? [tables.messages.get(top) as Message] : [])], {
        older: page.length >= PAGE,
        newer: true,
        live: false,
      });
      grow();
    });
  });
}

function loadNewer(channelId: string): void {
  const at = history(channelId);
  if (at.loading === 'newer' || at.loading === 'first') return;
  const bottom = lastOf(partsOf(at));
  if (!bottom) return;
  const grow = (): boolean => {
    const segment = at.segments.holding(bottom);
    const ids = segment?.ids ?? [];
    const index = ids.indexOf(bottom);
    const next = Math.min(ids.length - 1, index + PAGE);
    if (index < 0 || next === index) {
      if (segment?.live && at.view.bottom) {
        at.view = { ...at.view, bottom: undefined };
        snapshots.touch(channelId);
        return true;
      }
      return false;
    }
    const end = next === ids.length - 1 && segment?.live;
    at.view = { ...at.view, bottom: end ? undefined : ids[next] };
    const shown = shownIds(at);
    if (shown.length > WINDOW) at.view = { ...at.view, top: shown[shown.length - WINDOW] };
    snapshots.touch(channelId);
    return true;
  };
  if (grow()) return;
  void load(channelId, 'newer', async () => {
    await around(channelId, bottom, 100);
    batch(() => grow());
  });
}

async function jump(channelId: string, id: string): Promise<boolean> {
  const at = history(channelId);
  const near = (): boolean => {
    const segment = at.segments.holding(id);
    if (!segment) return false;
    show(at, segment.ids, id);
    snapshots.touch(channelId);
    return true;
  };
  if (at.segments.has(id)) {
    if (!shownIds(at).includes(id)) near();
    return true;
  }
  await load(channelId, 'jump', async () => {
    try {
      await around(channelId, id, PAGE);
      near();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  });
  // The place of the first unread is gone to, whether that very message is still there or not.
  return at.segments.has(id) || (id === at.unreadFrom && near());
}

function toPresent(channelId: string): void {
  const at = history(channelId);
  const live = at.segments.live;
  if (live) {
    show(at, live.ids, undefined);
    snapshots.touch(channelId);
    return;
  }
  void load(channelId, 'first', async () => {
    await newest(channelId);
    show(at, at.segments.live?.ids ?? [], undefined);
    snapshots.touch(channelId);
  });
}

async function loadGap(channelId: string, key: string): Promise<void> {
  const after = key.slice('gap:'.length);
  await load(channelId, 'newer', async () => {
    await around(channelId, after, 100);
  });
}

type Moves = Omit<
  Timeline,
  'items' | 'older' | 'newer' | 'live' | 'loading' | 'error' | 'unreadFrom' | 'unreadCount' | 'unreadMore'
>;
const moves = new Map<string, Moves>();
/** The same functions for a channel every time. */
export function movesOf(channelId: string): Moves {
  let known = moves.get(channelId);
  if (!known) {
    known = {
      loadOlder: () => loadOlder(channelId),
      loadNewer: () => loadNewer(channelId),
      jump: (id) => jump(channelId, id),
      toPresent: () => toPresent(channelId),
      showBlocked(row) {
        history(channelId).shown.add(row);
        snapshots.touch(channelId);
      },
      loadGap: (row) => void loadGap(channelId, row),
      retry() {
        const at = history(channelId);
        at.error = undefined;
        if (!at.segments.list.length) refresh(channelId);
        else if (!at.segments.live && !at.view.bottom) refresh(channelId);
        else snapshots.touch(channelId);
      },
    };
    moves.set(channelId, known);
  }
  return known;
}
onReset.push(() => {
  for (const abort of aborts.values()) abort.abort();
  aborts.clear();
  running.clear();
});
export function isFollowing(channelId: string): boolean {
  return following.has(channelId);
}
/** Channels whose reader is at the end. */
export const following = new Set<string>();
