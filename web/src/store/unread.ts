// Unread state of channels, communities, folders and the whole, kept by the rules of `model/unread`. Everything that
// shows a dot or a number asks here.
import { isDm, Kind } from '#/model/order';
import { ackOf, channelMuted, isUnread, type Mentioned, muteEnds, muteHolds } from '#/model/unread';
import { batch, Derived, sameFields } from './reactive';
import { channelsIn, follow, lists, myId, myMember, onReset, rail, SETTINGS_OF_DMS, tables } from './state';
import type { Unread } from './types';

const nothing: Unread = { unread: false, mentions: 0, muted: false };
const settingsOf = (guildId: string) => tables.guildSettings.get(guildId || SETTINGS_OF_DMS);

export function ackedOf(channelId: string): string {
  const channel = tables.channels.get(channelId);
  const guild = channel?.guild_id;
  return ackOf(
    { id: channelId },
    tables.readStates.get(channelId),
    guild ? myMember(guild)?.joined_at : undefined,
  );
}

const channel = new Derived<Unread>((id) => {
  const row = tables.channels.get(id);
  if (!row) return nothing;
  return {
    unread: isUnread(row, ackedOf(id)),
    mentions: tables.readStates.get(id)?.mention_count ?? 0,
    muted: channelMuted(row, settingsOf(row.guild_id ?? ''), Date.now()),
  };
}, sameFields);

const guild = new Derived<Unread>((id) => {
  const settings = settingsOf(id);
  let unread = false;
  let mentions = 0;
  for (const channelId of channelsIn.get(id)) {
    const row = tables.channels.get(channelId);
    if (!row || row.type === Kind.category || row.type === Kind.link) continue;
    const one = channel.get(channelId);
    mentions += one.mentions;
    if (one.unread && !one.muted) unread = true;
  }
  return { unread, mentions, muted: muteHolds(settings?.muted, settings?.mute_config, Date.now()) };
}, sameFields);

const sum = (guilds: Iterable<string>): Unread => {
  let unread = false;
  let mentions = 0;
  let muted = true;
  for (const id of guilds) {
    const one = guild.get(id);
    unread ||= one.unread && !one.muted;
    mentions += one.mentions;
    muted &&= one.muted;
  }
  return { unread, mentions, muted };
};

const folder = new Derived<Unread>((id) => {
  for (const entry of rail.get()) {
    if ('folder' in entry && String(entry.folder.id) === id) return sum(entry.folder.guilds);
  }
  return nothing;
}, sameFields);

/** Direct messages: unread ones count by their badge, muted ones not at all. */
const dms = new Derived<Unread>(() => {
  let unread = false;
  let mentions = 0;
  for (const id of channelsIn.get('')) {
    const one = channel.get(id);
    if (one.muted || !isDm(tables.channels.get(id) ?? { type: 999 })) continue;
    unread ||= one.unread;
    mentions += one.mentions;
  }
  return { unread, mentions, muted: false };
}, sameFields);

const requests = (): number => [...tables.relationships.values()].filter((row) => row.type === 3).length;

const app = new Derived<Unread>(() => {
  const all = sum(lists.guilds.get());
  const direct = dms.get();
  return {
    unread: all.unread || direct.unread,
    mentions: all.mentions + direct.mentions + requests(),
    muted: false,
  };
}, sameFields);

export const unreads = { channel, guild, folder, app, dms };

// ---- What touches what ----------------------------------------------------------------------------------------

function touchChannel(id: string, guildId: string): void {
  channel.touch(id);
  if (guildId) {
    guild.touch(guildId);
    folder.touchAll();
  } else dms.touch();
  app.touch();
}
follow.channel.push((id, guildId, now, was) => {
  const same =
    now &&
    was &&
    now.last_message_id === was.last_message_id &&
    now.parent_id === was.parent_id &&
    now.type === was.type;
  if (!same) touchChannel(id, guildId);
});
follow.readState.push((id) => {
  const row = tables.channels.get(id);
  if (row) touchChannel(id, row.guild_id ?? '');
});
follow.relationship.push(() => app.touch());
follow.guilds.push(() => {
  folder.touchAll();
  app.touch();
});
follow.permissions.push((id) => guild.touch(id));

let ending: ReturnType<typeof setTimeout> | undefined;
function touchSettings(id: string): void {
  const key = id === SETTINGS_OF_DMS ? '' : id;
  for (const channelId of channelsIn.get(key)) touchChannel(channelId, key);
  guild.touch(key);
  folder.touchAll();
  app.touch();
}
/** Mutes end by themselves: looked at again when the next one does. */
function watchMutes(): void {
  clearTimeout(ending);
  const now = Date.now();
  const ends = [...tables.guildSettings.values()].flatMap((row) => muteEnds(row, now) ?? []);
  if (!ends.length) return;
  ending = setTimeout(
    () => {
      batch(() => {
        for (const key of tables.guildSettings.keys()) touchSettings(key);
      });
      watchMutes();
    },
    Math.min(2 ** 31 - 1, Math.min(...ends) - now + 50),
  );
}
follow.settings.push((id) => {
  touchSettings(id);
  watchMutes();
});
onReset.push(() => {
  clearTimeout(ending);
  for (const cell of Object.values(unreads)) cell.touchAll();
});

export function mentionRules(guildId: string | null | undefined): Mentioned {
  const settings = guildId ? tables.guildSettings.get(guildId) : undefined;
  return {
    me: myId() ?? '',
    myRoles: (guildId ? myMember(guildId)?.roles : undefined) ?? [],
    suppressEveryone: settings?.suppress_everyone ?? false,
    suppressRoles: settings?.suppress_roles ?? false,
  };
}
