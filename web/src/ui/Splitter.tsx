import { useLingui } from '@lingui/react/macro';
import { type PointerEvent, useRef } from 'react';
import { cx } from './cx';
import styles from './Splitter.module.css';

interface SplitterProps {
  label?: string;
  value: number;
  min: number;
  max: number;
  /** Which pane it sizes: the one at its start or at its end. */
  pane: 'start' | 'end';
  onChange: (value: number) => void;
  /** Double click returns here. */
  initial: number;
  className?: string;
}

/** The edge between two panes: drag, or arrow keys, Home, End; double click resets. */
export function Splitter({ label, value, min, max, pane, onChange, initial, className }: SplitterProps) {
  const { t } = useLingui();
  const from = useRef<{ x: number; value: number } | null>(null);
  const clamp = (next: number) => Math.round(Math.max(min, Math.min(max, next)));
  const direction = () => (document.documentElement.dir === 'rtl' ? -1 : 1) * (pane === 'start' ? 1 : -1);
  const move = (event: PointerEvent) => {
    if (from.current) onChange(clamp(from.current.value + (event.clientX - from.current.x) * direction()));
  };
  const end = () => {
    from.current = null;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the pattern for window splitters
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label ?? t`Resize`}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={cx(styles.splitter, className)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, value };
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onChange(initial)}
      onKeyDown={(event) => {
        const step = { ArrowRight: 16, ArrowLeft: -16 }[event.key];
        if (step) onChange(clamp(value + step * direction()));
        else if (event.key === 'Home') onChange(min);
        else if (event.key === 'End') onChange(max);
        else return;
        event.preventDefault();
      }}
    />
  );
}
