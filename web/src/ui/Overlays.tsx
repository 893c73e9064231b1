import { useEffect } from 'react';
import { startAnnouncer } from './announce';
import { Questions } from './confirm';
import { later } from './later';
import { useOpenMenu } from './menu';
import { Toasts } from './Toasts';
import { Tooltips } from './Tooltips';

const MenuView = later(() => import('./MenuView').then((part) => part.default));

/** Everything that lies over the page and belongs to no view. Rendered once, beside the routes. */
export function Overlays() {
  const menu = useOpenMenu((state) => state.open);
  useEffect(() => startAnnouncer(), []);
  return (
    <>
      <Questions />
      {menu && <MenuView key={menu.serial} menu={menu} />}
      <Toasts />
      <Tooltips />
    </>
  );
}
