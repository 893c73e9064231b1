import { lazy, Suspense, useEffect } from 'react';
import { startAnnouncer } from './announce';
import { Questions } from './confirm';
import { useOpenMenu } from './menu';
import { Toasts } from './Toasts';
import { Tooltips } from './Tooltips';

const MenuView = lazy(() => import('./MenuView'));

/** Everything that lies over the page and belongs to no view. Rendered once, beside the routes. */
export function Overlays() {
  const menu = useOpenMenu((state) => state.open);
  useEffect(() => {
    startAnnouncer();
    // The first menu should not wait for its code.
    const timer = setTimeout(() => void import('./MenuView').catch(() => {}), 3000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <Questions />
      <Suspense>{menu && <MenuView key={menu.serial} menu={menu} />}</Suspense>
      <Toasts />
      <Tooltips />
    </>
  );
}
