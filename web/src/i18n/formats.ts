// Dates, numbers and lists in the person's language. One clock per minute serves every relative time on screen.
import { useSyncExternalStore } from 'react';

type When = Date | number | string;

let locale = 'en-US';
let hour12: boolean | undefined;
const made = new Map<string, unknown>();

export function setFormats(change: { locale?: string; hour12?: 'auto' | '12' | '24' }): void {
  if (change.locale) locale = change.locale;
  if (change.hour12) hour12 = change.hour12 === 'auto' ? undefined : change.hour12 === '12';
  made.clear();
}

function once<T>(name: string, make: () => T): T {
  let format = made.get(name) as T | undefined;
  if (!format) {
    format = make();
    made.set(name, format);
  }
  return format;
}

const dateFormat = (options: Intl.DateTimeFormatOptions) =>
  once(JSON.stringify(options), () => {
    const clock = options.hour || options.timeStyle ? { hour12 } : {};
    return new Intl.DateTimeFormat(locale, { ...options, ...(hour12 === undefined ? {} : clock) });
  });

const date = (when: When) => (when instanceof Date ? when : new Date(when));

/** 14:02 */
export const formatTime = (when: When): string =>
  dateFormat({ hour: 'numeric', minute: '2-digit' }).format(date(when));

/** 14:02:09 */
export const formatSeconds = (when: When): string => dateFormat({ timeStyle: 'medium' }).format(date(when));

/** 24/11/2026 */
export const formatDate = (when: When): string => dateFormat({ dateStyle: 'short' }).format(date(when));

/** 24 November 2026 */
export const formatLongDate = (when: When): string => dateFormat({ dateStyle: 'long' }).format(date(when));

/** Tuesday 24 November 2026 */
export const formatDay = (when: When): string =>
  dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(date(when));

/** November 2026 */
export const formatMonth = (when: When): string =>
  dateFormat({ month: 'long', year: 'numeric' }).format(date(when));

/** 24 Nov 2026, 14:02 */
export const formatDateTime = (when: When): string =>
  dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(date(when));

/** Tuesday 24 November 2026 at 14:02:09: for the title of a time. */
export const formatExact = (when: When): string =>
  dateFormat({ dateStyle: 'full', timeStyle: 'medium' }).format(date(when));

const dayOf = (when: Date) => new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();

/** Whole local days from now: 0 today, -1 yesterday. */
export const daysFromNow = (when: When, now: When = Date.now()): number =>
  Math.round((dayOf(date(when)) - dayOf(date(now))) / 86_400_000);

/** "Today at 14:02", "yesterday at 14:02", else date and time. */
export function formatCalendar(when: When, now: When = Date.now()): string {
  const days = daysFromNow(when, now);
  if (days < -1 || days > 1) return formatDateTime(when);
  const day = once('days', () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
    days,
    'day',
  );
  return `${day.charAt(0).toLocaleUpperCase(locale)}${day.slice(1)}, ${formatTime(when)}`;
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 minutes ago", "in 2 days"; within a minute "now". */
export function formatRelative(when: When, now: When = Date.now()): string {
  const seconds = (date(when).getTime() - date(now).getTime()) / 1000;
  const format = once('relative', () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

export const formatNumber = (value: number): string =>
  once('number', () => new Intl.NumberFormat(locale)).format(value);

/** 12,300 as 12K. */
export const formatCompact = (value: number): string =>
  once(
    'compact',
    () => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }),
  ).format(value);

export const formatPercent = (value: number): string =>
  once('percent', () => new Intl.NumberFormat(locale, { style: 'percent' })).format(value);

/** Badges: up to 99, then 99+. */
export const formatCount = (value: number): string =>
  value > 99 ? `${formatNumber(99)}+` : formatNumber(value);

export const formatList = (
  items: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => once(`list ${type}`, () => new Intl.ListFormat(locale, { type })).format(items);

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

export function formatBytes(bytes: number): string {
  let power = 0;
  let value = bytes;
  while (value >= 1000 && power < sizes.length - 1) {
    value /= 1024;
    power++;
  }
  const unit = sizes[power] as string;
  return once(unit, () => {
    const style = {
      style: 'unit',
      unit,
      // Short, one byte and many are the same word.
      unitDisplay: power > 0 ? 'short' : 'long',
      maximumFractionDigits: power > 1 ? 1 : 0,
    } as const;
    return new Intl.NumberFormat(locale, style);
  }).format(value);
}

/** 1:02:03 of a number of seconds, as players show it. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** "2 hours", in words, for durations people choose from. */
export const formatUnit = (value: number, unit: 'second' | 'minute' | 'hour' | 'day' | 'week'): string =>
  once(
    `long ${unit}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(value);

/** Compares names as the language sorts them, 2 before 10. */
export const compareNames = (one: string, other: string): number =>
  once('collator', () => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })).compare(
    one,
    other,
  );

const ticks = new Set<() => void>();
let minute = Math.floor(Date.now() / 60_000);
let timer: ReturnType<typeof setTimeout> | undefined;

function arm() {
  timer = setTimeout(
    () => {
      minute = Math.floor(Date.now() / 60_000);
      for (const tick of ticks) tick();
      if (ticks.size > 0) arm();
      else timer = undefined;
    },
    60_000 - (Date.now() % 60_000) + 20,
  );
}

function onMinute(listener: () => void) {
  ticks.add(listener);
  if (timer === undefined) arm();
  return () => {
    ticks.delete(listener);
    if (ticks.size === 0) {
      clearTimeout(timer);
      timer = undefined;
    }
  };
}

/** Now, in milliseconds, renewed at each full minute. */
export function useMinute(): number {
  return useSyncExternalStore(onMinute, () => minute) * 60_000;
}
