import type { KeyboardEvent } from 'react';
import { stepItem } from './actions';
import type { Moved } from './folders';

/** Alt+Shift+arrows move the focused item; the focus stays on it, since its key stays. */
export const stepKeys = (what: Moved) => (event: KeyboardEvent) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  stepItem(what, by);
};
