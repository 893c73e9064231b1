import { expect, it } from 'vitest';
import { reduce } from './reduce';

const update = (id: string, content: string) => ({ t: 'MESSAGE_UPDATE', d: { id, content } });

it('folds ten edits into the last, where the first stood', () => {
  const edits = Array.from({ length: 10 }, (_, n) => update('1', `v${n}`));
  const other = { t: 'MESSAGE_CREATE', d: { id: '2' } };
  expect(reduce([edits[0] as never, other, ...edits.slice(1)])).toEqual([update('1', 'v9'), other]);
});

it('keeps the last of presences and typing, at its place', () => {
  const presence = (status: string) => ({ t: 'PRESENCE_UPDATE', d: { user: { id: '1' }, status } });
  const create = { t: 'MESSAGE_CREATE', d: { id: '2' } };
  expect(reduce([presence('idle'), create, presence('dnd')])).toEqual([create, presence('dnd')]);
});

it('keeps a deletion between', () => {
  const gone = { t: 'MESSAGE_DELETE', d: { id: '1' } };
  expect(reduce([update('1', 'a'), gone])).toEqual([update('1', 'a'), gone]);
});
