// The last state, kept on the device so that the next start shows it at once and it can be read offline: the account,
// each community as one record, and the newest messages of the channels last looked at. Written when idle, a record
// at a time; wiped on sign-out.
import type {
  Channel,
  GuildSettings,
  Me,
  Message,
  ReadState,
  Relationship,
  User,
  UserSettings,
} from '#/api/types';
import { eraseAll, read, readKeys, write } from '#/net/db';
import { histories, history } from './history';
import { putChannel, putRole, putUser } from './put';
import { batch } from './reactive';
import {
  channelsIn,
  emojisIn,
  memberKey,
  onReset,
  rolesIn,
  setSingle,
  single,
  stickersIn,
  tables,
} from './state';
import type { Tables } from './types';

const VERSION = 1;
const EVERY = 10_000;
const CHANNELS = 100;
const MESSAGES = 50;
/** Records read at once. */
const PART = 10;

interface Base {
  version: number;
  me: Me;
  settings: UserSettings;
  pinnedDms: readonly string[];
  users: User[];
  relationships: Relationship[];
  readStates: ReadState[];
  guildSettings: [string, GuildSettings][];
  notes: [string, string][];
  direct: Channel[];
}
interface GuildRecord {
  version: number;
  guild: Tables['guilds'];
  channels: Channel[];
  roles: Tables['roles'][];
  emojis: Tables['emojis'][];
  stickers: Tables['stickers'][];
  me: Tables['members'] | undefined;
}
interface Messages {
  version: number;
  at: number;
  older: boolean;
  messages: Message[];
}

let owner: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const changedGuilds = new Set<string>();
const changedChannels = new Set<string>();
let changedBase = false;
let enabled = true;

/** Off in the settings: nothing of messages is kept. */
export function keepMessages(on: boolean): void {
  enabled = on;
  if (!on && owner) void eraseAll('snapshots', `${owner}/messages/`);
}

const rows = <N extends 'roles' | 'emojis' | 'stickers' | 'channels'>(table: N, ids: Iterable<string>) =>
  [...ids].flatMap((id) => (tables[table].get(id) as Tables[N] | undefined) ?? []);

/** What an event may have changed. */
export function changed(data: unknown): void {
  if (!owner) return;
  changedBase = true;
  const about = data as { guild_id?: string; id?: string; channel_id?: string } | null;
  if (about && typeof about === 'object') {
    if (about.guild_id) changedGuilds.add(about.guild_id);
    if (about.id && tables.guilds.has(about.id)) changedGuilds.add(about.id);
    if (about.channel_id) changedChannels.add(about.channel_id);
  }
  timer ??= setTimeout(() => void save(), EVERY);
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 0);
  });

export async function save(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const user = owner;
  const me = single('me');
  const settings = single('settings');
  if (!user || !me || !settings || me.id !== user) return;
  const still = () => owner === user;
  if (changedBase) {
    changedBase = false;
    await idle();
    if (!still()) return;
    const direct = rows('channels', channelsIn.get(''));
    const wanted = new Set([user, ...tables.relationships.keys()]);
    for (const channel of direct) for (const one of channel.recipients ?? []) wanted.add(one.id);
    const base: Base = {
      version: VERSION,
      me,
      settings,
      pinnedDms: single('pinnedDms') ?? [],
      users: [...wanted].flatMap((id) => tables.users.get(id) ?? []),
      relationships: [...tables.relationships.values()],
      readStates: [...tables.readStates.values()],
      guildSettings: [...tables.guildSettings.entries()],
      notes: [...tables.notes.entries()],
      direct,
    };
    await write('snapshots', `${user}/base`, base);
  }
  for (const id of [...changedGuilds]) {
    changedGuilds.delete(id);
    const guild = tables.guilds.get(id);
    await idle();
    if (!still()) return;
    if (!guild) {
      await eraseAll('snapshots', `${user}/guild/${id}`);
      continue;
    }
    const record: GuildRecord = {
      version: VERSION,
      guild,
      channels: rows('channels', channelsIn.get(id)),
      roles: rows('roles', rolesIn.get(id)),
      emojis: rows('emojis', emojisIn.get(id)),
      stickers: rows('stickers', stickersIn.get(id)),
      me: tables.members.get(memberKey(id, user)),
    };
    await write('snapshots', `${user}/guild/${id}`, record);
  }
  for (const id of [...changedChannels]) {
    changedChannels.delete(id);
    const at = histories.get(id);
    const newest = at?.segments.live?.ids.slice(-MESSAGES) ?? [];
    if (!enabled || !at || !newest.length) continue;
    const messages = newest.flatMap((one) => tables.messages.get(one) ?? []);
    const older = at.segments.live?.older || (at.segments.live?.ids.length ?? 0) > newest.length;
    await idle();
    if (!still()) return;
    await write('snapshots', `${user}/messages/${id}`, {
      version: VERSION,
      at: at.viewed,
      older,
      messages,
    } as Messages);
  }
}

