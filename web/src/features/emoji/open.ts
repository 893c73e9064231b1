// Opens the panel of emoji and stickers at an element; the panel itself is loaded when first wanted.
import { create } from 'zustand';
import type { ReactionEmoji } from '#/api/types';

export type PickerTab = 'emoji' | 'stickers';

export interface PickerRequest {
  anchor: HTMLElement;
  /** Whose own emoji come first; absent in direct messages. */
  guildId?: string;
  tabs: readonly PickerTab[];
  tab?: PickerTab;
  onEmoji(emoji: ReactionEmoji): void;
  onSticker?(id: string): void;
}

export const usePicker = create<{ request: PickerRequest | null }>(() => ({ request: null }));
export const openPicker = (request: PickerRequest): void => usePicker.setState({ request });
export const closePicker = (): void => usePicker.setState({ request: null });
