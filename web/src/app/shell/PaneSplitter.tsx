import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { setPaneWidth, useLayout } from '../layout';
import css from './PaneSplitter.module.css';

type Props = {
  label: string;
  /** Whose width it is. */
  pane: 'sidebarWidth' | 'panelWidth';
  min: number;
  max: number;
  /** The edge of the pane it sits at. */
  side: 'start' | 'end';
};

/** The edge of a pane, to be dragged or moved by arrow keys (APG window splitter). */
export function PaneSplitter({ label, pane, min, max, side }: Props) {
  const value = useLayout((layout) => layout[pane]);
  const onChange = (width: number) => setPaneWidth(pane, width);
  const [from, setFrom] = useState<{ x: number; value: number } | null>(null);
  const clamp = (to: number) => Math.min(max, Math.max(min, to));
  const sign = () => (side === 'end' ? 1 : -1) * (document.documentElement.dir === 'rtl' ? -1 : 1);

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ x: event.clientX, value });
  };
  const moved = (event: PointerEvent) => {
    if (from) onChange(clamp(from.value + (event.clientX - from.x) * sign()));
  };
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -8, ArrowRight: 8 }[event.key];
    if (by) onChange(clamp(value + by * sign()));
    else if (event.key === 'Home') onChange(min);
    else if (event.key === 'End') onChange(max);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator with a value that moves is no <hr>
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={css.splitter}
      data-side={side}
      data-active={from !== null || undefined}
      onPointerDown={down}
      onPointerMove={moved}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
      onKeyDown={key}
      onDoubleClick={() => onChange(264)}
    />
  );
}
