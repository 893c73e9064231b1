// Whether a new message is worth a notification. Pure: everything it depends on is handed in.
import type { Channel, Guild, GuildSettings, Message } from '#/api/types';
import { Kind } from './order';
import { channelMuted, type Mentioned, mentionsMe } from './unread';

export const Level = { all: 0, mentions: 1, nothing: 2, inherit: 3 } as const;
const SUPPRESS_NOTIFICATIONS = 4096;
const LARGE = 250;

/** Channel, its category, community, then the community's own default. */
export function levelOf(
  channel: Pick<Channel, 'id' | 'parent_id'>,
  settings: GuildSettings | undefined,
  guild: Pick<Guild, 'default_message_notifications' | 'features' | 'member_count'> | undefined,
): number {
  const own = settings?.channel_overrides?.[channel.id]?.message_notifications ?? Level.inherit;
  if (own !== Level.inherit && own >= 0) return own;
  const category = channel.parent_id
    ? (settings?.channel_overrides?.[channel.parent_id]?.message_notifications ?? Level.inherit)
    : Level.inherit;
  if (category !== Level.inherit && category >= 0) return category;
  const community = settings?.message_notifications ?? Level.inherit;
  if (community !== Level.inherit && community >= 0) return community;
  const inherited = guild?.default_message_notifications ?? Level.all;
  const large = (guild?.member_count ?? 0) > LARGE || guild?.features.includes('LARGE_GUILD_OVERRIDE');
  return inherited === Level.all && large ? Level.mentions : inherited;
}

export interface Quiet {
  from: string;
  to: string;
}
/** Between two times of day ("22:00"), over midnight if the first is the later one. */
export function isQuiet(hours: Quiet | null, now: Date): boolean {
  if (!hours) return false;
  const minutes = (text: string): number => {
    const [hour = 0, minute = 0] = text.split(':').map(Number);
    return hour * 60 + minute;
  };
  const from = minutes(hours.from);
  const to = minutes(hours.to);
  const at = now.getHours() * 60 + now.getMinutes();
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

export interface Surroundings {
  message: Message;
  channel: Pick<Channel, 'id' | 'type' | 'parent_id' | 'nsfw'>;
  guild: Guild | undefined;
  settings: GuildSettings | undefined;
  rules: Mentioned;
  blocked: boolean;
  status: string;
  quiet: Quiet | null;
  /** The age gate stands before the channel. */
  gated: boolean;
  /** Open, focused and at its end, in any tab. */
  reading: boolean;
  /** Its id is at or before what is read. */
  seen: boolean;
  now: Date;
}
export type Kindness = 'message' | 'mention' | 'direct';

/** What it is worth, or `undefined`: nothing. */
export function worth(about: Surroundings): Kindness | undefined {
  const { message, channel, rules, settings } = about;
  if (message.author.id === rules.me || about.blocked) return undefined;
  if (message.flags & SUPPRESS_NOTIFICATIONS) return undefined;
  if (about.status === 'dnd' || isQuiet(about.quiet, about.now)) return undefined;
  if (about.reading || about.seen || about.gated) return undefined;
  if (channelMuted(channel, settings, about.now.getTime())) return undefined;
  const mentioned = mentionsMe(message, rules);
  if (channel.type === Kind.dm || channel.type === Kind.group) return 'direct';
  const level = levelOf(channel, settings, about.guild);
  if (mentioned && level !== Level.nothing) return 'mention';
  return level === Level.all ? 'message' : undefined;
}
