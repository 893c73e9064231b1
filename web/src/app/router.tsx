// The table of addresses. Views come in chunks of their own; the shell stays mounted while its panes change.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { onNavigate, useLayout } from './layout';
import { HOME, safeNext } from './links';
import { NotFound, PaneError, PanePending } from './states';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PaneError });

const at = <const Path extends string>(path: Path, component: () => Promise<Record<string, unknown>>) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(component as () => Promise<Record<string, never>>, 'default'),
  });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: (safeNext(useLayout.getState().lastPlace) ?? HOME) as '/' });
  },
});

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
  at('/handoff', () => import('#/features/auth/Handoff')),
  at('/auth/sso/callback', () => import('#/features/auth/SsoCallback')),
  at('/invite/$code', () => import('#/features/auth/InvitePage')),
  at('/invite/$code/login', () => import('#/features/auth/InviteLogin')),
];

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: lazyRouteComponent(() => import('./Signed'), 'Signed'),
});

const inside = <const Path extends string>(
  path: Path,
  view: () => Promise<Record<string, unknown>>,
  name = 'default',
) =>
  createRoute({
    getParentRoute: () => app,
    path,
    component: lazyRouteComponent(view as () => Promise<Record<string, never>>, name as never),
  });

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

export const router = createRouter({
  routeTree: root.addChildren([start, ...outside, app.addChildren(panes)]),
  defaultPreload: 'intent',
  defaultErrorComponent: PaneError,
  defaultPendingComponent: PanePending,
  defaultPendingMs: 150,
  defaultPendingMinMs: 300,
  scrollRestoration: false,
});

onNavigate((path, replace) => {
  router.history[replace ? 'replace' : 'push'](path);
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
