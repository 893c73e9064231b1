// All state of the signed-in account: tables, single values, and the indexes that follow from them at once.
// Only `apply` and the actions write here.
import type { GatewaySession, Me, UserSettings } from '#/api/types';
import { orderChannels, orderDms, orderRail, orderRoles, railGuilds } from '#/model/order';
import { compareIds } from '#/model/snowflake';
import { batch, Derived, sameList, Table } from './reactive';
import type { Pending, RailEntry, TableName, Tables } from './types';

export const tables: { [N in TableName]: Table<Tables[N]> } = {
  users: new Table(),
  guilds: new Table(),
  roles: new Table(),
  members: new Table(),
  channels: new Table(),
  messages: new Table(),
  presences: new Table(),
  voiceStates: new Table(),
  relationships: new Table(),
  readStates: new Table(),
  notes: new Table(),
  guildSettings: new Table(),
  emojis: new Table(),
  stickers: new Table(),
  calls: new Table(),
  scheduled: new Table(),
  saved: new Table(),
};

/** Values there is one of. */
export interface Singles {
  me: Me;
  settings: UserSettings;
  pinnedDms: readonly string[];
  sessions: readonly GatewaySession[];
  /** Announced by PASSIVE_UPDATES and the like, for diagnostics. */
  unknownEvents: Readonly<Record<string, number>>;
}
export const singles = new Table<Singles[keyof Singles]>();
export function single<N extends keyof Singles>(name: N): Singles[N] | undefined {
  return singles.get(name) as Singles[N] | undefined;
}
export function setSingle<N extends keyof Singles>(name: N, value: Singles[N]): void {
  singles.set(name, value);
}

/** Messages on their way, by nonce. */
export const pendings = new Table<Pending>();

export const memberKey = (guildId: string, userId: string): string => `${guildId}:${userId}`;
export const myId = (): string | undefined => single('me')?.id;
export const myMember = (guildId: string): Tables['members'] | undefined =>
  tables.members.get(memberKey(guildId, myId() ?? ''));
/** Notification settings of a channel's community, or of direct messages. */
export const SETTINGS_OF_DMS = '@me';

// ---- Indexes ------------------------------------------------------------------------------------------------

class Index {
  private readonly sets = new Map<string, Set<string>>();
  add(key: string, id: string): void {
    const set = this.sets.get(key);
    if (set) set.add(id);
    else this.sets.set(key, new Set([id]));
  }
  remove(key: string, id: string): void {
    const set = this.sets.get(key);
    set?.delete(id);
    if (set?.size === 0) this.sets.delete(key);
  }
  get(key: string): Iterable<string> {
    return this.sets.get(key) ?? [];
  }
  wipe(): void {
    this.sets.clear();
  }
}
export const channelsIn = new Index();
export const rolesIn = new Index();
export const emojisIn = new Index();
export const stickersIn = new Index();
const voiceIn = new Index();
export const membersIn = new Index();
const none: readonly string[] = [];

function rowsOf<N extends TableName>(table: N, ids: Iterable<string>): Tables[N][] {
  const rows: Tables[N][] = [];
  for (const id of ids) {
    const row = tables[table].get(id);
    if (row !== undefined) rows.push(row as Tables[N]);
  }
  return rows;
}

const list = (compute: (key: string) => string[]) =>
  new Derived<readonly string[]>((key) => compute(key), sameList);

export const rail = new Derived<readonly RailEntry[]>(
  () => orderRail(single('settings')?.guild_folders ?? [], [...tables.guilds.values()]),
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);
export const lists = {
  guilds: list(() => railGuilds(rail.get())),
  channels: list((guild) => orderChannels(rowsOf('channels', channelsIn.get(guild)))),
  dms: list(() => orderDms(rowsOf('channels', channelsIn.get('')), single('pinnedDms') ?? none)),
  roles: list((guild) => orderRoles(rowsOf('roles', rolesIn.get(guild)))),
  emojis: list((guild) => [...emojisIn.get(guild)].sort(compareIds)),
  stickers: list((guild) => [...stickersIn.get(guild)].sort(compareIds)),
  relationships: list(() => [...tables.relationships.keys()]),
  pinnedDms: list(() => [...(single('pinnedDms') ?? none)]),
  voice: list((channel) => [...voiceIn.get(channel)].sort()),
  calls: list(() => [...tables.calls.keys()]),
};

