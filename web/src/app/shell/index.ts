// The signed-in application. The router renders `AppShell` around the routes under /channels, /discover,
// /inbox and /you, and the views below as the routes' components.
export { AppShell } from './AppShell';
export { ChannelView, DiscoverView, FriendsView, GuildView, InboxView, YouView } from './views';
