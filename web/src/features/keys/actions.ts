// Every action that a key can be given, with its usual key. The settings page rebinds them, the list shows them.

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { preferences } from '#/ui';

export interface KeyAction {
  id: string;
  name: MessageDescriptor;
  group: 'general' | 'navigation' | 'conversation' | 'row';
  /** Nothing: without default, to be assigned. */
  keys?: string;
  more?: string;
  /** Shadows a function of the browser; can be switched off together. */
  shadows?: boolean;
}

export const actions: readonly KeyAction[] = [
  { id: 'switcher', name: msg`Quick switcher`, group: 'general', keys: 'Mod+K', shadows: true },
  { id: 'keys', name: msg`This list`, group: 'general', keys: 'Mod+/' },
  { id: 'settings', name: msg`Settings`, group: 'general', keys: 'Mod+,' },
  { id: 'inbox', name: msg`Inbox`, group: 'general', keys: 'Mod+I', shadows: true },
  { id: 'add-community', name: msg`Create or join a community`, group: 'general' },
  { id: 'new-group', name: msg`New message or group`, group: 'general' },
  { id: 'region', name: msg`Next region`, group: 'general', keys: 'Mod+F6', more: 'F6' },
  { id: 'region-back', name: msg`Previous region`, group: 'general', keys: 'Mod+Shift+F6', more: 'Shift+F6' },
  { id: 'channel-up', name: msg`Previous channel`, group: 'navigation', keys: 'Alt+Up' },
  { id: 'channel-down', name: msg`Next channel`, group: 'navigation', keys: 'Alt+Down' },
  { id: 'unread-up', name: msg`Previous unread channel`, group: 'navigation', keys: 'Alt+Shift+Up' },
  { id: 'unread-down', name: msg`Next unread channel`, group: 'navigation', keys: 'Alt+Shift+Down' },
  {
    id: 'mention-up',
    name: msg`Previous channel with a mention`,
    group: 'navigation',
    keys: 'Mod+Alt+Shift+Up',
  },
  {
    id: 'mention-down',
    name: msg`Next channel with a mention`,
    group: 'navigation',
    keys: 'Mod+Alt+Shift+Down',
  },
  { id: 'guild-up', name: msg`Previous community`, group: 'navigation', keys: 'Mod+Alt+Up' },
  { id: 'guild-down', name: msg`Next community`, group: 'navigation', keys: 'Mod+Alt+Down' },
  {
    id: 'toggle-home',
    name: msg`Between the last community and the messages`,
    group: 'navigation',
    keys: 'Mod+Alt+Right',
  },
  { id: 'back', name: msg`Back`, group: 'navigation', keys: 'Alt+Left', shadows: true },
  { id: 'forward', name: msg`Forward`, group: 'navigation', keys: 'Alt+Right', shadows: true },
  { id: 'read-guild', name: msg`Mark the community as read`, group: 'conversation', keys: 'Shift+Escape' },
  {
    id: 'read-first',
    name: msg`Mark the first unread of the inbox as read`,
    group: 'conversation',
    keys: 'Mod+Shift+E',
  },
  { id: 'pins', name: msg`Pinned messages`, group: 'conversation', keys: 'Mod+P', shadows: true },
  { id: 'members', name: msg`Members`, group: 'conversation', keys: 'Mod+U', shadows: true },
  { id: 'search', name: msg`Search in this channel`, group: 'conversation', keys: 'Mod+F', shadows: true },
  { id: 'search-all', name: msg`Search everywhere`, group: 'conversation', keys: 'Mod+Shift+F' },
  { id: 'emoji', name: msg`Emoji`, group: 'conversation', keys: 'Mod+E', shadows: true },
  { id: 'gif', name: msg`GIFs`, group: 'conversation', keys: 'Mod+G', shadows: true },
  { id: 'sticker', name: msg`Stickers`, group: 'conversation', keys: 'Mod+S', shadows: true },
  { id: 'attach', name: msg`Attach a file`, group: 'conversation', keys: 'Mod+Shift+U', shadows: true },
  { id: 'edit-last', name: msg`Edit my last message (in an empty field)`, group: 'conversation', keys: 'Up' },
  { id: 'row-reply', name: msg`Reply`, group: 'row', keys: 'R' },
  { id: 'row-edit', name: msg`Edit`, group: 'row', keys: 'E' },
  { id: 'row-delete', name: msg`Delete`, group: 'row', keys: 'D' },
  { id: 'row-pin', name: msg`Pin`, group: 'row', keys: 'P' },
  { id: 'row-react', name: msg`React`, group: 'row', keys: 'A' },
  { id: 'row-forward', name: msg`Forward`, group: 'row', keys: 'F' },
  { id: 'row-unread', name: msg`Mark as unread`, group: 'row', keys: 'U' },
  { id: 'row-save', name: msg`Save`, group: 'row', keys: 'B' },
  { id: 'row-copy', name: msg`Copy the text`, group: 'row', keys: 'C' },
  { id: 'row-link', name: msg`Copy the link`, group: 'row', keys: 'L' },
  { id: 'row-embeds', name: msg`Show or hide link previews`, group: 'row', keys: 'S' },
  { id: 'row-speak', name: msg`Speak`, group: 'row', keys: 'T' },
  { id: 'row-id', name: msg`Copy the id`, group: 'row', keys: 'I' },
];

/** Combinations the browser keeps for itself: they never reach a page. */
export const reserved = new Set([
  'Mod+N',
  'Mod+T',
  'Mod+W',
  'Mod+Shift+N',
  'Mod+Shift+T',
  'Mod+Shift+W',
  'Tab',
  'Shift+Tab',
]);

/** The key an action has now; undefined when it has none or the person switched it off. */
export function keyOf(id: string): string | undefined {
  const action = actions.find((one) => one.id === id);
  const own = preferences().keys[id];
  if (own === null) return undefined;
  if (own) return own;
  if (action?.shadows && !preferences().browserKeys) return undefined;
  return action?.keys;
}
