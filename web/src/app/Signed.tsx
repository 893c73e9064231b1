// Everything behind the sign-in: the shell, and the route's view in its main pane. Who is not signed in is led to
// the sign-in and back; who must prove something first sees only that.
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { ClaimHost } from '#/features/auth';
import { ViewAsStrip } from '#/features/guild-settings/viewAs';
import { useSession } from '#/store';
import { accountChanges, onAccount } from '#/store/device';
import { goTo } from './layout';
import { loginPath } from './links';
import { Outlet } from './routing';
import { AppShell } from './shell';
import { PanePending } from './states';

const RequiredActions = lazy(() => import('#/features/auth/RequiredActions'));

export function Signed() {
  const { phase } = useSession();
  const change = useSyncExternalStore(onAccount, accountChanges);
  const out = phase === 'signed-out';
  useEffect(() => {
    if (out) goTo(loginPath(location.pathname + location.search), true);
  }, [out]);
  if (out) return null;
  if (phase === 'action-required')
    return (
      <Suspense fallback={null}>
        <RequiredActions />
      </Suspense>
    );
  return (
    <AppShell key={change}>
      <Suspense fallback={<PanePending />}>
        <Outlet />
      </Suspense>
      <ClaimHost />
      <ViewAsStrip />
    </AppShell>
  );
}
