// Dragging in the rail: beside an item to reorder, onto a community to make a folder, onto a folder to enter.
import { type DragEvent, useState } from 'react';
import { current, moveItem } from './actions';
import { freshId, type Moved, type Target } from './folders';

let dragged: Moved | null = null;
type Zone = 'before' | 'after' | 'onto';

function zone(event: DragEvent<HTMLElement>, what: Moved, folder: number | undefined): Zone {
  const box = event.currentTarget.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  const single = dragged && 'guild' in dragged;
  if (single && folder === undefined && part > 0.28 && part < 0.72) return 'onto';
  if ('folder' in what && single && part >= 0.28) return 'onto';
  return part < 0.5 ? 'before' : 'after';
}

function targetOf(at: Zone, what: Moved, folder: number | undefined): Target | null {
  if (at === 'onto')
    return 'folder' in what ? { into: what.folder } : { join: what.guild, id: freshId(current()) };
  if (folder !== undefined && 'guild' in what) {
    const inside = current().find((item) => item.kind === 'folder' && item.id === folder);
    const guilds = inside?.kind === 'folder' ? inside.guilds : [];
    const next = guilds[guilds.indexOf(what.guild) + 1];
    return { into: folder, before: at === 'before' ? what.guild : next };
  }
  return { beside: what, after: at === 'after' };
}

const same = (a: Moved, b: Moved) => JSON.stringify(a) === JSON.stringify(b);

export function useDragItem(what: Moved, folder?: number) {
  const [over, setOver] = useState<Zone | undefined>();
  return {
    over,
    source: {
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        dragged = what;
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('application/x-rail', JSON.stringify(what));
      },
      onDragEnd: () => {
        dragged = null;
      },
    },
    target: {
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (!dragged || same(dragged, what)) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(zone(event, what, folder));
      },
      onDragLeave: () => setOver(undefined),
      onDrop: (event: DragEvent<HTMLElement>) => {
        if (!dragged || same(dragged, what)) return;
        event.preventDefault();
        event.stopPropagation();
        const target = targetOf(zone(event, what, folder), what, folder);
        setOver(undefined);
        if (target) void moveItem(dragged, target);
        dragged = null;
      },
    },
  };
}
