// The table of addresses. Views come in chunks of their own; the shell stays mounted while its panes change.
import { onNavigate, useLayout } from './layout';
import { HOME, safeNext } from './links';
import { address, navigate } from './navigation';
import { route, table, view } from './routes';
import { Router } from './routing';
import { NotFound } from './states';

type Load = () => Promise<Record<string, unknown>>;
const at = (path: string, load: Load) => route(path, load);

const outside = [
  at('/gallery', () => import('#/ui/gallery/Gallery')),
  at('/login', () => import('#/features/auth/Login')),
  at('/register', () => import('#/features/auth/Register')),
  at('/forgot', () => import('#/features/auth/Forgot')),
  at('/reset', () => import('#/features/auth/Reset')),
  at('/verify', () => import('#/features/auth/Verify')),
  at('/authorize-ip', () => import('#/features/auth/AuthorizeIp')),
  at('/wasntme', () => import('#/features/auth/WasntMe')),
  at('/theme/$id', () => import('#/features/themes/ThemePage')),
  at('/connection-callback', () => import('#/features/connections/Callback')),
  at('/report', () => import('#/features/report/ReportPage')),
  at('/handoff', () => import('#/features/auth/Handoff')),
  at('/auth/sso/callback', () => import('#/features/auth/SsoCallback')),
  at('/invite/$code', () => import('#/features/auth/InvitePage')),
  at('/invite/$code/login', () => import('#/features/auth/InviteLogin')),
];

const Signed = view(() => import('./Signed'), 'Signed');
const inside = (path: string, load: Load, name?: string) => route(path, load, name, true);

const views = () => import('./views');
const panes = [
  inside('/channels/@me', views, 'Friends'),
  inside('/channels/@me/$channelId', views, 'Conversation'),
  inside('/channels/@me/$channelId/settings', views, 'ChannelSettings'),
  inside('/channels/@me/$channelId/settings/$page', views, 'ChannelSettings'),
  inside('/channels/@me/$channelId/$messageId', views, 'Conversation'),
  inside('/channels/@favorites', views, 'Favourites'),
  inside('/channels/@favorites/$channelId', views, 'Favourites'),
  inside('/channels/@favorites/$channelId/$messageId', views, 'Favourites'),
  inside('/channels/$guildId', views, 'Community'),
  inside('/channels/$guildId/members', views, 'Members'),
  inside('/channels/$guildId/settings', views, 'CommunitySettings'),
  inside('/channels/$guildId/settings/$page', views, 'CommunitySettings'),
  inside('/channels/$guildId/$channelId', views, 'Channel'),
  inside('/channels/$guildId/$channelId/settings', views, 'ChannelSettings'),
  inside('/channels/$guildId/$channelId/settings/$page', views, 'ChannelSettings'),
  inside('/channels/$guildId/$channelId/$messageId', views, 'Channel'),
  inside('/discover', views, 'Discover'),
  inside('/inbox', views, 'Inbox'),
  inside('/mentions', views, 'Inbox'),
  inside('/bookmarks', views, 'Inbox'),
  inside('/notifications', views, 'Inbox'),
  inside('/you', views, 'You'),
  inside('/settings', views, 'Settings'),
  inside('/settings/$page', views, 'Settings'),
  inside('/share', () => import('#/features/shared/Share')),
  inside('/oauth2/authorize', () => import('#/features/oauth/Authorize')),
];

const routes = table([...outside, ...panes]);

/** The bare address leads to where one was last. */
const home = () => safeNext(useLayout.getState().lastPlace) ?? HOME;
onNavigate((path, replace) => void navigate(path === '/' ? home() : path, replace));
if (address().path === '/') void navigate(home(), true);

export const Routes = () => <Router routes={routes} frame={Signed} nothing={NotFound} />;
