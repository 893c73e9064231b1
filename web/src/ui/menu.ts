// Menus as data: what a menu shows, and which one is open. The drawing of it is loaded at the first opening.
import type { ReactNode } from 'react';
import { create } from 'zustand';
import type { Align, Anchor, Side } from './layers/place';

export interface MenuItem {
  id: string;
  label: string;
  icon?: ReactNode;
  /** `Mod+K`: shown at the end. */
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Why it cannot be chosen; implies `disabled`. */
  reason?: string;
  /** With a value it is a checkbox and the menu stays open. */
  checked?: boolean;
  /** Second line, quiet. */
  hint?: string;
  /** A menu to the side; on a phone it takes the place of this one. */
  submenu?: readonly MenuEntry[];
  onSelect?: () => void;
  /** One of a set: drawn as a radio, closes the menu. */
  radio?: boolean;
}

export type MenuEntry = MenuItem | 'separator' | { heading: string } | null | false | undefined;

export interface OpenMenu {
  anchor: Anchor;
  entries: readonly MenuEntry[];
  label?: string | undefined;
  side?: Side | undefined;
  align?: Align | undefined;
  opener: Element | null;
  onClose?: (() => void) | undefined;
  /** Opened by a key: the first entry is highlighted. */
  byKey: boolean;
  serial: number;
}

/** The events menus are opened by: a click, a right click, Shift+F10 and the menu key. */
interface MenuEvent {
  currentTarget: EventTarget | null;
  clientX?: number;
  clientY?: number;
  type: string;
  preventDefault(): void;
}

export const useOpenMenu = create<{ open: OpenMenu | null }>()(() => ({ open: null }));

let serial = 0;
let closedAt: { opener: Element | null; time: number } = { opener: null, time: 0 };

/**
 * Opens a menu at an element, a point, or where an event happened: `onContextMenu={(e) => openMenu(e, entries)}`.
 * A second click on the same opener closes it.
 */
export function openMenu(
  at: Element | { x: number; y: number } | MenuEvent,
  entries: readonly MenuEntry[],
  options: { label?: string; side?: Side; align?: Align; onClose?: () => void } = {},
): void {
  let anchor: Anchor;
  let opener: Element | null = document.activeElement;
  let byKey = false;
  if (at instanceof Element) {
    anchor = at;
    opener = at;
    byKey = at.matches(':focus-visible');
  } else if ('preventDefault' in at) {
    at.preventDefault();
    const target = at.currentTarget as Element;
    const point = at.type === 'contextmenu' && (at.clientX || at.clientY);
    byKey = !point && target.matches(':focus-visible');
    anchor = point ? { x: at.clientX ?? 0, y: at.clientY ?? 0 } : target;
    if (at.type !== 'contextmenu') opener = target;
  } else {
    anchor = at;
  }
  if (closedAt.opener === opener && anchor === opener && performance.now() - closedAt.time < 250) return;
  serial++;
  useOpenMenu.setState({ open: { anchor, entries, opener, byKey, serial, ...options } });
}

export function closeMenu(byPointer = false): void {
  const { open } = useOpenMenu.getState();
  if (!open) return;
  if (byPointer) closedAt = { opener: open.opener, time: performance.now() };
  useOpenMenu.setState({ open: null });
  open.onClose?.();
}