/** Others that follow from these tables hang themselves in here. */
export const follow: {
  channel: ((
    id: string,
    guildId: string,
    now: Tables['channels'] | undefined,
    was: Tables['channels'] | undefined,
  ) => void)[];
  readState: ((id: string) => void)[];
  settings: ((guildId: string) => void)[];
  message: ((now: Tables['messages'] | undefined, was: Tables['messages'] | undefined) => void)[];
  /** Roles, own member, owner: what permissions of a community are made of. */
  permissions: ((guildId: string) => void)[];
  relationship: ((userId: string) => void)[];
  guilds: (() => void)[];
} = { channel: [], readState: [], settings: [], message: [], permissions: [], relationship: [], guilds: [] };

tables.channels.onChange = (id, now, was) => {
  const guild = (now ?? was)?.guild_id ?? '';
  if (now && !was) channelsIn.add(guild, id);
  if (!now) channelsIn.remove(guild, id);
  const moved =
    !now || !was || now.position !== was.position || now.parent_id !== was.parent_id || now.type !== was.type;
  if (guild && moved) lists.channels.touch(guild);
  if (!guild && (moved || now?.last_message_id !== was?.last_message_id)) lists.dms.touch();
  for (const tell of follow.channel) tell(id, guild, now, was);
};
tables.roles.onChange = (id, now, was) => {
  const guild = (now ?? was)?.guild_id ?? '';
  if (now && !was) rolesIn.add(guild, id);
  if (!now) rolesIn.remove(guild, id);
  if (!now || !was || now.position !== was.position) lists.roles.touch(guild);
  if (now?.permissions !== was?.permissions) for (const tell of follow.permissions) tell(guild);
};
const indexed =
  (index: Index, touched: Derived<readonly string[]>) =>
  (id: string, now?: { guild_id: string }, was?: { guild_id: string }) => {
    const guild = (now ?? was)?.guild_id ?? '';
    if (now && !was) index.add(guild, id);
    if (!now) index.remove(guild, id);
    if (!now || !was) touched.touch(guild);
  };
tables.emojis.onChange = indexed(emojisIn, lists.emojis);
tables.stickers.onChange = indexed(stickersIn, lists.stickers);
tables.members.onChange = (key, now, was) => {
  const member = now ?? was;
  if (!member) return;
  if (now && !was) membersIn.add(member.guild_id, key);
  if (!now) membersIn.remove(member.guild_id, key);
  if (member.user_id === myId()) for (const tell of follow.permissions) tell(member.guild_id);
};
tables.voiceStates.onChange = (id, now, was) => {
  if (now?.channel_id === was?.channel_id) return;
  if (was?.channel_id) voiceIn.remove(was.channel_id, id);
  if (now?.channel_id) voiceIn.add(now.channel_id, id);
  for (const channel of [was?.channel_id, now?.channel_id]) if (channel) lists.voice.touch(channel);
};
tables.guilds.onChange = (id, now, was) => {
  if (!now || !was) {
    rail.touch();
    lists.guilds.touch();
    for (const tell of follow.guilds) tell();
  }
  if (now?.owner_id !== was?.owner_id) for (const tell of follow.permissions) tell(id);
};
tables.relationships.onChange = (id, now, was) => {
  if (!now || !was) lists.relationships.touch();
  if (now?.type !== was?.type) for (const tell of follow.relationship) tell(id);
};
tables.calls.onChange = (_, now, was) => {
  if (!now || !was) lists.calls.touch();
};
tables.readStates.onChange = (id) => {
  for (const tell of follow.readState) tell(id);
};
tables.guildSettings.onChange = (id) => {
  for (const tell of follow.settings) tell(id);
};
tables.messages.onChange = (_, now, was) => {
  for (const tell of follow.message) tell(now, was);
};
singles.onChange = (name) => {
  if (name === 'settings') {
    rail.touch();
    lists.guilds.touch();
    for (const tell of follow.guilds) tell();
  }
  if (name === 'pinnedDms') {
    lists.dms.touch();
    lists.pinnedDms.touch();
  }
};

export const isBlocked = (userId: string): boolean => tables.relationships.get(userId)?.type === 2;

/** Everything of an account, when it leaves. */
export const onReset: (() => void)[] = [];
export function reset(): void {
  batch(() => {
    for (const table of [...Object.values(tables), singles, pendings]) table.wipe();
    for (const index of [channelsIn, rolesIn, emojisIn, stickersIn, voiceIn, membersIn]) index.wipe();
    for (const cell of [rail, ...Object.values(lists)]) cell.touchAll();
    for (const act of onReset) act();
  });
}
