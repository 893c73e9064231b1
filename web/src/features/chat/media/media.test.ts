import { describe, expect, test } from 'vitest';
import { boxFor, kindOf, mosaicRows } from './media';

describe('media', () => {
  test('a mosaic shows every picture once', () => {
    for (let count = 1; count <= 10; count++) {
      expect(mosaicRows(count).reduce((sum, row) => sum + row, 0)).toBe(count);
    }
    expect(mosaicRows(7)).toEqual([1, 3, 3]);
    expect(mosaicRows(8)).toEqual([2, 3, 3]);
    expect(mosaicRows(10)).toEqual([1, 3, 3, 3]);
  });

  test('boxes keep the ratio and never grow', () => {
    expect(boxFor(4000, 2000, { width: 550, height: 400 })).toEqual({ width: 550, height: 275 });
    expect(boxFor(100, 50, { width: 550, height: 400 })).toEqual({ width: 100, height: 50 });
    expect(boxFor(null, null, { width: 320, height: 400 })).toEqual({ width: 320, height: 180 });
  });

  test('vector pictures are never shown in place', () => {
    expect(kindOf({ filename: 'a.svg', content_type: 'image/svg+xml' })).toBe('file');
    expect(kindOf({ filename: 'a.svg', content_type: null })).toBe('file');
    expect(kindOf({ filename: 'a.PNG', content_type: null })).toBe('image');
    expect(kindOf({ filename: 'a.html', content_type: 'text/html' })).toBe('text');
  });
});
