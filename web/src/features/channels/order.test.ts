import { describe, expect, test } from 'vitest';
import { apply, legal, type Placed, request, siblings, step } from './order';

const channel = (id: string, type: number, position: number, parentId: string | null = null): Placed => ({
  id,
  type,
  position,
  parentId,
});
// rules | TEXT: news chat lounge(voice) | OTHER: talk(voice)
const all = [
  channel('1', 0, 1),
  channel('10', 4, 2),
  channel('11', 0, 3, '10'),
  channel('12', 0, 4, '10'),
  channel('13', 2, 5, '10'),
  channel('20', 4, 6),
  channel('21', 2, 7, '20'),
];
const ids = (list: Placed[]) => list.map((one) => one.id);

describe('channel order', () => {
  test('text stands before voice in a category', () => {
    expect(ids(siblings([...all, channel('14', 0, 9, '10')], '10'))).toEqual(['11', '12', '14', '13']);
  });
  test('a drop is moved to the nearest legal place', () => {
    expect(legal(all, '12', { parentId: '10', before: null })).toEqual({ parentId: '10', before: '13' });
    expect(legal(all, '21', { parentId: '10', before: '11' })).toEqual({ parentId: '10', before: '13' });
    expect(legal(all, '20', { parentId: '10', before: null })).toBeNull();
  });
  test('the request counts siblings without the moved one', () => {
    expect(request(all, '11', { parentId: '10', before: '13' })).toEqual({
      id: '11',
      parent_id: '10',
      position: 1,
    });
    expect(request(all, '12', { parentId: '20', before: '21' })).toEqual({
      id: '12',
      parent_id: '20',
      position: 0,
    });
  });
  test('applied at once in the order of the server', () => {
    expect(ids(apply(all, '12', { parentId: '20', before: '21' }))).toEqual([
      '1',
      '10',
      '11',
      '13',
      '20',
      '12',
      '21',
    ]);
    expect(ids(apply(all, '20', { parentId: null, before: '10' }))).toEqual([
      '1',
      '20',
      '21',
      '10',
      '11',
      '12',
      '13',
    ]);
  });
  test('steps stay among their kind and pass into the next category at an edge', () => {
    expect(step(all, '12', -1)).toEqual({ parentId: '10', before: '11' });
    expect(step(all, '11', 1)).toEqual({ parentId: '10', before: '13' });
    expect(step(all, '12', 1)).toEqual({ parentId: '20', before: '21' });
    expect(step(all, '11', -1)).toEqual({ parentId: null, before: '10' });
    expect(step(all, '20', -1)).toEqual({ parentId: null, before: '10' });
    expect(step(all, '20', 1)).toBeNull();
    expect(step(all, '1', 1)).toEqual({ parentId: '10', before: '11' });
  });
});
