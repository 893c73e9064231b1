// Member lists of channels as the gateway serves them: a sparse array of rows, changed by ops in their order. What
// does not fit drops the list and asks for it again.
import type { Member, Presence } from '#/api/types';
import { type Item, type ListOp, ListRows } from '#/model/memberlist';
import { putMember, putUser } from './put';
import { Derived } from './reactive';
import { memberKey, onReset, tables } from './state';
import { askList, askListAgain } from './subscriptions';
import type { MemberList, MemberRow } from './types';

export interface ListUpdate {
  guild_id: string;
  id: string;
  channel_id?: string;
  member_count: number;
  online_count: number;
  groups: { id: string; count: number }[];
  ops: ListOp<Given>[];
}
type Given = Item<Member & { presence?: Omit<Presence, 'user'> }>;

interface Kept {
  guildId: string;
  rows: ListRows<MemberRow>;
  groups: ListUpdate['groups'];
  memberCount: number;
  onlineCount: number;
  version: number;
  users: number;
  asked: [number, number];
  timer?: ReturnType<typeof setTimeout> | undefined;
  leaving?: ReturnType<typeof setTimeout> | undefined;
}
const kept = new Map<string, Kept>();
const BLOCK = 100;
const MARGIN = 50;
const AFTER_SCROLL = 150;
const KEEP_FOR = 60_000;
const offline: Omit<Presence, 'user'> = { status: 'offline', mobile: false, afk: false, custom_status: null };

function listOf(guildId: string, channelId: string): Kept {
  let list = kept.get(channelId);
  if (!list) {
    list = {
      guildId,
      rows: new ListRows(),
      groups: [],
      memberCount: 0,
      onlineCount: 0,
      version: 0,
      users: 0,
      asked: [0, BLOCK - 1],
    };
    kept.set(channelId, list);
  }
  return list;
}

function rowOf(guildId: string, item: Given): MemberRow {
  if ('group' in item) return { kind: 'group', ...item.group };
  const { user, presence, ...member } = item.member;
  putUser(user);
  putMember(guildId, user.id, member);
  const shown = presence ?? offline;
  if (shown.status === 'offline') tables.presences.delete(user.id);
  else tables.presences.set(user.id, { ...shown, user });
  return {
    kind: 'member',
    userId: user.id,
    member: tables.members.get(memberKey(guildId, user.id)) as Extract<
      MemberRow,
      { kind: 'member' }
    >['member'],
    presence: {
      status: shown.status,
      mobile: shown.mobile,
      afk: shown.afk ?? false,
      custom_status: shown.custom_status ?? null,
    },
  };
}

export function applyList(update: ListUpdate): void {
  const channelId = update.channel_id ?? update.id;
  const list = kept.get(channelId);
  if (!list) return;
  list.groups = update.groups.filter((group) => group.count > 0);
  list.memberCount = update.member_count;
  list.onlineCount = update.online_count;
  const total = list.groups.reduce((sum, group) => sum + group.count + 1, 0);
  const fits = list.rows.apply(update.ops, total, (item) => rowOf(list.guildId, item));
  list.version++;
  memberLists.touch(channelId);
  if (!fits) {
    list.rows.clear(total);
    askListAgain(list.guildId, channelId);
  }
}

function setRange(list: Kept, channelId: string, start: number, end: number): void {
  list.asked = [start, end];
  list.timer ??= setTimeout(() => {
    list.timer = undefined;
    ask(list, channelId);
  }, AFTER_SCROLL);
}
/** The first block always, and those that touch what is visible. */
function ask(list: Kept, channelId: string): void {
  const [start, end] = list.asked;
  const first = Math.floor(Math.max(0, start - MARGIN) / BLOCK);
  const last = Math.floor((end + MARGIN) / BLOCK);
  const ranges: [number, number][] = [[0, BLOCK - 1]];
  if (last > 0) {
    const from = Math.max(1, first) * BLOCK;
    ranges.push([from, (Math.max(last, Math.max(1, first)) + 1) * BLOCK - 1]);
  }
  askList(list.guildId, channelId, ranges);
}

export const memberLists = new Derived<MemberList | null>((channelId) => {
  const list = kept.get(channelId);
  if (!list) return null;
  return {
    total: list.rows.total,
    memberCount: list.memberCount,
    onlineCount: list.onlineCount,
    row: (index) => list.rows.get(index),
    groups: list.groups,
    setRange: (start, end) => setRange(list, channelId, start, end),
    version: list.version,
  };
});

/** While a list is shown. Hidden for a minute, it is given up. */
export function useList(guildId: string, channelId: string): () => void {
  const list = listOf(guildId, channelId);
  clearTimeout(list.leaving);
  list.users++;
  ask(list, channelId);
  memberLists.touch(channelId);
  return () => {
    list.users--;
    if (list.users > 0) return;
    list.leaving = setTimeout(() => {
      askList(guildId, channelId, []);
      kept.delete(channelId);
      memberLists.touch(channelId);
    }, KEEP_FOR);
  };
}
onReset.push(() => {
  for (const list of kept.values()) {
    clearTimeout(list.timer);
    clearTimeout(list.leaving);
  }
  kept.clear();
  memberLists.touchAll();
});
