// One set of rules for what is unread, muted and counted; rail, sidebar, title, inbox and app badge all use it.
// Pure: the store keeps its results by channel and community.
import type { Channel, GuildSettings, Message, MuteConfig, ReadState } from '#/api/types';
import { Kind } from './order';
import { compareIds, idAt } from './snowflake';

export function muteHolds(
  muted: boolean | undefined,
  config: MuteConfig | null | undefined,
  now: number,
): boolean {
  if (!muted) return false;
  return !config?.end_time || Date.parse(config.end_time) > now;
}

/** Muted by itself, its category or its community. */
export function channelMuted(
  channel: Pick<Channel, 'id' | 'parent_id'>,
  settings: GuildSettings | undefined,
  now: number,
): boolean {
  if (!settings) return false;
  const own = settings.channel_overrides?.[channel.id];
  if (own && muteHolds(own.muted, own.mute_config, now)) return true;
  const category = channel.parent_id ? settings.channel_overrides?.[channel.parent_id] : undefined;
  if (category && muteHolds(category.muted, category.mute_config, now)) return true;
  return settings.guild_id !== null && muteHolds(settings.muted, settings.mute_config, now);
}

/** When the next mute of these settings ends by itself (ms), so that what depends on it is looked at again. */
export function muteEnds(settings: GuildSettings, now: number): number | undefined {
  let soonest: number | undefined;
  const all = [settings, ...Object.values(settings.channel_overrides ?? {})];
  for (const { muted, mute_config } of all) {
    const end = muted && mute_config?.end_time ? Date.parse(mute_config.end_time) : 0;
    if (end > now && (soonest === undefined || end < soonest)) soonest = end;
  }
  return soonest;
}

/** The newest id that counts as read. */
export function ackOf(
  channel: Pick<Channel, 'id'>,
  state: ReadState | undefined,
  joinedAt: string | null | undefined,
): string {
  if (state?.last_message_id) return state.last_message_id;
  return joinedAt ? idAt(Date.parse(joinedAt)) : channel.id;
}

export function isUnread(channel: Pick<Channel, 'type' | 'last_message_id'>, ack: string): boolean {
  if (channel.type === Kind.category || channel.type === Kind.link) return false;
  return !!channel.last_message_id && compareIds(channel.last_message_id, ack) > 0;
}

export interface Mentioned {
  me: string;
  myRoles: readonly string[];
  suppressEveryone: boolean;
  suppressRoles: boolean;
}

/** Names me: directly, as everyone, or by a role of mine. */
export function mentionsMe(
  message: Pick<Message, 'mentions' | 'mention_everyone' | 'mention_roles'>,
  about: Mentioned,
): boolean {
  if (message.mentions?.some((user) => user.id === about.me)) return true;
  if (message.mention_everyone && !about.suppressEveryone) return true;
  if (about.suppressRoles) return false;
  return !!message.mention_roles?.some((role) => about.myRoles.includes(role));
}

/** Whether a new message raises the channel's badge. */
export function counts(
  message: Pick<Message, 'author' | 'mentions' | 'mention_everyone' | 'mention_roles' | 'webhook_id'>,
  channelType: number,
  about: Mentioned & { blocked: boolean },
): boolean {
  if (message.author.id === about.me || about.blocked) return false;
  if (mentionsMe(message, about)) return true;
  return (channelType === Kind.dm || channelType === Kind.group) && !message.author.bot;
}

/** What an acknowledgement heard from the server does to the state known here. */
export function acknowledge(
  state: ReadState | undefined,
  ack: { channel_id: string; message_id: string; mention_count: number; manual?: boolean },
): ReadState {
  const base = state ?? {
    id: ack.channel_id,
    mention_count: 0,
    last_message_id: null,
    last_pin_timestamp: null,
  };
  const known = base.last_message_id;
  if (!ack.manual && known && compareIds(known, ack.message_id) > 0) return base;
  return { ...base, last_message_id: ack.message_id, mention_count: ack.mention_count };
}
