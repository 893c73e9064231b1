import { describe, expect, it } from 'vitest';
import { seeded } from './random';
import { Segments } from './segments';
import { compareIds } from './snowflake';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
const page = (
  from: number,
  to: number,
  edges: { older?: boolean; newer?: boolean; live?: boolean } = {},
) => ({
  ids: ids(from, to),
  older: edges.older ?? true,
  newer: edges.newer ?? true,
  live: edges.live ?? false,
});

describe('segments', () => {
  it('merge pages that share an id, and keep apart those that do not', () => {
    const s = new Segments();
    s.insert(page(150, 199, { newer: false, live: true }));
    s.insert(page(20, 60));
    expect(s.list.map((one) => one.ids.length)).toEqual([41, 50]);
    s.insert(page(60, 150));
    expect(s.list).toHaveLength(1);
    expect(s.list[0]).toMatchObject({ ids: ids(20, 199), older: true, newer: false, live: true });
  });
  it('append only to the present', () => {
    const s = new Segments();
    s.insert(page(1, 10));
    expect(s.append('11')).toBe(false);
    s.insert(page(8, 12, { newer: false, live: true }));
    expect(s.append('13')).toBe(true);
    expect(s.list[0]?.ids.at(-1)).toBe('13');
  });
  it('give back what a page lacks within its range', () => {
    const s = new Segments();
    s.insert(page(1, 10, { older: false, newer: false, live: true }));
    const gone = s.insert({ ids: ['1', '2', '4', '10'], older: false, newer: false, live: true });
    expect(gone).toEqual(['3', '5', '6', '7', '8', '9']);
    expect(s.list[0]?.ids).toEqual(['1', '2', '4', '10']);
  });
  it('stay behind a gap after a new session without overlap, and join when it overlaps', () => {
    const s = new Segments();
    s.insert(page(1, 50, { newer: false, live: true }));
    s.detach();
    s.insert(page(100, 149, { newer: false, live: true }));
    expect(s.list).toHaveLength(2);
    expect(s.live?.ids[0]).toBe('100');
    s.insert(page(40, 110));
    expect(s.list).toHaveLength(1);
    expect(s.list[0]?.ids).toEqual(ids(1, 149));
  });
  it('hold an empty channel until its first message', () => {
    const s = new Segments();
    s.insert({ ids: [], older: false, newer: false, live: true });
    expect(s.live).toBeDefined();
    s.append('5');
    expect(s.list).toHaveLength(1);
    expect(s.list[0]?.ids).toEqual(['5']);
  });

  it('never lie, whatever is loaded, sent or deleted, in any order', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      let all = ids(1000, 1000 + random.below(400));
      let next = 2000;
      const s = new Segments();
      for (let step = 0; step < 60; step++) {
        const kind = random.below(6);
        if (kind === 0) {
          const got = all.slice(-50);
          s.insert({ ids: got, older: all.length > 50, newer: false, live: true });
        } else if (kind <= 2 && all.length) {
          const at = random.below(all.length);
          const got = all.slice(Math.max(0, at - 25), at + 25);
          const end = got.at(-1) === all.at(-1);
          s.insert({ ids: got, older: at > 25, newer: !end, live: end });
        } else if (kind === 3) {
          const id = String(next++);
          all.push(id);
          s.append(id);
        } else if (kind === 4 && all.length) {
          const id = random.pick(all);
          all = all.filter((other) => other !== id);
          s.remove(id);
        } else if (kind === 5 && random.chance(0.2)) {
          s.detach();
          for (let n = 0; n < random.below(80); n++) all.push(String(next++));
        }
        for (const [index, one] of s.list.entries()) {
          if (!one.ids.length) continue;
          const from = all.indexOf(one.ids[0] as string);
          expect(one.ids, `seed ${seed}, step ${step}`).toEqual(all.slice(from, from + one.ids.length));
          if (!one.older) expect(from).toBe(0);
          if (one.live) expect(one.ids.at(-1)).toBe(all.at(-1));
          const before = s.list[index - 1]?.ids.at(-1);
          if (before) expect(compareIds(before, one.ids[0] as string)).toBeLessThan(0);
        }
      }
    }
  });
});
