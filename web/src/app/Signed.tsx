// Everything behind the sign-in: the shell, and the route's view in its main pane.
import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { AppShell } from './shell';
import { PanePending } from './states';

export function Signed() {
  return (
    <AppShell>
      <Suspense fallback={<PanePending />}>
        <Outlet />
      </Suspense>
    </AppShell>
  );
}
