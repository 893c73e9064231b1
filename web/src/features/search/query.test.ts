import { describe, expect, it } from 'vitest';
import { timeOf } from '#/model/snowflake';
import { bodyOf, type Filter, readFilters, withFilter } from './query';

const names = {
  person: (name: string) => ({ ada: '11', 'Grace Hopper': '12' })[name],
  channel: (name: string) => ({ general: '21' })[name],
};

describe('filters in a typed text', () => {
  it('are taken out, with and without a minus', () => {
    const { text, filters } = readFilters(
      'lunch from:ada -from:"Grace Hopper" in:#general has:image -has:link before:2026-11-01 pinned:true ext:.PDF',
      names,
    );
    expect(text).toBe('lunch');
    expect(filters).toEqual([
      { name: 'from', value: '11', not: false },
      { name: 'from', value: '12', not: true },
      { name: 'in', value: '21' },
      { name: 'has', value: 'image', not: false },
      { name: 'has', value: 'link', not: true },
      { name: 'before', value: '2026-11-01' },
      { name: 'pinned', value: true },
      { name: 'ext', value: 'pdf', not: false },
    ]);
  });

  it('stay text when they name nothing', () => {
    const typed = 'from:nobody in:nowhere has:poll before:tomorrow note:x origin:ada';
    expect(readFilters(typed, names)).toEqual({ text: typed, filters: [] });
  });

  it('replace what there can be only one of', () => {
    const first: Filter = { name: 'before', value: '2026-01-01' };
    const second: Filter = { name: 'before', value: '2026-02-01' };
    expect(withFilter([first], second)).toEqual([second]);
    const ada: Filter = { name: 'from', value: '11', not: false };
    expect(withFilter([ada], { name: 'from', value: '12', not: false })).toHaveLength(2);
    expect(withFilter([ada], ada)).toEqual([ada]);
  });
});

describe('what the server is asked', () => {
  const ask = (typed: string) =>
    bodyOf(readFilters(typed, names), { scope: 'current', guildId: '5' }, 'newest', 1);

  it('tells phrases from words', () => {
    const body = ask('tea "two  sugars" please "');
    expect(body.content).toBe('tea please');
    expect(body.exact_phrases).toEqual(['two  sugars']);
    expect(body.context_guild_id).toBe('5');
  });

  it('bounds days by the local midnight', () => {
    const on = ask('on:2026-03-05');
    expect(timeOf(on.max_id as string)).toBe(new Date(2026, 2, 6).getTime());
    expect(timeOf(String(BigInt(on.min_id as string) + 1n))).toBe(new Date(2026, 2, 5).getTime());
    const after = ask('after:2026-03-05');
    expect(timeOf(String(BigInt(after.min_id as string) + 1n))).toBe(new Date(2026, 2, 6).getTime());
    expect(after.max_id).toBeUndefined();
    const both = ask('after:2026-03-05 on:2026-03-09 before:2026-03-20');
    expect(timeOf(both.max_id as string)).toBe(new Date(2026, 2, 10).getTime());
  });

  it('keeps to one channel, or to the chosen ones', () => {
    const where = { scope: 'channel', channelId: '21', guildId: '5' } as const;
    const one = bodyOf({ text: 'x', filters: [] }, where, 'oldest', 2);
    expect(one).toMatchObject({ context_channel_id: '21', scope: 'current', sort_order: 'asc', page: 2 });
    expect(one.context_guild_id).toBeUndefined();
    expect(ask('x in:general').channel_ids).toEqual(['21']);
  });
});
