// What is known of each channel's messages, and which part of it is shown. Rows of the timeline follow from it.
// It owns segments, views and the bound on messages kept; it asks nobody for anything (that is `timeline`).
import type { Message } from '#/api/types';
import { layout, type Part } from '#/model/grouping';
import { isDm } from '#/model/order';
import { Segments } from '#/model/segments';
import { compareIds } from '#/model/snowflake';
import { batch, Derived, sameFields } from './reactive';
import { follow, isBlocked, myId, onReset, pendings, tables } from './state';
import type { Pending, Row, Timeline } from './types';

export const WINDOW = 200;
export const PAGE = 50;
const KEPT = 20_000;

export interface View {
  /** First and last id shown; no last one: up to the present. */
  top: string | undefined;
  bottom: string | undefined;
}
export interface History {
  segments: Segments;
  view: View;
  loading: Timeline['loading'];
  error: Error | undefined;
  /** As of opening. */
  unreadFrom: string | undefined;
  shown: Set<string>;
  viewed: number;
  /** How many components look at it. */
  open: number;
  rows: Map<string, Row>;
  /** Came while the newest page was being fetched, which may not have them. */
  arrived: Message[];
}
export const histories = new Map<string, History>();
/** The row's key of messages this device sent: their nonce. */
const keys = new Map<string, string>();

export function history(channelId: string): History {
  let known = histories.get(channelId);
  if (!known) {
    known = {
      segments: new Segments(),
      view: { top: undefined, bottom: undefined },
      loading: false,
      error: undefined,
      unreadFrom: undefined,
      shown: new Set(),
      viewed: 0,
      open: 0,
      rows: new Map(),
      arrived: [],
    };
    histories.set(channelId, known);
  }
  return known;
}

export const keepKey = (messageId: string, nonce: string): void => void keys.set(messageId, nonce);

/** Ids shown, with what is missing between. */
export function partsOf(at: History): Part[] {
  const { top, bottom } = at.view;
  const parts: Part[] = [];
  let previous: string | undefined;
  for (const segment of at.segments.list) {
    let first = true;
    for (const id of segment.ids) {
      if (top && compareIds(id, top) < 0) continue;
      if (bottom && compareIds(id, bottom) > 0) break;
      const message = tables.messages.get(id);
      if (!message) continue;
      if (first && previous) parts.push({ gap: { after: previous, before: id } });
      first = false;
      previous = id;
      parts.push({ message });
    }
  }
  return parts;
}

export type Snapshot = Pick<
  Timeline,
  'items' | 'older' | 'newer' | 'live' | 'loading' | 'error' | 'unreadFrom' | 'unreadCount' | 'unreadMore'
>;

function pendingOf(channelId: string): Pending[] {
  const all: Pending[] = [];
  for (const pending of pendings.values()) if (pending.channelId === channelId) all.push(pending);
  return all.sort((a, b) => compareIds(a.nonce, b.nonce));
}

export const snapshots = new Derived<Snapshot>(
  (channelId) => {
    const at = history(channelId);
    const parts = partsOf(at);
    const firstId = firstOf(parts);
    const lastId = lastOf(parts);
    const above = firstId ? at.segments.holding(firstId) : at.segments.newest;
    const below = lastId ? at.segments.holding(lastId) : at.segments.newest;
    const known = at.segments.list.length > 0;
    const older = known && !!above && (above.older || (above.ids[0] ?? '') !== firstId) && !!firstId;
    const live = !at.view.bottom && !!below?.live;
    // The end of what is kept, as long as the present cannot be asked for: it is stood on, and what is sent stands there.
    const kept = known && !at.view.bottom && !live;
    const newer = known && !live && !(kept && !at.error);
    const start = known && !older && !!above && above === at.segments.list[0] && !above.older;
    const { rows, byKey } = layout(
      {
        parts,
        pending: live || !known || kept ? pendingOf(channelId) : [],
        me: myId(),
        start,
        older: older || (!known && !at.error),
        newer,
        unreadFrom: at.unreadFrom,
        blocked: (id) => isBlocked(id),
        shown: at.shown,
        key: (message) => keys.get(message.id) ?? message.id,
      },
      at.rows,
    );
    at.rows = byKey;
    const me = myId();
    let unreadCount = 0;
    const from = at.unreadFrom;
    // Of all that is loaded, not only of the part that is shown.
    if (from) {
      for (const { ids } of at.segments.list) {
        for (let i = ids.length - 1; i >= 0 && compareIds(ids[i] as string, from) >= 0; i--) {
          const author = tables.messages.get(ids[i] as string)?.author.id;
          if (author && author !== me) unreadCount++;
        }
      }
    }
    const end = at.segments.live;
    const unreadMore = !!from && (!end || (end.older && compareIds(end.ids[0] ?? from, from) > 0));
    const items = rows;
    return {
      items,
      older,
      newer,
      live,
      loading: at.loading || (known || at.error ? false : 'first'),
      ...(at.error ? { error: at.error } : {}),
      ...(from ? { unreadFrom: from } : {}),
      unreadCount,
      unreadMore,
    };
  },
  (a, b) =>
    sameFields({ ...a, items: null }, { ...b, items: null }) &&
    a.items.length === b.items.length &&
    a.items.every((row, at) => row === b.items[at]),
);
export const firstOf = (parts: readonly Part[]): string | undefined => {
  for (const part of parts) if ('message' in part) return part.message.id;
  return undefined;
};
export const lastOf = (parts: readonly Part[]): string | undefined => {
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at];
    if (part && 'message' in part) return part.message.id;
  }
  return undefined;
};

