// Dragging channels and categories. A place where the channel may not go shows no mark and takes no drop.
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { moveChannel, placed, stepChannel } from '#/features/channels/actions';
import { CATEGORY, type Drop, legal, siblings } from '#/features/channels/order';
import { entity } from '#/store';

let dragged: string | null = null;
type Side = 'before' | 'after' | 'into';

function dropAt(event: DragEvent<HTMLElement>, over: string): { side: Side; drop: Drop } | null {
  const target = entity('channels', over);
  const moving = dragged ? entity('channels', dragged) : undefined;
  if (!dragged || !moving || !target?.guild_id || moving.guild_id !== target.guild_id || dragged === over)
    return null;
  const all = placed(target.guild_id);
  const box = event.currentTarget.getBoundingClientRect();
  const lower = event.clientY > box.top + box.height / 2;
  const next = (parentId: string | null) => {
    const there = siblings(all, parentId).filter((one) => one.id !== dragged);
    return there[there.findIndex((one) => one.id === over) + 1]?.id ?? null;
  };
  let side: Side = lower ? 'after' : 'before';
  let drop: Drop;
  if (target.type === CATEGORY && moving.type !== CATEGORY) {
    side = 'into';
    const first = siblings(all, over).filter((one) => one.id !== dragged)[0];
    drop = { parentId: over, before: first?.id ?? null };
  } else if (moving.type === CATEGORY && target.type !== CATEGORY) {
    return null;
  } else {
    const parentId = target.type === CATEGORY ? null : (target.parent_id ?? null);
    drop = { parentId, before: lower ? next(parentId) : over };
  }
  const allowed = legal(all, dragged, drop);
  // A place that would be corrected is no place to drop at.
  return allowed && (side === 'into' || allowed.before === drop.before) ? { side, drop: allowed } : null;
}

export function useDragChannel(channelId: string) {
  const [over, setOver] = useState<Side | undefined>();
  return {
    over,
    source: {
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        dragged = channelId;
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('application/x-channel', channelId);
      },
      onDragEnd: () => {
        dragged = null;
      },
    },
    target: {
      onDragOver: (event: DragEvent<HTMLElement>) => {
        const place = dropAt(event, channelId);
        setOver(place?.side);
        if (!place) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
      },
      onDragLeave: () => setOver(undefined),
      onDrop: (event: DragEvent<HTMLElement>) => {
        const place = dropAt(event, channelId);
        setOver(undefined);
        if (!place || !dragged) return;
        event.preventDefault();
        void moveChannel(dragged, place.drop);
        dragged = null;
      },
    },
  };
}

/** Alt+Shift+arrows move the focused channel. */
export const channelKeys = (channelId: string) => (event: KeyboardEvent) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  stepChannel(channelId, by);
};
