import { expect, test } from 'vitest';
import { merge } from './concurrent';

test('what both changed is kept', () => {
  // base 0110; mine takes bit 1 and gives bit 3; the other gave bit 0 and took bit 2.
  expect(merge(0b0110n, 0b1100n, 0b0011n)).toBe(0b1001n);
});

test('without changes of my own it is what is saved', () => {
  for (const saved of [0n, 5n, 1n << 60n]) expect(merge(6n, 6n, saved)).toBe(saved);
});

test('the same change twice is one change', () => {
  expect(merge(0n, 8n, 8n)).toBe(8n);
  expect(merge(8n, 0n, 0n)).toBe(0n);
});
