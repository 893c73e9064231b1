// Events of communities: themselves, their channels, roles, members, expressions, voice.
import type {
  Channel,
  Emoji,
  Guild,
  GuildState,
  Member,
  Presence,
  Role,
  Sticker,
  VoiceState,
} from '#/api/types';
import { compareIds } from '#/model/snowflake';
import type { GivenMember } from './apply-user';
import { putPresences } from './apply-user';
import { applyList, type ListUpdate } from './memberlist';
import { heardChunk } from './people';
import {
  dropGuild,
  putChannel,
  putGuild,
  putMember,
  putRole,
  putUser,
  replaceEmojis,
  replaceStickers,
} from './put';
import { memberKey, myId, tables } from './state';
import { guildCame } from './subscriptions';

function state(guild: GuildState | { id: string; unavailable: true }): void {
  if (!('properties' in guild)) {
    if (tables.guilds.has(guild.id)) tables.guilds.patch(guild.id, { unavailable: true });
    return;
  }
  putGuild(guild);
}

function putFullMember({ user, guild_id, ...member }: GivenMember): void {
  putUser(user);
  putMember(guild_id, user.id, member);
}

/** The newest message's id only grows: an event may be older than what messages have told. */
function update(channel: Channel): void {
  const last = tables.channels.get(channel.id)?.last_message_id;
  const ahead = last && (!channel.last_message_id || compareIds(last, channel.last_message_id) > 0);
  putChannel(ahead ? { ...channel, last_message_id: last } : channel);
}

interface Passive {
  guild_id: string;
  channels: Record<string, string>;
  created_channels?: Channel[];
  updated_channels?: Channel[];
  deleted_channel_ids?: string[];
  voice_states?: VoiceState[];
}

function putVoice(voice: VoiceState): void {
  if (voice.member) putFullMember({ ...voice.member, guild_id: voice.guild_id ?? '' });
  if (!voice.channel_id) {
    tables.voiceStates.delete(voice.connection_id);
    return;
  }
  const { member: _, ...row } = voice;
  tables.voiceStates.set(voice.connection_id, row);
}

