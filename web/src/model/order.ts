// Orders of things in lists: channels of a community, roles, direct messages, the rail.
import type { Channel, Guild, GuildFolder, Role } from '#/api/types';
import type { RailEntry } from '#/store/types';
import { compareIds } from './snowflake';

export const Kind = { text: 0, dm: 1, voice: 2, group: 3, category: 4, link: 998, notes: 999 } as const;

const place = (channel: Channel): number => channel.position ?? 0;
const byPosition = (a: Channel, b: Channel): number => place(a) - place(b) || compareIds(a.id, b.id);
/** Within a category text and links stand before voice. */
const byKind = (a: Channel, b: Channel): number =>
  Number(a.type === Kind.voice) - Number(b.type === Kind.voice) || byPosition(a, b);

/** Channels as they are shown: those without a category, then each category before its own. */
export function orderChannels(channels: readonly Channel[]): string[] {
  const categories = channels.filter((channel) => channel.type === Kind.category).sort(byPosition);
  const known = new Set(categories.map((category) => category.id));
  const inside = new Map<string, Channel[]>([['', []]]);
  for (const channel of channels) {
    if (channel.type === Kind.category) continue;
    const parent = channel.parent_id && known.has(channel.parent_id) ? channel.parent_id : '';
    const siblings = inside.get(parent);
    if (siblings) siblings.push(channel);
    else inside.set(parent, [channel]);
  }
  const ids: string[] = [];
  for (const parent of ['', ...categories.map((category) => category.id)]) {
    if (parent) ids.push(parent);
    for (const channel of (inside.get(parent) ?? []).sort(byKind)) ids.push(channel.id);
  }
  return ids;
}

/** Highest first; between equals the older role stands higher. */
export function orderRoles(roles: readonly Pick<Role, 'id' | 'position'>[]): string[] {
  return [...roles].sort((a, b) => b.position - a.position || compareIds(a.id, b.id)).map((role) => role.id);
}

/** Pinned ones in their order, the others by their newest message. */
export function orderDms(channels: readonly Channel[], pinned: readonly string[]): string[] {
  const at = new Map(pinned.map((id, index) => [id, index]));
  return channels
    .filter((channel) => channel.type === Kind.dm || channel.type === Kind.group)
    .sort((a, b) => {
      const first = at.get(a.id) ?? Number.POSITIVE_INFINITY;
      const second = at.get(b.id) ?? Number.POSITIVE_INFINITY;
      if (first !== second) return first - second;
      return compareIds(b.last_message_id ?? b.id, a.last_message_id ?? a.id);
    })
    .map((channel) => channel.id);
}

/** The folder with this id holds the communities that are in none. */
const LOOSE = -1;

/** Folders and single communities; those the settings do not name come first, newest first. */
export function orderRail(
  folders: readonly GuildFolder[],
  guilds: readonly Pick<Guild, 'id' | 'joined_at'>[],
) {
  const left = new Map(guilds.map((guild) => [guild.id, guild]));
  const named: RailEntry[] = [];
  for (const folder of folders) {
    const ids = folder.guild_ids.filter((id) => left.delete(id));
    if (folder.id === LOOSE || folder.id === null) named.push(...ids.map((guild) => ({ guild })));
    else if (ids.length) {
      const { id, name, color, icon } = folder;
      named.push({ folder: { id, name, color, icon, guilds: ids } });
    }
  }
  const fresh = [...left.values()].sort((a, b) => (b.joined_at ?? '').localeCompare(a.joined_at ?? ''));
  return [...fresh.map((guild): RailEntry => ({ guild: guild.id })), ...named];
}
export const railGuilds = (rail: readonly RailEntry[]): string[] =>
  rail.flatMap((entry) => ('guild' in entry ? [entry.guild] : entry.folder.guilds));
export const isDm = (channel: Pick<Channel, 'type'>): boolean =>
  channel.type === Kind.dm || channel.type === Kind.group;
