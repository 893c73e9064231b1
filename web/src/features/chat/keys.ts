// Keys of the list of messages: one tab stop, arrows move it, single letters act on the focused row.
import type { KeyboardEvent } from 'react';
import type { Row } from '#/store';
import { preferences } from '#/ui';
import { type MessageAction, runKey } from './actions';
import { loadedMessages } from './loaded';
import { pane, select, selectTo, setActive, stopSelecting, useChat } from './state';

interface List {
  channelId: string;
  rows: readonly Row[];
  scrollTo(index: number): void;
  loadOlder(): void;
  toPresent(): void;
  jumpToUnread(): void;
}

const focusable = (row: Row | undefined) =>
  row?.kind === 'message' || row?.kind === 'system' || row?.kind === 'pending';

/** The key by which a row is focused: of a message its id. */
export const focusKey = (row: Row): string => ('id' in row ? row.id : row.key);

const letters: Record<string, MessageAction> = {
  r: 'reply',
  e: 'edit',
  d: 'delete',
  p: 'pin',
  a: 'react',
  f: 'forward',
  u: 'unread',
  b: 'save',
  c: 'copy',
  l: 'link',
  s: 'suppress',
  t: 'speak',
  i: 'id',
};

export function rowKeys(event: KeyboardEvent<HTMLDivElement>, list: List): void {
  const target = event.target as HTMLElement;
  const article = target.closest<HTMLElement>('[data-row]');
  if (!article || event.nativeEvent.isComposing) return;
  const onRow = target === article;
  if (event.key === 'Escape' && !onRow) {
    // Back out of what the row holds, before Esc means anything else.
    if (target.closest('textarea')) return;
    event.preventDefault();
    event.stopPropagation();
    article.focus();
    return;
  }
  if (!onRow) return;
  const index = list.rows.findIndex((row) => focusKey(row) === article.dataset['row']);
  const handled = move(event, list, index) || act(event, list, list.rows[index], article);
  if (handled) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function move(event: KeyboardEvent, list: List, index: number): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const step = (from: number, by: 1 | -1) => {
    let at = from;
    while (at >= 0 && at < list.rows.length && !focusable(list.rows[at])) at += by;
    if (at < 0) list.loadOlder();
    if (at < 0 || at >= list.rows.length) return by === 1 && at >= list.rows.length ? leaveDown(list) : true;
    focusIndex(list, at);
    const row = list.rows[at];
    if (event.shiftKey && choosing(list) && row?.kind === 'message')
      selectTo(list.channelId, row.id, loadedMessages(list.channelId));
    return true;
  };
  switch (event.key) {
    case 'ArrowUp':
      return step(index - 1, -1);
    case 'ArrowDown':
      return step(index + 1, 1);
    case 'Home':
      return step(0, 1);
    case 'End':
      list.toPresent();
      return step(list.rows.length - 1, -1);
    case 'PageUp':
      if (!event.shiftKey) return false;
      list.jumpToUnread();
      return true;
    case 'Escape':
      if (choosing(list)) stopSelecting(list.channelId);
      else pane(list.channelId).focusComposer?.();
      return true;
    default:
      return false;
  }
}

const choosing = (list: List): boolean => useChat.getState().selected[list.channelId] !== undefined;

function leaveDown(list: List): boolean {
  pane(list.channelId).focusComposer?.();
  return true;
}

function focusIndex(list: List, index: number): void {
  const row = list.rows[index];
  if (!row) return;
  const key = focusKey(row);
  setActive(list.channelId, key);
  list.scrollTo(index);
  const focus = (tries: number) => {
    const element = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
    if (element) element.focus({ preventScroll: true });
    else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
  };
  focus(5);
}

function act(event: KeyboardEvent, list: List, row: Row | undefined, article: HTMLElement): boolean {
  if ((event.key === ' ' || event.key === 'Enter') && choosing(list)) {
    if (row?.kind === 'message') select(list.channelId, row.id);
    return true;
  }
  if (event.key === 'Enter') {
    const inside = article.querySelector<HTMLElement>(
      'button:not([tabindex="-1"]), a[href], [tabindex="0"]:not([data-row])',
    );
    inside?.focus();
    return true;
  }
  if (event.altKey || event.ctrlKey || event.metaKey || !preferences().singleKeys) return false;
  if (row?.kind !== 'message' && row?.kind !== 'system') return false;
  const action = letters[event.key.toLowerCase()];
  if (!action || useChat.getState().editing[list.channelId] === row.id) return false;
  runKey(action, row.message, article, event.shiftKey);
  return true;
}
