// The views behind the shell's addresses: what an address holds, handed to the part that shows it.
import { lazy } from 'react';
import { later } from '#/ui/later';
import { useParams } from './routing';
import { ChannelView } from './shell/ChannelView';
import { NotFound } from './states';

export function Conversation() {
  const { channelId = '', messageId } = useParams();
  return <ChannelView guildId="@me" channelId={channelId} messageId={messageId} />;
}

export function Channel() {
  const { guildId = '', channelId = '', messageId } = useParams();
  if (!/^\d+$/.test(guildId) || !/^\d+$/.test(channelId)) return <NotFound />;
  return <ChannelView guildId={guildId} channelId={channelId} messageId={messageId} />;
}

export function Community() {
  const { guildId = '' } = useParams();
  return /^\d+$/.test(guildId) ? <GuildView guildId={guildId} /> : <NotFound />;
}

export function Favourites() {
  const { channelId, messageId } = useParams();
  if (!channelId) return <FriendsView />;
  return <ChannelView guildId="@favorites" channelId={channelId} messageId={messageId} />;
}

const GuildView = later(() => import('./shell/GuildView').then((part) => part.GuildView));

// Not needed where most people begin: in a channel.
const FriendsView = lazy(() =>
  import('#/features/friends/FriendsView').then((part) => ({ default: part.FriendsView })),
);
export const Friends = FriendsView;
export const Discover = lazy(() =>
  import('#/features/discover/DiscoverView').then((part) => ({ default: part.DiscoverView })),
);
export const Inbox = lazy(() => import('./shell/InboxView').then((part) => ({ default: part.InboxView })));
export const You = lazy(() => import('./shell/YouView').then((part) => ({ default: part.YouView })));

export const Members = lazy(() => import('#/features/guild-settings/MemberPage'));
export const CommunitySettings = lazy(() => import('#/features/guild-settings/GuildSettings'));
export const ChannelSettings = lazy(() => import('#/features/guild-settings/ChannelSettings'));
/** The person's own settings (features/settings) are a layer over the shell. */
export const Settings = lazy(() => import('./settings'));
