// What a person does to messages, settings and relations: shown at once, with the way back kept for a refusal.
import { ApiError, api } from '#/api/client';
import type {
  Channel,
  ChannelOverride,
  GuildSettings,
  GuildSettingsPatch,
  Message,
  ReactionEmoji,
  Status,
  UserSettings,
  UserSettingsPatch,
} from '#/api/types';
import { call } from '#/net/client';
import { changeReaction, messageEvents, sameEmoji } from './apply-message';
import { putChannel } from './put';
import { batch } from './reactive';
import { session } from './session';
import { SETTINGS_OF_DMS, setSingle, single, tables } from './state';

export interface Change {
  content?: string;
  flags?: number;
  attachments?: { id: string; description?: string | null }[];
}
export async function edit(channelId: string, messageId: string, change: Change): Promise<void> {
  const was = tables.messages.get(messageId);
  const edited_timestamp = new Date().toISOString();
  if (was) {
    const kept = change.attachments?.map((one) => one.id);
    const shown: Partial<Message> = {};
    if (change.content !== undefined) Object.assign(shown, { content: change.content, edited_timestamp });
    if (change.flags !== undefined) {
      shown.flags = change.flags;
      if (change.flags & 4) shown.embeds = [];
    }
    if (kept) {
      shown.attachments = was.attachments
        .filter((file) => kept.includes(file.id))
        .map((file) => {
          const given = change.attachments?.find((one) => one.id === file.id);
          return given && 'description' in given ? { ...file, description: given.description ?? null } : file;
        });
    }
    tables.messages.set(messageId, { ...was, ...shown });
  }
  try {
    const now = await api('PATCH /channels/{channel_id}/messages/{message_id}', {
      path: { channel_id: channelId, message_id: messageId },
      body: change as never,
    });
    if (tables.messages.has(messageId)) messageEvents.MESSAGE_UPDATE(now);
  } catch (error) {
    if (was && tables.messages.has(messageId)) tables.messages.set(messageId, was);
    throw error;
  }
}

export async function remove(channelId: string, messageId: string): Promise<void> {
  const was = tables.messages.get(messageId);
  try {
    await api('DELETE /channels/{channel_id}/messages/{message_id}', {
      path: { channel_id: channelId, message_id: messageId },
    });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'UNKNOWN_MESSAGE')) throw error;
  }
  if (was) batch(() => messageEvents.MESSAGE_DELETE({ channel_id: channelId, id: messageId }));
}

// ---- Reactions: for each message and emoji one request at a time; the last wish wins -----------------------------

interface Wish {
  on: boolean;
  /** What the server has. */
  confirmed: boolean;
  running: Promise<void> | undefined;
}
const wishes = new Map<string, Wish>();
const name = (emoji: ReactionEmoji): string => (emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name);

export function react(
  channelId: string,
  messageId: string,
  emoji: ReactionEmoji,
  on: boolean,
): Promise<void> {
  const key = `${messageId}/${name(emoji)}`;
  const mine = () =>
    !!tables.messages.get(messageId)?.reactions?.some((row) => row.me && sameEmoji(row.emoji, emoji));
  let wish = wishes.get(key);
  if (!wish) {
    wish = { on, confirmed: mine(), running: undefined };
    wishes.set(key, wish);
  }
  wish.on = on;
  if (mine() !== on) changeReaction(messageId, emoji, true, on ? 1 : -1);
  wish.running ??= settle(channelId, messageId, emoji, wish).finally(() => wishes.delete(key));
  return wish.running;
}
async function settle(channelId: string, messageId: string, emoji: ReactionEmoji, wish: Wish): Promise<void> {
  const session_id = session.gatewaySession();
  const path = { channel_id: channelId, message_id: messageId, emoji: name(emoji) };
  const query = session_id ? { session_id } : {};
  while (wish.on !== wish.confirmed) {
    const wanted = wish.on;
    try {
      if (wanted)
        await api('PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me', { path, query });
      else
        await api('DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me', {
          path,
          query,
        });
      wish.confirmed = wanted;
    } catch (error) {
      changeReaction(messageId, emoji, true, wish.confirmed ? 1 : -1);
      throw error;
    }
  }
}

