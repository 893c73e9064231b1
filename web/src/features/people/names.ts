// What somebody is called here: the own nickname for a friend, the nick of the community, else their name.
import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Channel, User } from '#/api/types';
import { entity, useChannel, useEntity } from '#/store';

export const DM = 1;
export const GROUP = 3;
export const NOTES = 999;

type Named = Pick<User, 'username' | 'global_name'>;
export const plainName = (user: Named | undefined) => user?.global_name || user?.username || '';
export const tag = (user: Pick<User, 'username' | 'discriminator'>) =>
  user.discriminator && user.discriminator !== '0' ? `${user.username}#${user.discriminator}` : user.username;

/** What somebody is called in a community, or in a group: `channelId`. */
export function useNick(
  userId: string | undefined,
  guildId?: string | null,
  channelId?: string | null,
): string | null | undefined {
  const member = useEntity('members', guildId && userId ? `${guildId}:${userId}` : null, (row) => row?.nick);
  const group = useEntity('channels', guildId ? null : channelId, (row) =>
    userId ? row?.nicks?.[userId] : null,
  );
  return guildId ? member : group;
}

export function displayName(userId: string, guildId?: string | null, channelId?: string | null): string {
  const nick = guildId
    ? entity('members', `${guildId}:${userId}`)?.nick
    : entity('channels', channelId)?.nicks?.[userId];
  return nick || entity('relationships', userId)?.nickname || plainName(entity('users', userId));
}

export function useDisplayName(
  userId: string | undefined,
  guildId?: string | null,
  channelId?: string | null,
): string {
  const nick = useNick(userId, guildId, channelId);
  const own = useEntity('relationships', userId, (row) => row?.nickname);
  const user = useEntity('users', userId, (row) => plainName(row));
  return nick || own || user;
}

export const groupName = (channel: Channel): string =>
  channel.name || (channel.recipients ?? []).map((one) => displayName(one.id) || plainName(one)).join(', ');

/** The name of a conversation, and the person it is with. */
export function useDmName(channelId: string): { name: string; user: User | undefined } {
  const { t: say } = useLingui();
  const channel = useChannel(channelId);
  const other = channel?.type === DM ? channel.recipients?.[0] : undefined;
  const user = useEntity('users', other?.id) ?? other;
  const name = useDisplayName(other?.id);
  if (channel?.type === NOTES) return { name: say`My notes`, user: undefined };
  if (channel?.type === GROUP) return { name: groupName(channel) || say`Group`, user: undefined };
  return { name: name || plainName(user), user };
}

export function dmName(channelId: string): string {
  const channel = entity('channels', channelId);
  if (!channel) return '';
  if (channel.type === NOTES) return t`My notes`;
  if (channel.type === GROUP) return groupName(channel) || t`Group`;
  const other = channel.recipients?.[0];
  return other ? displayName(other.id) || plainName(other) : '';
}

/** The name of any channel, with its sign. */
export const channelName = (channelId: string): string => {
  const channel = entity('channels', channelId);
  return channel?.guild_id ? (channel.name ?? '') : dmName(channelId);
};
