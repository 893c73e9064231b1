import type { ReactNode } from 'react';

/** The frame of the signed-in application; `children` (the route's outlet) fill the main pane. */
export function AppShell({ children }: { children?: ReactNode }) {
  return <main>{children}</main>;
}
