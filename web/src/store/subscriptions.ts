// What the gateway is to tell of communities (op 14): which one is open, whose member list is looked at, whose
// profiles are shown. The wish is kept here; differences go out in one frame per 250 ms, all again in a new session.
import { call } from '#/net/client';
import { onReset } from './state';

const EVERY = 250;
type Range = [number, number];
interface Wish {
  active?: boolean;
  lists: Map<string, Range[]>;
  members: Map<string, number>;
}
const wishes = new Map<string, Wish>();
/** What this gateway session was told, as text, by `${guild}/${what}`. */
const told = new Map<string, string>();
let open: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function wish(guildId: string): Wish {
  let known = wishes.get(guildId);
  if (!known) {
    known = { lists: new Map(), members: new Map() };
    wishes.set(guildId, known);
  }
  return known;
}
function soon(): void {
  timer ??= setTimeout(flush, EVERY);
}

interface Entry {
  active?: boolean;
  sync?: boolean;
  member_list_channels?: Record<string, Range[]>;
  members?: string[];
}
function flush(): void {
  timer = undefined;
  const subscriptions: Record<string, Entry> = {};
  const marks: [string, string][] = [];
  const differs = (guild: string, what: string, value: unknown): boolean => {
    const text = JSON.stringify(value);
    if (told.get(`${guild}/${what}`) === text) return false;
    marks.push([`${guild}/${what}`, text]);
    return true;
  };
  for (const [guild, { active, lists, members }] of wishes) {
    const entry: Entry = {};
    if (active !== undefined && differs(guild, 'active', active)) {
      entry.active = active;
      if (active) entry.sync = true;
    }
    for (const [channel, ranges] of lists) {
      if (!differs(guild, `list:${channel}`, ranges)) continue;
      entry.member_list_channels = { ...entry.member_list_channels, [channel]: ranges };
      if (!ranges.length) lists.delete(channel);
    }
    const watched = [...members.keys()].sort().slice(0, 100);
    if ((watched.length || told.has(`${guild}/members`)) && differs(guild, 'members', watched))
      entry.members = watched;
    if (Object.keys(entry).length) subscriptions[guild] = entry;
  }
  if (!Object.keys(subscriptions).length) return;
  for (const [key, value] of marks) told.set(key, value);
  void call('frame', 14, { subscriptions }).then(
    (sent) => {
      // Not connected, or too long for one frame: it goes out with the next session, or alone.
      if (!sent) for (const [key] of marks) told.delete(key);
    },
    () => {},
  );
}

/** The community on the screen. Leaving one lets the gateway hold back what nobody sees. */
export function openGuild(guildId: string | null): void {
  if (guildId === open) return;
  if (open) wish(open).active = false;
  open = guildId;
  if (guildId) wish(guildId).active = true;
  soon();
}
export const openedGuild = (): string | null => open;

export function askList(guildId: string, channelId: string, ranges: Range[]): void {
  wish(guildId).lists.set(channelId, ranges);
  soon();
}
/** The list was dropped for an op that did not fit: everything of it again. */
export function askListAgain(guildId: string, channelId: string): void {
  told.delete(`${guildId}/list:${channelId}`);
  const ranges = wish(guildId).lists.get(channelId);
  if (!ranges?.length) return;
  // Same ranges are not answered, so they are let go first.
  void call('frame', 14, { subscriptions: { [guildId]: { member_list_channels: { [channelId]: [] } } } });
  soon();
}

export function watchMembers(guildId: string, userIds: readonly string[]): () => void {
  const { members } = wish(guildId);
  for (const id of userIds) members.set(id, (members.get(id) ?? 0) + 1);
  soon();
  return () => {
    for (const id of userIds) {
      const left = (members.get(id) ?? 1) - 1;
      if (left > 0) members.set(id, left);
      else members.delete(id);
    }
    soon();
  };
}

/** A new session knows nothing; what was named in IDENTIFY is active already. */
export function newSession(initial: string | undefined): void {
  told.clear();
  if (initial) told.set(`${initial}/active`, 'true');
  for (const [guild, { active }] of wishes) if (active === false) told.set(`${guild}/active`, 'false');
  soon();
}
/** The open community came (back): what was said of it is lost. */
export function guildCame(guildId: string): void {
  for (const key of [...told.keys()]) if (key.startsWith(`${guildId}/`)) told.delete(key);
  soon();
}
export const liveAgain = soon;
onReset.push(() => {
  clearTimeout(timer);
  timer = undefined;
  wishes.clear();
  told.clear();
  open = null;
});
