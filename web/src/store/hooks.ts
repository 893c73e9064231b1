// React's side of the store, and the same questions for code outside of components.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Me, UserSettings } from '#/api/types';
import { Bit, EVERYTHING, has } from '#/model/permissions';
import { drafted, drafts, setDraft } from './drafts';
import { snapshots } from './history';
import { useList as holdList, memberLists } from './memberlist';
import { sameFields } from './reactive';
import { rights, rightsKey } from './rights';
import { discovery, useSession } from './session';
import { lists, rail, single, singles, tables } from './state';
import { movesOf, openChannel } from './timeline';
import type {
  Draft,
  ListName,
  MemberList,
  Permissions,
  RailEntry,
  TableName,
  Tables,
  Timeline,
  Unread,
  UnreadKind,
} from './types';
import { typing } from './typing';
import { unreads } from './unread';

interface Source {
  subscribe(key: string, listener: () => void): () => void;
}
const nothing = () => () => {};

function useKey<V>(source: Source, key: string | null | undefined, get: () => V): V {
  const subscribe = (listener: () => void) => (key == null ? nothing() : source.subscribe(key, listener));
  return useSyncExternalStore(useStable(subscribe, source, key), get, get);
}
/** The same function while source and key are the same, so that React does not subscribe anew. */
function useStable<F>(fresh: F, ...by: readonly unknown[]): F {
  const kept = useRef<{ by: readonly unknown[]; value: F } | null>(null);
  if (!kept.current || kept.current.by.some((one, at) => one !== by[at])) kept.current = { by, value: fresh };
  return kept.current.value;
}

/** A row, or what is selected of it; selections of objects are compared field by field. */
export function useEntity<T extends TableName>(
  table: T,
  id: string | null | undefined,
): Tables[T] | undefined;
export function useEntity<T extends TableName, S>(
  table: T,
  id: string | null | undefined,
  select: (row: Tables[T] | undefined) => S,
): S;
export function useEntity<T extends TableName, S>(
  table: T,
  id: string | null | undefined,
  select?: (row: Tables[T] | undefined) => S,
): Tables[T] | S | undefined {
  const last = useRef<{ value: S } | null>(null);
  return useKey(tables[table], id, () => {
    const row = entity(table, id);
    if (!select) return row;
    const value = select(row);
    const was = last.current;
    if (was && same(was.value, value)) return was.value;
    last.current = { value };
    return value;
  });
}
/** A channel as it is described: not what changes with every message in it. */
export const useChannel = (id: string | null | undefined) => useEntity('channels', id, described);
const described = (row: Tables['channels'] | undefined) => row && { ...row, last_message_id: undefined };
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  return sameFields(a, b);
}
export function entity<T extends TableName>(table: T, id: string | null | undefined): Tables[T] | undefined {
  return id == null ? undefined : (tables[table].get(id) as Tables[T] | undefined);
}

/** Ids of a derived list; the same array until it changes. */
export function useList(index: ListName, key = ''): readonly string[] {
  return useKey(lists[index], key, () => lists[index].get(key));
}
export function list(index: ListName, key = ''): readonly string[] {
  return lists[index].get(key);
}
/** The rail: folders and single communities, in order. */
export function useRail(): readonly RailEntry[] {
  return useKey(rail, '', () => rail.get());
}

export function useMe(): Me | undefined {
  return useKey(singles, 'me', me);
}
export const me = (): Me | undefined => single('me');
export function useSettings(): UserSettings | undefined {
  return useKey(singles, 'settings', settings);
}
export const settings = (): UserSettings | undefined => single('settings');
export function usePinnedDms(): readonly string[] {
  return useList('pinnedDms');
}

export function useTimeline(channelId: string): Timeline {
  const { loaded } = useSession();
  useEffect(() => (loaded ? openChannel(channelId) : undefined), [channelId, loaded]);
  const snapshot = useKey(snapshots, channelId, () => snapshots.get(channelId));
  return { ...snapshot, ...movesOf(channelId) };
}

export function useTyping(channelId: string): readonly string[] {
  return useKey(typing, channelId, () => typing.get(channelId));
}

const granted = (bits: bigint): Permissions => ({ bits, has: (bit) => has(bits, bit) });
export function usePermissions(guildId: string | null | undefined, channelId?: string | null): Permissions {
  const key = guildId ? rightsKey(guildId, channelId) : null;
  return granted(useKey(rights, key, () => bitsOf(guildId, channelId)));
}
export const permissions = (guildId: string | null | undefined, channelId?: string | null): Permissions =>
  granted(bitsOf(guildId, channelId));
const bitsOf = (guildId: string | null | undefined, channelId?: string | null): bigint =>
  guildId ? rights.get(rightsKey(guildId, channelId)) : EVERYTHING;
export const mayView = (guildId: string, channelId: string): boolean =>
  has(bitsOf(guildId, channelId), Bit.VIEW_CHANNEL);

export function useUnread(kind: UnreadKind, id = ''): Unread {
  return useKey(unreads[kind], id, () => unread(kind, id));
}
export const unread = (kind: UnreadKind, id = ''): Unread => unreads[kind].get(id);

/** `null` when no member list is shown (direct messages). */
export function useMemberList(guildId: string | null, channelId: string): MemberList | null {
  const { loaded } = useSession();
  useEffect(
    () => (guildId && loaded ? holdList(guildId, channelId) : undefined),
    [guildId, channelId, loaded],
  );
  return useKey(memberLists, channelId, () => memberLists.get(channelId));
}

/** The draft, and how to change it; saved 300 ms after the last change. */
export function useDraft(channelId: string): [draft: Draft, set: (draft: Draft) => void] {
  const draft = useKey(drafts, channelId, () => drafts.get(channelId));
  return [draft, (now) => setDraft(channelId, now)];
}
export const draft = (channelId: string): Draft => drafts.get(channelId);
export { setDraft };
/** Channels with a draft, last changed first. */
export function useDrafts(): readonly string[] {
  return useKey(drafted, '', () => drafted.get());
}

/** A limit of the instance for the signed-in account (`max_message_length`, …). */
export function limit(name: string): number {
  const { rules } = discovery().limits;
  let value = DEFAULTS[name] ?? 0;
  for (const rule of rules) {
    const filters = (rule as { filters?: unknown }).filters;
    if (filters) continue; // by traits and the like; the server decides those
    const own = (rule.overrides as Record<string, number> | undefined)?.[name];
    if (own !== undefined) value = own;
  }
  return value;
}
const DEFAULTS: Record<string, number> = {
  max_message_length: 2000,
  max_attachments_per_message: 10,
  max_attachment_file_size: 25 * 1024 * 1024,
  max_bio_length: 320,
  max_group_dm_recipients: 25,
  max_guilds: 100,
  max_reactions_per_message: 30,
  max_embeds_per_message: 10,
};
