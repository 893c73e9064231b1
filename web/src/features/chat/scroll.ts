// Where a reader was in each channel, and what is known of the heights there.
import type { VirtualItem } from '@tanstack/react-virtual';
import { place } from '#/app/place';
import type { Row } from '#/store';

export interface Place {
  /** The key of the row at the top, and how far it is scrolled out. Absent: at the end. */
  anchor?: { key: string; offset: number };
  sizes: VirtualItem[];
  width: number;
}

const KEPT = 30;
const places = new Map<string, Place>();

export const placeOf = (channelId: string): Place | undefined => places.get(channelId);

export function keepPlace(channelId: string, place: Place): void {
  places.delete(channelId);
  if (places.size >= KEPT) places.delete(places.keys().next().value as string);
  places.set(channelId, place);
}

/**
 * The address is elsewhere already: while the next view comes, this one may still be drawn, and its effects run once
 * more. Settings lie over it.
 */
export const isLeft = (channelId: string): boolean =>
  place().channelId !== channelId && !/\/settings(?:\/|$)/.test(place().path);

const LINE = 22;

const guessed = new WeakMap<Row, { width: number; gap: number; height: number }>();

/** A first guess of a row's height, close enough that the scroll bar does not lie. */
export function guess(row: Row | undefined, width: number, gap: number): number {
  if (!row) return 44;
  let known = guessed.get(row);
  if (known?.width !== width || known.gap !== gap) {
    known = { width, gap, height: heightOf(row, width, gap) };
    guessed.set(row, known);
  }
  return known.height;
}

function heightOf(row: Row, width: number, gap: number): number {
  switch (row.kind) {
    case 'start':
      return 200;
    case 'date':
    case 'unread':
      return 40;
    case 'system':
    case 'blocked':
      return 34;
    case 'gap':
      return 96;
    case 'skeleton':
      return 44;
    case 'pending':
      return (row.continued ? 26 : 48 + gap) + LINE * lines(row.pending.outgoing.content, width);
    case 'message': {
      const { message } = row;
      let height =
        (row.continued ? 4 : 26 + gap) + (message.content ? LINE * lines(message.content, width) : 0);
      if (message.message_reference) height += 22;
      if (message.reactions?.length) height += 36;
      const media = message.attachments?.filter((file) => file.width && file.height) ?? [];
      const [first] = media;
      if (media.length === 1 && first?.width && first.height) {
        const scale = Math.min(1, 550 / first.width, 400 / first.height, (width - 88) / first.width);
        height += first.height * scale + 8;
      } else if (media.length) height += 320;
      height += ((message.attachments?.length ?? 0) - media.length) * 72;
      for (const embed of message.embeds ?? [])
        height += embed.image || embed.video ? 400 : embed.description ? 160 : 90;
      return Math.round(height);
    }
  }
}

function lines(text: string, width: number): number {
  const perLine = Math.max(20, (Math.min(width, 1040) - 96) / 7.6);
  let count = 0;
  for (const line of text.split('\n', 60)) count += Math.max(1, Math.ceil(line.length / perLine));
  return count;
}