export async function pin(channelId: string, messageId: string, on: boolean): Promise<void> {
  const was = tables.messages.get(messageId);
  tables.messages.patch(messageId, { pinned: on });
  const path = { channel_id: channelId, message_id: messageId };
  try {
    if (on) await api('PUT /channels/{channel_id}/pins/{message_id}', { path });
    else await api('DELETE /channels/{channel_id}/pins/{message_id}', { path });
  } catch (error) {
    if (was) tables.messages.patch(messageId, { pinned: was.pinned });
    throw error;
  }
}

// ---- Settings -----------------------------------------------------------------------------------------------

/** Changes on their way; only the last answer is taken over, for the earlier ones lack what came after. */
const changing = new Map<string, number>();
const begun = (key: string): number => {
  const now = (changing.get(key) ?? 0) + 1;
  changing.set(key, now);
  return now;
};

export async function updateSettings(patch: UserSettingsPatch): Promise<void> {
  const was = single('settings');
  const turn = begun('settings');
  if (was) setSingle('settings', { ...was, ...patch } as UserSettings);
  try {
    const answer = await api('PATCH /users/@me/settings', { body: patch });
    if (changing.get('settings') === turn) setSingle('settings', answer);
  } catch (error) {
    const now = single('settings');
    if (was && now) {
      const back = Object.fromEntries(Object.keys(patch).map((key) => [key, was[key as keyof UserSettings]]));
      setSingle('settings', { ...now, ...back });
    }
    throw error;
  }
}

const plain = (guild_id: string | null): GuildSettings => ({
  guild_id,
  channel_overrides: null,
  hide_muted_channels: false,
  message_notifications: 3,
  mobile_push: true,
  mute_config: null,
  muted: false,
  suppress_everyone: false,
  suppress_roles: false,
  version: 0,
});
export async function updateGuildSettings(guildId: string, patch: GuildSettingsPatch): Promise<void> {
  const direct = guildId === SETTINGS_OF_DMS;
  const was = tables.guildSettings.get(guildId);
  const turn = begun(guildId);
  tables.guildSettings.set(guildId, {
    ...(was ?? plain(direct ? null : guildId)),
    ...patch,
  } as GuildSettings);
  try {
    const now = direct
      ? await api('PATCH /users/@me/guilds/@me/settings', { body: patch })
      : await api('PATCH /users/@me/guilds/{guild_id}/settings', {
          path: { guild_id: guildId },
          body: patch,
        });
    if (changing.get(guildId) === turn) tables.guildSettings.set(guildId, now);
  } catch (error) {
    if (was) tables.guildSettings.set(guildId, was);
    else tables.guildSettings.delete(guildId);
    throw error;
  }
}
/** The map is replaced whole by the server, so it is sent whole. */
export function updateChannelOverride(
  guildId: string,
  channelId: string,
  patch: Partial<ChannelOverride>,
): Promise<void> {
  const all = tables.guildSettings.get(guildId)?.channel_overrides ?? {};
  const was = all[channelId] ?? {
    collapsed: false,
    message_notifications: 3,
    mute_config: null,
    muted: false,
  };
  return updateGuildSettings(guildId, { channel_overrides: { ...all, [channelId]: { ...was, ...patch } } });
}

/** One's own status; for a while only, if a number of seconds is given. */
export function setStatus(status: Exclude<Status, 'offline'>, forSeconds?: number): Promise<void> {
  void call('presence', status, false);
  const until = forSeconds ? new Date(Date.now() + forSeconds * 1000).toISOString() : null;
  const before = single('settings')?.status ?? 'online';
  return updateSettings({
    status,
    status_resets_at: until,
    status_resets_to: until ? before : null,
  } as UserSettingsPatch);
}

export async function openDm(userId: string): Promise<Channel> {
  for (const channel of tables.channels.values()) {
    if (channel.type === 1 && channel.recipients?.[0]?.id === userId) return channel;
  }
  const channel = await api('POST /users/@me/channels', { body: { recipient_id: userId } });
  putChannel(channel);
  return channel;
}
