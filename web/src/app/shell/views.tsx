// The views the router shows in the main pane.

export { DiscoverView } from '#/features/discover/DiscoverView';
export { FriendsView } from '#/features/friends/FriendsView';
export { ChannelView } from './ChannelView';
export { GuildView } from './GuildView';
export { InboxView } from './InboxView';
export { YouView } from './YouView';
