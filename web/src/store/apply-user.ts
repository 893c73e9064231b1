// READY, and the events of the account: settings, relations, presence, read states, notes.
import type {
  Call,
  GatewaySession,
  GuildSettings,
  Me,
  Member,
  Presence,
  Relationship,
  SavedMessage,
  UserSettings,
} from '#/api/types';
import { acknowledge } from '#/model/unread';
import type { ReadyBase } from '#/net/ready';
import { dropGuild, putChannel, putUser } from './put';
import { channelsIn, SETTINGS_OF_DMS, setSingle, single, tables } from './state';
import { clearTyping } from './typing';

function putPresence(presence: Presence): void {
  putUser(presence.user);
  const id = presence.user.id;
  if (presence.status === 'offline' && !presence.custom_status) tables.presences.delete(id);
  else tables.presences.set(id, presence);
}
export const putPresences = (all: readonly Presence[]): void => all.forEach(putPresence);

function putSettings(settings: GuildSettings): void {
  const key = settings.guild_id ?? SETTINGS_OF_DMS;
  const was = tables.guildSettings.get(key);
  if (!was || JSON.stringify(was) !== JSON.stringify(settings)) tables.guildSettings.set(key, settings);
}

/** Replaces a table's rows; those that stay equal keep their identity. */
function replace<Row>(
  table: {
    keys(): IterableIterator<string>;
    get(key: string): Row | undefined;
    set(key: string, row: Row): void;
    delete(key: string): void;
  },
  rows: Iterable<readonly [string, Row]>,
): void {
  const kept = new Set<string>();
  for (const [key, row] of rows) {
    kept.add(key);
    const was = table.get(key);
    if (was === undefined || JSON.stringify(was) !== JSON.stringify(row)) table.set(key, row);
  }
  for (const key of [...table.keys()]) if (!kept.has(key)) table.delete(key);
}

function ready(data: ReadyBase): void {
  for (const user of data.users) putUser(user);
  putUser(data.user);
  setSingle('me', data.user);
  setSingle('settings', data.user_settings);
  setSingle('pinnedDms', data.pinned_dms);
  setSingle('sessions', data.sessions);
  const guilds = new Set(data.guild_ids);
  for (const id of [...tables.guilds.keys()]) if (!guilds.has(id)) dropGuild(id);
  const direct = new Set(data.private_channels.map((channel) => channel.id));
  for (const id of [...channelsIn.get('')]) if (!direct.has(id)) tables.channels.delete(id);
  data.private_channels.forEach(putChannel);
  replace(
    tables.relationships,
    data.relationships.map((row) => [row.id, row] as const),
  );
  const present = new Set(data.presences.map((presence) => presence.user.id));
  for (const id of [...tables.presences.keys()]) if (!present.has(id)) tables.presences.delete(id);
  putPresences(data.presences);
  replace(
    tables.readStates,
    data.read_states.map((row) => [row.id, row] as const),
  );
  replace(tables.notes, Object.entries(data.notes));
  const settings = new Set(data.user_guild_settings.map((row) => row.guild_id ?? SETTINGS_OF_DMS));
  for (const key of [...tables.guildSettings.keys()])
    if (!settings.has(key)) tables.guildSettings.delete(key);
  data.user_guild_settings.forEach(putSettings);
  tables.calls.clear();
  clearTyping();
}

export const userEvents = {
  READY: ready,
  USER_UPDATE(user: Me) {
    setSingle('me', { ...single('me'), ...user });
    putUser(user);
  },
  USER_SETTINGS_UPDATE: (settings: UserSettings) => setSingle('settings', settings),
  USER_GUILD_SETTINGS_UPDATE: putSettings,
  USER_PINNED_DMS_UPDATE: (ids: string[]) => setSingle('pinnedDms', ids),
  USER_NOTE_UPDATE({ id, note }: { id: string; note: string }) {
    if (note) tables.notes.set(id, note);
    else tables.notes.delete(id);
  },
  SESSIONS_REPLACE: (sessions: GatewaySession[]) => setSingle('sessions', sessions),
  RELATIONSHIP_ADD: putRelationship,
  RELATIONSHIP_UPDATE: putRelationship,
  RELATIONSHIP_REMOVE: ({ id }: { id: string }) => tables.relationships.delete(id),
  PRESENCE_UPDATE: putPresence,
  PRESENCE_UPDATE_BULK: ({ presences }: { presences: Presence[] }) => putPresences(presences),
  MESSAGE_ACK(ack: { channel_id: string; message_id: string; mention_count: number; manual?: boolean }) {
    tables.readStates.set(ack.channel_id, acknowledge(tables.readStates.get(ack.channel_id), ack));
  },
  CHANNEL_PINS_ACK({ channel_id, timestamp }: { channel_id: string; timestamp: string }) {
    const was = tables.readStates.get(channel_id);
    tables.readStates.set(channel_id, {
      id: channel_id,
      mention_count: was?.mention_count ?? 0,
      last_message_id: was?.last_message_id ?? null,
      last_pin_timestamp: timestamp,
    });
  },
  SAVED_MESSAGE_CREATE(saved: SavedMessage) {
    if (saved.id) tables.saved.set(saved.id, saved);
  },
  SAVED_MESSAGE_DELETE: ({ message_id }: { message_id: string }) => tables.saved.delete(message_id),
  CALL_CREATE: putCall,
  CALL_UPDATE: putCall,
  CALL_DELETE: ({ channel_id }: { channel_id: string }) => tables.calls.delete(channel_id),
};

function putCall(call: Call): void {
  tables.calls.set(call.channel_id, call);
}
function putRelationship({ user, ...row }: Relationship): void {
  putUser(user);
  tables.relationships.set(row.id, row);
}
export type GivenMember = Member & { guild_id: string };
