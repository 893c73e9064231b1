// Where a floating box goes beside its anchor: on the wanted side, flipped when there is no room, kept inside.

export type Side = 'top' | 'bottom' | 'start' | 'end';
export type Align = 'start' | 'center' | 'end';
export type Anchor = Element | { x: number; y: number };

const margin = 8;

export function anchorRect(anchor: Anchor): DOMRect {
  if (!(anchor instanceof Element)) return new DOMRect(anchor.x, anchor.y, 0, 0);
  const rect = anchor.getBoundingClientRect();
  // `display: contents` has no box of its own.
  return rect.width || rect.height ? rect : (anchor.firstElementChild?.getBoundingClientRect() ?? rect);
}

/** Places `box` (position fixed) and returns the side it landed on. */
export function place(
  box: HTMLElement,
  anchor: Anchor,
  { side = 'bottom', align = 'start', gap = 4 }: { side?: Side; align?: Align; gap?: number } = {},
): Side {
  const at = anchorRect(anchor);
  const inward = document.documentElement.dir === 'rtl';
  const width = document.documentElement.clientWidth;
  const height = window.innerHeight;
  box.style.setProperty('--room', `${height - 2 * margin}px`);
  const { offsetWidth: w, offsetHeight: h } = box;
  const room = {
    top: at.top - gap - margin,
    bottom: height - at.bottom - gap - margin,
    left: at.left - gap - margin,
    right: width - at.right - gap - margin,
  };
  let landed = side;
  let x: number;
  let y: number;
  if (side === 'top' || side === 'bottom') {
    const other = side === 'top' ? 'bottom' : 'top';
    if (room[side] < h && room[other] > room[side]) landed = other;
    y = landed === 'top' ? at.top - gap - h : at.bottom + gap;
    const toLeft = align === (inward ? 'end' : 'start');
    x = align === 'center' ? at.left + (at.width - w) / 2 : toLeft ? at.left : at.right - w;
  } else {
    const toLeft = (side === 'start') !== inward;
    const fits = toLeft
      ? room.left >= w || room.left >= room.right
      : room.right < w && room.left > room.right;
    landed = fits !== inward ? 'start' : 'end';
    x = fits ? at.left - gap - w : at.right + gap;
    y = align === 'center' ? at.top + (at.height - h) / 2 : align === 'start' ? at.top : at.bottom - h;
  }
  x = Math.max(margin, Math.min(x, width - w - margin));
  y = Math.max(margin, Math.min(y, height - h - margin));
  box.style.left = `${Math.round(x)}px`;
  box.style.top = `${Math.round(y)}px`;
  return landed;
}
