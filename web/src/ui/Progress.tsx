import styles from './Progress.module.css';

interface ProgressProps {
  label: string;
  /** 0 to 1; without it, work of unknown length. */
  value?: number;
  /** The amount in words: "3 of 10 MB". */
  text?: string;
}

export function Progress({ label, value, text }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={value === undefined ? undefined : Math.round(value * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      className={styles.bar}
      data-endless={value === undefined || undefined}
    >
      <span className={styles.fill} style={{ '--part': value ?? 0.3 } as React.CSSProperties} />
    </div>
  );
}

interface MeterProps {
  label: string;
  value: number;
  max?: number;
  /** From which part on it is a warning, and a danger. */
  high?: number;
  full?: number;
  text?: string;
}

/** How much of something is used: slots, characters, strength. */
export function Meter({ label, value, max = 1, high = 0.8, full = 1, text }: MeterProps) {
  const part = Math.min(1, value / max);
  const level = part >= full ? 'danger' : part >= high ? 'warning' : 'fine';
  return (
    // biome-ignore lint/a11y/useSemanticElements: the native element cannot be drawn alike everywhere
    <div
      role="meter"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuetext={text}
      className={styles.bar}
      data-level={level}
    >
      <span className={styles.fill} style={{ '--part': part } as React.CSSProperties} />
    </div>
  );
}