/** Reads the account's snapshot into the tables, a few records at a time so that no frame is held up; true when
 * there was one. */
export async function restore(userId: string): Promise<boolean> {
  owner = userId;
  const [base, keys] = await Promise.all([
    read<Base>('snapshots', `${userId}/base`),
    readKeys('snapshots', `${userId}/`),
  ]);
  if (owner !== userId || base?.version !== VERSION) return false;
  batch(() => {
    setSingle('me', base.me);
    setSingle('settings', base.settings);
    setSingle('pinnedDms', base.pinnedDms);
    for (const user of base.users) putUser(user);
    for (const row of base.relationships) tables.relationships.set(row.id, row);
    for (const row of base.readStates) tables.readStates.set(row.id, row);
    for (const [id, row] of base.guildSettings) tables.guildSettings.set(id, row);
    for (const [id, note] of base.notes) tables.notes.set(id, note);
    base.direct.forEach(putChannel);
  });
  const guilds = keys.filter((key) => key.startsWith(`${userId}/guild/`));
  await inParts(guilds, (_, record) => restoreGuild(record as GuildRecord));
  const kept: [string, Messages][] = [];
  await inParts(
    keys.filter((key) => key.startsWith(`${userId}/messages/`)),
    (key, value) => {
      if ((value as Messages).version === VERSION) kept.push([key, value as Messages]);
    },
  );
  if (owner !== userId) return false;
  kept.sort(([, a], [, b]) => b.at - a.at);
  batch(() => {
    for (const [key, value] of kept.slice(0, CHANNELS)) restoreMessages(key.split('/')[2] ?? '', value);
  });
  for (const [key] of kept.slice(CHANNELS)) void eraseAll('snapshots', key);
  return true;
}
async function inParts(keys: string[], take: (key: string, value: unknown) => void): Promise<void> {
  const user = owner;
  for (let from = 0; from < keys.length; from += PART) {
    const part = keys.slice(from, from + PART);
    const values = await Promise.all(part.map((key) => read<unknown>('snapshots', key)));
    if (owner !== user) return;
    batch(() => {
      for (const [at, key] of part.entries()) if (values[at]) take(key, values[at]);
    });
  }
}

function restoreGuild(record: GuildRecord): void {
  if (record.version !== VERSION) return;
  tables.guilds.set(record.guild.id, record.guild);
  for (const role of record.roles) putRole(role.guild_id, role);
  for (const emoji of record.emojis) tables.emojis.set(emoji.id, emoji);
  for (const sticker of record.stickers) tables.stickers.set(sticker.id, sticker);
  record.channels.forEach(putChannel);
  if (record.me) tables.members.set(memberKey(record.guild.id, record.me.user_id), record.me);
}
function restoreMessages(channelId: string, { messages, older, at }: Messages): void {
  if (!tables.channels.has(channelId)) return;
  for (const message of messages) {
    putUser(message.author);
    for (const user of message.mentions ?? []) putUser(user);
    tables.messages.set(message.id, message);
  }
  const known = history(channelId);
  known.viewed = at;
  // Newer ones may exist; the next page from the server says so.
  known.segments.insert({ ids: messages.map((message) => message.id), older, newer: true, live: false });
}

export async function wipe(userId: string): Promise<void> {
  stop();
  await eraseAll('snapshots', `${userId}/`);
  await eraseAll('queue', `${userId}/`);
  await eraseAll('settings', `${userId}/`);
}
export function stop(): void {
  clearTimeout(timer);
  timer = undefined;
  owner = undefined;
  changedBase = false;
  changedGuilds.clear();
  changedChannels.clear();
}
onReset.push(stop);
export const everything = (): void => {
  changedBase = true;
  for (const id of tables.guilds.keys()) changedGuilds.add(id);
  timer ??= setTimeout(() => void save(), EVERY);
};
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void save();
  });
}