follow.message.push((now, was) => {
  const channel = (now ?? was)?.channel_id;
  if (channel && histories.has(channel)) snapshots.touch(channel);
});
pendings.onChange = (_, now, was) => {
  const channel = (now ?? was)?.channelId;
  if (channel) snapshots.touch(channel);
};
follow.relationship.push(() => snapshots.touchAll());
onReset.push(() => {
  histories.clear();
  previews.clear();
  keys.clear();
  snapshots.touchAll();
});

/** Ids around one, at most as many as a window holds, become what is shown. */
export function show(at: History, ids: readonly string[], around: string | undefined): void {
  if (!ids.length) {
    at.view = { top: undefined, bottom: undefined };
    return;
  }
  const index =
    around === undefined
      ? ids.length
      : Math.max(
          0,
          ids.findIndex((id) => compareIds(id, around) >= 0),
        );
  const from = Math.max(0, Math.min(index - PAGE / 2, ids.length - PAGE));
  const to = Math.min(ids.length - 1, from + PAGE - 1);
  const end = at.segments.live?.ids.at(-1);
  at.view = { top: ids[from], bottom: ids[to] === end ? undefined : ids[to] };
}

/** A new message of the present. While its end is followed, the window's other end moves along. */
export function arrive(message: Message, following: boolean): void {
  const at = histories.get(message.channel_id);
  const channel = tables.channels.get(message.channel_id);
  if (!at?.segments.append(message.id)) {
    if (at?.loading) at.arrived.push(message);
    if (channel && isDm(channel)) preview(message);
    return;
  }
  tables.messages.set(message.id, message);
  snapshots.touch(message.channel_id);
  if (at.view.bottom) return;
  const ids = at.segments.live?.ids ?? [];
  const from = at.view.top ? ids.findIndex((id) => compareIds(id, at.view.top as string) >= 0) : 0;
  if (from < 0 || ids.length - from <= WINDOW) return;
  if (following || !at.open) at.view = { top: ids[ids.length - WINDOW / 2], bottom: undefined };
  else if (ids.length - from > WINDOW * 2) at.view = { top: at.view.top, bottom: ids[from + WINDOW - 1] };
}

/** The newest message of each conversation nobody has opened. */
const previews = new Map<string, string>();
export function preview(message: Message): void {
  const channelId = message.channel_id;
  const was = previews.get(channelId);
  if (was && was !== message.id && !histories.get(channelId)?.segments.has(was)) tables.messages.delete(was);
  previews.set(channelId, message.id);
  tables.messages.set(message.id, message);
}
follow.channel.push((id, _, now) => {
  if (now) return;
  const at = histories.get(id);
  if (!at) return;
  histories.delete(id);
  for (const segment of at.segments.list) for (const one of segment.ids) drop(one);
  snapshots.touch(id);
});

/** Keeps the bound: the least recently seen channels give up their messages, never an open one. */
export function evict(): void {
  let total = 0;
  for (const at of histories.values()) total += at.segments.count();
  if (total <= KEPT) return;
  const idle = [...histories].filter(([, at]) => !at.open).sort(([, a], [, b]) => a.viewed - b.viewed);
  batch(() => {
    for (const [channelId, at] of idle) {
      if (total <= KEPT) break;
      total -= at.segments.count();
      for (const segment of at.segments.list) for (const id of segment.ids) drop(id);
      histories.delete(channelId);
      snapshots.forget(channelId);
    }
    // The open one alone may be too long: runs the view does not touch go, then ids far from it.
    for (const [channelId, at] of histories) {
      if (total <= KEPT) break;
      const top = at.view.top;
      for (const segment of at.segments.list) {
        const spare = segment.ids.length - 1000;
        if (spare <= 0 || total <= KEPT) continue;
        const inView = top ? segment.ids.findIndex((id) => compareIds(id, top) >= 0) : segment.ids.length - 1;
        if (inView > segment.ids.length / 2) {
          const cut = segment.ids.splice(0, Math.min(spare, Math.max(0, inView - 500)));
          if (cut.length) segment.older = true;
          cut.forEach(drop);
          total -= cut.length;
        } else {
          const cut = segment.ids.splice(Math.max(inView + 500, segment.ids.length - spare));
          if (cut.length) {
            segment.newer = true;
            segment.live = false;
          }
          cut.forEach(drop);
          total -= cut.length;
        }
      }
      snapshots.touch(channelId);
    }
  });
}
function drop(id: string): void {
  tables.messages.delete(id);
  keys.delete(id);
}
