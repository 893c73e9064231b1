// What a conversation shows beside its messages: what is edited, what lies over it. Nothing of it is sent.
import { create } from 'zustand';
import type { Attachment, Message } from '#/api/types';
import type { Outgoing } from '#/store';

export interface LightboxItem {
  messageId: string;
  channelId: string;
  attachment?: Attachment;
  url: string;
  proxyUrl: string;
  alt: string;
  width?: number;
  height?: number;
  video: boolean;
}

export type Overlay =
  | { kind: 'forward'; message: Message }
  | { kind: 'reactions'; message: Message }
  | { kind: 'lightbox'; items: LightboxItem[]; index: number }
  | { kind: 'alt'; text: string };

interface ChatState {
  /** By channel, the message that is being edited. */
  editing: Record<string, string | undefined>;
  /** The row that was jumped to. */
  flash: string | null;
  overlay: Overlay | null;
  /** By channel, the messages chosen for deleting; absent while none are being chosen. */
  selected: Record<string, readonly string[] | undefined>;
  /** The row of the one tab stop, by channel. */
  active: Record<string, string | undefined>;
  /** The setting that shows ids, as menus outside React need it. */
  developer: boolean;
}

export const useChat = create<ChatState>(() => ({
  editing: {},
  flash: null,
  overlay: null,
  selected: {},
  active: {},
  developer: false,
}));

const set = useChat.setState;

export const startEditing = (channelId: string, messageId: string) =>
  set(({ editing }) => ({ editing: { ...editing, [channelId]: messageId } }));
export const stopEditing = (channelId: string) =>
  set(({ editing }) => ({ editing: { ...editing, [channelId]: undefined } }));

export const openOverlay = (overlay: Overlay) => set({ overlay });
export const closeOverlay = () => set({ overlay: null });

let flashTimer: ReturnType<typeof setTimeout> | undefined;
export function flashRow(messageId: string): void {
  clearTimeout(flashTimer);
  set({ flash: messageId });
  flashTimer = setTimeout(() => set({ flash: null }), 2000);
}

export const setActive = (channelId: string, key: string) =>
  set(({ active }) => (active[channelId] === key ? { active } : { active: { ...active, [channelId]: key } }));

export function select(channelId: string, messageId: string): void {
  const now = useChat.getState().selected[channelId] ?? [];
  const next = now.includes(messageId) ? now.filter((id) => id !== messageId) : [...now, messageId];
  set(({ selected }) => ({ selected: { ...selected, [channelId]: next.slice(-100) } }));
}
/** All from the one chosen last to this one, of the messages in their order. */
export function selectTo(channelId: string, messageId: string, order: readonly string[]): void {
  const now = useChat.getState().selected[channelId] ?? [];
  const [from, to] = [order.indexOf(now.at(-1) ?? messageId), order.indexOf(messageId)];
  const run = from < 0 || to < 0 ? [messageId] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
  const next = [...now, ...(from > to ? run.reverse() : run).filter((id) => !now.includes(id))];
  set(({ selected }) => ({ selected: { ...selected, [channelId]: next.slice(-100) } }));
}
export const stopSelecting = (channelId: string) =>
  set(({ selected }) => ({ selected: { ...selected, [channelId]: undefined } }));

// What the parts of one pane ask of each other, without knowing each other.
interface Pane {
  /** Scrolls to a message, loading it when needed. */
  jump(messageId: string): void;
  focusComposer(): void;
  focusTimeline(): void;
  insert(text: string, wire?: string): void;
  files(files: readonly File[], atOnce: boolean): void;
  toPresent(): void;
  /** Scrolls so far that a row is seen whole. */
  reveal(messageId: string): void;
  reply(message: Message): void;
  /** Takes back what was to be sent. */
  restore(outgoing: Outgoing): void;
}
const panes = new Map<string, Partial<Pane>>();
export const pane = (channelId: string): Partial<Pane> => panes.get(channelId) ?? {};
export function offer(channelId: string, part: Partial<Pane>): () => void {
  panes.set(channelId, { ...panes.get(channelId), ...part });
  return () => {
    const now = panes.get(channelId);
    if (!now) return;
    for (const key of Object.keys(part) as (keyof Pane)[]) if (now[key] === part[key]) delete now[key];
    if (Object.keys(now).length === 0) panes.delete(channelId);
  };
}
