import { expect, test } from 'vitest';
import { isoDate, order } from './birth';

test('only days that exist', () => {
  expect(isoDate({ day: '5', month: '3', year: '1990' })).toBe('1990-03-05');
  expect(isoDate({ day: '29', month: '2', year: '2000' })).toBe('2000-02-29');
  for (const [day, month, year] of [
    ['30', '2', '2000'],
    ['', '3', '1990'],
    ['1', '', '1990'],
    ['1', '1', '90'],
    ['1', '13', '1990'],
  ] as const)
    expect(isoDate({ day, month, year })).toBeUndefined();
});

test('the order of the language', () => {
  expect(order('de')).toEqual(['day', 'month', 'year']);
  expect(order('en-US')).toEqual(['month', 'day', 'year']);
  expect(order('ja')).toEqual(['year', 'month', 'day']);
});
