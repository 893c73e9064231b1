import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EVERY, pace } from './pace';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const heard = () => {
  const said: string[] = [];
  return {
    said,
    ...pace(
      (line) => said.push(line),
      (count) => `${count} new messages`,
    ),
  };
};

test('the first is said at once, the next when there was time to hear it', () => {
  const { said, add } = heard();
  for (const line of ['one', 'two', 'three']) add(() => line);
  expect(said).toEqual(['one']);
  vi.advanceTimersByTime(EVERY);
  expect(said).toEqual(['one', 'two']);
  vi.advanceTimersByTime(3 * EVERY);
  expect(said).toEqual(['one', 'two', 'three']);
});

test('more than three waiting are counted instead', () => {
  const { said, add } = heard();
  for (let n = 0; n <= 12; n += 1) add(() => `line ${n}`);
  vi.advanceTimersByTime(2 * EVERY);
  expect(said).toEqual(['line 0', '12 new messages']);
});

test('only counted where nothing is to be read out', () => {
  const { said, add } = heard();
  add();
  add();
  add();
  vi.advanceTimersByTime(EVERY);
  expect(said).toEqual(['1 new messages', '2 new messages']);
});

test('what waits is forgotten with the channel', () => {
  const { said, add, clear } = heard();
  add(() => 'one');
  add(() => 'two');
  clear();
  vi.advanceTimersByTime(3 * EVERY);
  expect(said).toEqual(['one']);
});
