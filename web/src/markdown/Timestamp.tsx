import {
  formatDate,
  formatDateTime,
  formatDay,
  formatExact,
  formatLongDate,
  formatRelative,
  formatSeconds,
  formatTime,
  useMinute,
} from '#/i18n';
import styles from './markdown.module.css';
import type { TimeStyle } from './types';

const formats: Record<Exclude<TimeStyle, 'R'>, (when: number) => string> = {
  t: formatTime,
  T: formatSeconds,
  d: formatDate,
  D: formatLongDate,
  f: (when) => `${formatLongDate(when)}, ${formatTime(when)}`,
  F: (when) => `${formatDay(when)}, ${formatTime(when)}`,
  s: formatDateTime,
  S: (when) => `${formatDate(when)}, ${formatSeconds(when)}`,
};

export function Timestamp({ seconds, style }: { seconds: number; style: TimeStyle }) {
  const when = seconds * 1000;
  return (
    <time className={styles.time} dateTime={new Date(when).toISOString()} title={formatExact(when)}>
      {style === 'R' ? <Relative when={when} /> : formats[style](when)}
    </time>
  );
}

function Relative({ when }: { when: number }) {
  useMinute();
  return formatRelative(when);
}
