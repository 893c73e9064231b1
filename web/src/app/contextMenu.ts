// The same menu by right click, long press, Shift+F10 and the Menu key: all of them are one event of the
// browser, except the long press on iOS, which is counted here.
import type { MouseEvent, TouchEvent } from 'react';
import { type MenuEntry, openMenu } from '#/ui';

type Entries = () => MenuEntry[] | Promise<MenuEntry[]>;

/** Opens a menu whose entries may have to come first. */
export async function showMenu(at: Element | { x: number; y: number }, entries: Entries): Promise<void> {
  const list = entries();
  openMenu(at, Array.isArray(list) ? list : await list);
}

let press: ReturnType<typeof setTimeout> | undefined;
const ios = () =>
  /iP(hone|ad|od)/.test(navigator.userAgent) ||
  (navigator.maxTouchPoints > 1 && /Mac/.test(navigator.userAgent));

/** Props for the element whose menu it is. */
export function contextMenu(entries: Entries) {
  return {
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      if (event.defaultPrevented || event.shiftKey) return;
      event.preventDefault();
      // The keyboard's event has no point: the menu opens at the element.
      const byKey = event.button !== 2 && event.clientX === 0 && event.clientY === 0;
      void showMenu(byKey ? event.currentTarget : { x: event.clientX, y: event.clientY }, entries);
    },
    onTouchStart: (event: TouchEvent<HTMLElement>) => {
      if (!ios()) return;
      const touch = event.touches[0];
      if (!touch) return;
      const at = { x: touch.clientX, y: touch.clientY };
      press = setTimeout(() => void showMenu(at, entries), 500);
    },
    onTouchMove: () => clearTimeout(press),
    onTouchEnd: () => clearTimeout(press),
  };
}
