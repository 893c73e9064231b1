// Writing rows that come along with others: people with messages, members with events, whole communities.
import type { Channel, Emoji, Guild, GuildState, Member, Role, Sticker, User } from '#/api/types';
import { sameFields } from './reactive';
import { channelsIn, emojisIn, memberKey, membersIn, rolesIn, stickersIn, tables } from './state';
import type { Tables } from './types';

export function putUser(user: (Partial<User> & { id: string }) | null | undefined): void {
  if (!user?.username) return;
  const was = tables.users.get(user.id);
  const now: User = {
    id: user.id,
    username: user.username,
    discriminator: user.discriminator ?? '0000',
    global_name: user.global_name ?? null,
    avatar: user.avatar ?? null,
    avatar_color: user.avatar_color ?? null,
    flags: user.flags ?? 0,
    ...(user.bot ? { bot: true } : {}),
    ...(user.system ? { system: true } : {}),
  };
  if (!was || !sameFields(was, now)) tables.users.set(user.id, now);
}

type GivenMember = Partial<Omit<Member, 'user'>>;
export function putMember(guildId: string, userId: string, member: GivenMember): void {
  const key = memberKey(guildId, userId);
  const was = tables.members.get(key);
  const roles = member.roles ?? was?.roles ?? [];
  const now: Tables['members'] = {
    user_id: userId,
    guild_id: guildId,
    nick: member.nick ?? null,
    avatar: member.avatar ?? null,
    banner: member.banner ?? null,
    accent_color: member.accent_color ?? null,
    roles: was && same(was.roles, roles) ? was.roles : roles,
    joined_at: member.joined_at ?? was?.joined_at ?? '',
    mute: member.mute ?? false,
    deaf: member.deaf ?? false,
    communication_disabled_until: member.communication_disabled_until ?? null,
    profile_flags: member.profile_flags ?? null,
  };
  if (!was || !sameFields(was, now)) tables.members.set(key, now);
}
const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at]);

/** Equal rows are left alone, so that a READY that brings nothing new draws nothing anew. */
export function putChannel(channel: Channel): void {
  const was = tables.channels.get(channel.id);
  for (const user of channel.recipients ?? []) putUser(user);
  // The newest message is known from messages, which may be ahead of a snapshot.
  if (!was || JSON.stringify(was) !== JSON.stringify(channel)) tables.channels.set(channel.id, channel);
}
export function putRole(guildId: string, role: Role): void {
  const now = { ...role, guild_id: guildId };
  const was = tables.roles.get(role.id);
  if (!was || !sameFields(was, now)) tables.roles.set(role.id, now);
}

const indexOf = { roles: rolesIn, emojis: emojisIn, stickers: stickersIn };
function replaceIn(table: keyof typeof indexOf, guildId: string, ids: Set<string>): void {
  for (const id of [...indexOf[table].get(guildId)]) if (!ids.has(id)) tables[table].delete(id);
}
export function replaceRoles(guildId: string, roles: readonly Role[]): void {
  replaceIn('roles', guildId, new Set(roles.map((role) => role.id)));
  for (const role of roles) putRole(guildId, role);
}
export function replaceEmojis(guildId: string, emojis: readonly Emoji[]): void {
  replaceIn('emojis', guildId, new Set(emojis.map((emoji) => emoji.id)));
  for (const emoji of emojis) {
    const was = tables.emojis.get(emoji.id);
    const now = { ...emoji, guild_id: guildId };
    if (!was || !sameFields(was, now)) tables.emojis.set(emoji.id, now);
  }
}
export function replaceStickers(guildId: string, stickers: readonly Sticker[]): void {
  replaceIn('stickers', guildId, new Set(stickers.map((sticker) => sticker.id)));
  for (const sticker of stickers) tables.stickers.set(sticker.id, { ...sticker, guild_id: guildId });
}

export function putGuild(state: GuildState): void {
  const { id, properties } = state;
  const was = tables.guilds.get(id);
  const now: Guild = {
    ...properties,
    member_count: state.member_count,
    online_count: state.online_count,
    joined_at: state.joined_at,
  };
  if (!was || JSON.stringify(was) !== JSON.stringify(now)) tables.guilds.set(id, now);
  replaceRoles(id, state.roles);
  replaceEmojis(id, state.emojis);
  replaceStickers(id, state.stickers);
  const kept = new Set(state.channels.map((channel) => channel.id));
  for (const channel of [...channelsIn.get(id)]) if (!kept.has(channel)) tables.channels.delete(channel);
  for (const channel of state.channels) putChannel(channel.guild_id ? channel : { ...channel, guild_id: id });
  for (const { user, ...member } of state.members) {
    putUser(user);
    putMember(id, user.id, member);
  }
  for (const [key, voice] of [...tables.voiceStates.entries()]) {
    if (voice.guild_id === id) tables.voiceStates.delete(key);
  }
  for (const voice of state.voice_states)
    tables.voiceStates.set(voice.connection_id, { ...voice, guild_id: id });
}

export function dropGuild(id: string): void {
  for (const channel of [...channelsIn.get(id)]) tables.channels.delete(channel);
  replaceIn('roles', id, new Set());
  replaceIn('emojis', id, new Set());
  replaceIn('stickers', id, new Set());
  for (const key of [...membersIn.get(id)]) tables.members.delete(key);
  for (const [key, voice] of [...tables.voiceStates.entries()]) {
    if (voice.guild_id === id) tables.voiceStates.delete(key);
  }
  tables.guilds.delete(id);
}
