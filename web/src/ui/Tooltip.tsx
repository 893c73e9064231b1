import { cloneElement, type ReactElement } from 'react';
import type { Side } from './layers/place';

/** Props that give any element a tooltip: `{...tip('Sent', { side: 'top' })}`. */
export const tip = (text: string | undefined, options: { keys?: string; side?: Side } = {}) => ({
  'data-tooltip': text,
  'data-keys': options.keys,
  'data-side': options.side,
});

interface TooltipProps {
  text: string;
  keys?: string;
  side?: Side;
  children: ReactElement<object>;
}

/** A tooltip for its one child. It is for the eye: the child's own name or description must say the same. */
export function Tooltip({ text, keys, side, children }: TooltipProps) {
  return cloneElement(children, tip(text, { ...(keys && { keys }), ...(side && { side }) }));
}
