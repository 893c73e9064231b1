import { type ReactNode, useId } from 'react';
import styles from './Slider.module.css';
import hidden from './VisuallyHidden.module.css';

interface SliderProps {
  label: ReactNode;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
  /** The value in words, shown and spoken: `16 px`. */
  format?: (value: number) => string;
  hint?: ReactNode;
  hideLabel?: boolean;
  /** A background for the track: hues, for one. */
  track?: string;
  disabled?: boolean;
}

export function Slider({
  label,
  hideLabel,
  hint,
  value,
  min,
  max,
  step = 1,
  onChange,
  format,
  track,
  disabled,
}: SliderProps) {
  const id = useId();
  const words = format?.(value) ?? String(value);
  const part = ((value - min) / (max - min)) * 100;
  return (
    <div className={styles.field}>
      <div className={hideLabel ? hidden.hidden : styles.head}>
        <label htmlFor={id}>{label}</label>
        <output className={styles.value}>{words}</output>
      </div>
      <input
        id={id}
        type="range"
        className={styles.slider}
        data-track={track ? '' : undefined}
        style={{ '--part': `${part}%`, '--track': track } as React.CSSProperties}
        {...{ min, max, step, value, disabled }}
        aria-valuetext={words}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}