export const guildEvents = {
  READY_GUILD: state,
  GUILD_CREATE(guild: GuildState) {
    state(guild);
    guildCame(guild.id);
  },
  GUILD_SYNC: state,
  GUILD_UPDATE({ guild_id: _, ...guild }: Guild & { guild_id?: string }) {
    tables.guilds.patch(guild.id, guild);
  },
  GUILD_DELETE({ id, unavailable }: { id: string; unavailable?: boolean }) {
    if (unavailable) tables.guilds.patch(id, { unavailable: true });
    else dropGuild(id);
  },
  GUILD_MEMBER_ADD(member: GivenMember) {
    putFullMember(member);
    const guild = tables.guilds.get(member.guild_id);
    if (guild?.member_count !== undefined && member.user.id !== myId()) {
      tables.guilds.patch(guild.id, { member_count: guild.member_count + 1 });
    }
  },
  GUILD_MEMBER_UPDATE: putFullMember,
  GUILD_MEMBER_REMOVE({ guild_id, user }: { guild_id: string; user: { id: string } }) {
    tables.members.delete(memberKey(guild_id, user.id));
    const guild = tables.guilds.get(guild_id);
    if (guild?.member_count) tables.guilds.patch(guild_id, { member_count: guild.member_count - 1 });
  },
  GUILD_ROLE_CREATE: ({ guild_id, role }: { guild_id: string; role: Role }) => putRole(guild_id, role),
  GUILD_ROLE_UPDATE: ({ guild_id, role }: { guild_id: string; role: Role }) => putRole(guild_id, role),
  GUILD_ROLE_UPDATE_BULK({ guild_id, roles }: { guild_id: string; roles: Role[] }) {
    for (const role of roles) putRole(guild_id, role);
  },
  GUILD_ROLE_DELETE({ guild_id, role_id }: { guild_id: string; role_id: string }) {
    tables.roles.delete(role_id);
    // The server strips it from members and overwrites without further events.
    for (const [key, member] of [...tables.members.entries()]) {
      if (member.guild_id === guild_id && member.roles.includes(role_id)) {
        tables.members.set(key, { ...member, roles: member.roles.filter((id) => id !== role_id) });
      }
    }
    for (const channel of [...tables.channels.values()]) {
      if (channel.guild_id !== guild_id || !channel.permission_overwrites?.some((row) => row.id === role_id))
        continue;
      const rest = channel.permission_overwrites.filter((row) => row.id !== role_id);
      tables.channels.patch(channel.id, { permission_overwrites: rest });
    }
  },
  GUILD_EMOJIS_UPDATE: (d: { guild_id: string; emojis: Emoji[] }) => replaceEmojis(d.guild_id, d.emojis),
  GUILD_STICKERS_UPDATE: (d: { guild_id: string; stickers: Sticker[] }) =>
    replaceStickers(d.guild_id, d.stickers),
  CHANNEL_CREATE: update,
  CHANNEL_UPDATE: update,
  CHANNEL_UPDATE_BULK({ guild_id, channels }: { guild_id: string; channels: Channel[] }) {
    for (const channel of channels) update({ ...channel, guild_id });
  },
  CHANNEL_DELETE: ({ id }: { id: string }) => tables.channels.delete(id),
  CHANNEL_RECIPIENT_ADD({ channel_id, user }: { channel_id: string; user: Member['user'] }) {
    putUser(user);
    const recipients = tables.channels.get(channel_id)?.recipients ?? [];
    if (!recipients.some((other) => other.id === user.id) && user.id !== myId()) {
      tables.channels.patch(channel_id, { recipients: [...recipients, user] });
    }
  },
  CHANNEL_RECIPIENT_REMOVE({ channel_id, user }: { channel_id: string; user: { id: string } }) {
    const recipients = tables.channels.get(channel_id)?.recipients ?? [];
    tables.channels.patch(channel_id, { recipients: recipients.filter((other) => other.id !== user.id) });
  },
  CHANNEL_PINS_UPDATE({
    channel_id,
    last_pin_timestamp,
  }: {
    channel_id: string;
    last_pin_timestamp: string | null;
  }) {
    tables.channels.patch(channel_id, { last_pin_timestamp });
  },
  PASSIVE_UPDATES(passive: Passive) {
    for (const channel of passive.created_channels ?? []) update({ ...channel, guild_id: passive.guild_id });
    for (const channel of passive.updated_channels ?? []) update({ ...channel, guild_id: passive.guild_id });
    for (const id of passive.deleted_channel_ids ?? []) tables.channels.delete(id);
    for (const [id, last] of Object.entries(passive.channels)) {
      const known = tables.channels.get(id)?.last_message_id;
      if (!known || compareIds(last, known) > 0) tables.channels.patch(id, { last_message_id: last });
    }
    for (const voice of passive.voice_states ?? []) putVoice({ ...voice, guild_id: passive.guild_id });
  },
  VOICE_STATE_UPDATE: putVoice,
  GUILD_MEMBER_LIST_UPDATE: (update: ListUpdate) => applyList(update),
  GUILD_MEMBERS_CHUNK(chunk: {
    guild_id: string;
    members: Member[];
    presences?: Presence[];
    nonce?: string;
    chunk_index: number;
    chunk_count: number;
  }) {
    for (const member of chunk.members) putFullMember({ ...member, guild_id: chunk.guild_id });
    putPresences(chunk.presences ?? []);
    heardChunk(chunk);
  },
  GUILD_COUNTS_UPDATE({
    counts,
  }: {
    counts: { guild_id: string; member_count: number; online_count: number }[];
  }) {
    for (const { guild_id, member_count, online_count } of counts) {
      tables.guilds.patch(guild_id, { member_count, online_count });
    }
  },
};
