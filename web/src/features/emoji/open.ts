// The picker, asked for from anywhere; the chat's pane draws it.
import { create } from 'zustand';
import type { ReactionEmoji } from '#/api/types';

export type PickerTab = 'emoji' | 'stickers' | 'gifs' | 'saved';

export interface PickerRequest {
  anchor: HTMLElement;
  guildId?: string;
  tabs: PickerTab[];
  tab?: PickerTab;
  onEmoji: (emoji: ReactionEmoji) => void;
  onSticker?: (id: string) => void;
  /** The address of a GIF, which is sent as it is. */
  onGif?: (url: string) => void;
  /** One of the person's saved media. */
  onSaved?: (id: string) => void;
}

export const usePicker = create<{ request: PickerRequest | null }>(() => ({ request: null }));

/** Opens the picker; the same opener closes it again. */
export function openPicker(request: PickerRequest): void {
  const now = usePicker.getState().request;
  const same = now && now.anchor === request.anchor && now.tab === request.tab;
  usePicker.setState({ request: same ? null : request });
}

export const closePicker = () => usePicker.setState({ request: null });
