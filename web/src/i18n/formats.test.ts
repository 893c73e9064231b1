import { afterEach, expect, test } from 'vitest';
import {
  compareNames,
  daysFromNow,
  formatBytes,
  formatCalendar,
  formatCount,
  formatDuration,
  formatList,
  formatRelative,
  formatTime,
  setFormats,
} from './formats';
import { direction, languages, nearest } from './languages';

afterEach(() => setFormats({ locale: 'en-US', hour12: 'auto' }));
const now = new Date(2026, 10, 24, 14, 2);

test('the clock is the person’s', () => {
  setFormats({ locale: 'en-US', hour12: '24' });
  expect(formatTime(now)).toBe('14:02');
  setFormats({ locale: 'de', hour12: '12' });
  expect(formatTime(now)).toMatch(/^2:02/);
});

test('days are local days', () => {
  expect(daysFromNow(new Date(2026, 10, 23, 23, 59), now)).toBe(-1);
  expect(daysFromNow(new Date(2026, 10, 25, 0, 0), now)).toBe(1);
  expect(formatCalendar(new Date(2026, 10, 24, 9, 5), now)).toMatch(/^Today/);
  expect(formatCalendar(new Date(2026, 10, 23, 9, 5), now)).toMatch(/^Yesterday/);
  expect(formatCalendar(new Date(2026, 10, 1, 9, 5), now)).toMatch(/Nov 1, 2026/);
});

test('relative times', () => {
  expect(formatRelative(now.getTime() - 30_000, now)).toBe('now');
  expect(formatRelative(now.getTime() - 180_000, now)).toBe('3 minutes ago');
  expect(formatRelative(now.getTime() + 2 * 86_400_000, now)).toBe('in 2 days');
});

test('numbers, sizes, durations, lists, names', () => {
  expect(formatCount(99)).toBe('99');
  expect(formatCount(100)).toBe('99+');
  expect(formatBytes(512)).toMatch(/512/);
  expect(formatBytes(25 * 1024 * 1024)).toBe('25 MB');
  expect(formatDuration(65)).toBe('1:05');
  expect(formatDuration(3723)).toBe('1:02:03');
  expect(formatList(['Ana', 'Ben', 'Chloé'])).toBe('Ana, Ben, and Chloé');
  expect(['room 10', 'Room 2'].sort(compareNames)).toEqual(['Room 2', 'room 10']);
});

test('every language formats everything, and has a direction', () => {
  for (const locale of Object.keys(languages)) {
    setFormats({ locale });
    for (const text of [formatTime(now), formatCalendar(now), formatRelative(0, now), formatBytes(1e9)]) {
      expect(text, locale).not.toBe('');
    }
    expect(direction(locale)).toBe(locale === 'ar' || locale === 'he' ? 'rtl' : 'ltr');
  }
});

test('the nearest known language', () => {
  expect(nearest(['de-AT', 'en'])).toBe('de');
  expect(nearest(['en-AU'])).toBe('en-US');
  expect(nearest(['pt'])).toBe('pt-BR');
  expect(nearest(['tlh'])).toBe('en-US');
});
