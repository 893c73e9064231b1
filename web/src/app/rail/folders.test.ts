import { describe, expect, test } from 'vitest';
import { flat, freshId, move, type RailItem, railItems, step, toFolders, ungroup } from './folders';

const folders = [
  { id: -1, guild_ids: ['a'] },
  { id: 5, name: 'work', guild_ids: ['b', 'c'] },
  { id: -1, guild_ids: ['d', 'e'] },
];
const all = ['a', 'b', 'c', 'd', 'e'];
const items = () => railItems(folders, all);
const shape = (of: RailItem[]) => of.map((item) => (item.kind === 'guild' ? item.id : item.guilds.join('')));

describe('rail order', () => {
  test('loose communities stand between the folders, and come back as they were', () => {
    expect(shape(items())).toEqual(['a', 'bc', 'd', 'e']);
    expect(toFolders(items()).map((folder) => [folder.id, folder.guild_ids])).toEqual([
      [-1, ['a']],
      [5, ['b', 'c']],
      [-1, ['d', 'e']],
    ]);
  });
  test('what the settings do not know comes first; what was left is gone', () => {
    expect(shape(railItems(folders, ['z', 'a', 'c', 'd']))).toEqual(['z', 'a', 'c', 'd']);
  });
  test('moves beside, into, out of and onto', () => {
    expect(shape(move(items(), { guild: 'e' }, { beside: { guild: 'a' }, after: false }))).toEqual([
      'e',
      'a',
      'bc',
      'd',
    ]);
    expect(shape(move(items(), { guild: 'd' }, { into: 5, before: 'c' }))).toEqual(['a', 'bdc', 'e']);
    expect(shape(move(items(), { guild: 'b' }, { beside: { guild: 'e' }, after: true }))).toEqual([
      'a',
      'c',
      'd',
      'e',
      'b',
    ]);
    expect(shape(move(items(), { guild: 'a' }, { join: 'd', id: freshId(items()) }))).toEqual([
      'bc',
      'da',
      'e',
    ]);
    expect(shape(move(items(), { folder: 5 }, { beside: { guild: 'e' }, after: true }))).toEqual([
      'a',
      'd',
      'e',
      'bc',
    ]);
  });
  test('a folder cannot enter a folder, and an unknown target changes nothing', () => {
    expect(shape(move(items(), { folder: 5 }, { into: 5 }))).toEqual(shape(items()));
    expect(shape(move(items(), { guild: 'a' }, { beside: { guild: 'x' }, after: true }))).toEqual(
      shape(items()),
    );
  });
  test('steps by keys walk through a folder and out of it', () => {
    expect(shape(step(items(), { guild: 'c' }, -1))).toEqual(['a', 'cb', 'd', 'e']);
    expect(shape(step(items(), { guild: 'c' }, 1))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(shape(step(items(), { guild: 'a' }, 1))).toEqual(['bc', 'a', 'd', 'e']);
    expect(shape(step(items(), { guild: 'a' }, -1))).toEqual(shape(items()));
  });
  test('no community is ever lost or doubled', () => {
    let now = items();
    const random = (n: number) => Math.floor(Math.random() * n);
    for (let n = 0; n < 500; n += 1) {
      const guild = all[random(5)] as string;
      const other = all[random(5)] as string;
      const folder = now.find((item) => item.kind === 'folder');
      const moves = [
        () => step(now, { guild }, random(2) ? 1 : -1),
        () => move(now, { guild }, { beside: { guild: other }, after: random(2) > 0 }),
        () => move(now, { guild }, { join: other, id: freshId(now) }),
        () => (folder?.kind === 'folder' ? move(now, { guild }, { into: folder.id }) : now),
        () => (folder?.kind === 'folder' && !random(4) ? ungroup(now, folder.id) : now),
      ];
      now = (moves[random(moves.length)] ?? moves[0])?.() ?? now;
      expect(flat(now).toSorted()).toEqual(all);
    }
  });
});
