import { describe, expect, it } from 'vitest';
import type { Channel, GuildFolder, Message } from '#/api/types';
import type { Pending, Row } from '#/store/types';
import { continues, type Layout, layout } from './grouping';
import { ListRows } from './memberlist';
import { orderChannels, orderDms, orderRail, orderRoles } from './order';
import { seeded } from './random';
import { before, compareIds, idAt, newer, nonceMaker, timeOf } from './snowflake';
import { acknowledge, channelMuted, counts, isUnread, mentionsMe } from './unread';

describe('ids', () => {
  it('compare as numbers', () => {
    const random = seeded(3);
    for (let n = 0; n < 500; n++) {
      const a = String(BigInt(random.below(2 ** 30)) * BigInt(random.below(2 ** 30) + 1));
      const b = String(BigInt(random.below(2 ** 30)) * BigInt(random.below(2 ** 30) + 1));
      expect(Math.sign(compareIds(a, b))).toBe(Number(BigInt(a) > BigInt(b)) - Number(BigInt(a) < BigInt(b)));
    }
    expect(newer('1574908900317073408', '999999999999999999')).toBe(true);
    expect(before('1000')).toBe('999');
  });
  it('hold their time', () => {
    expect(new Date(timeOf('1574908900317073408')).toISOString()).toBe('2026-11-24T22:05:42.228Z');
    expect(timeOf(idAt(1_800_000_000_123))).toBe(1_800_000_000_123);
  });
  it('as nonces only grow, even when the clock goes back', () => {
    let now = 1_800_000_000_000;
    const make = nonceMaker(() => now);
    const made = [make(), make()];
    now -= 5000;
    made.push(make());
    now += 10_000;
    made.push(make());
    expect([...made].sort(compareIds)).toEqual(made);
    expect(new Set(made).size).toBe(4);
  });
});

describe('orders', () => {
  const channel = (id: string, type: number, position: number, parent_id?: string) =>
    ({ id, type, position, ...(parent_id ? { parent_id } : {}) }) as Channel;
  it('channels: loose ones first, then categories; voice after text; position, then id', () => {
    const list = [
      channel('9', 4, 1),
      channel('8', 4, 0),
      channel('1', 2, 0),
      channel('2', 0, 5),
      channel('3', 2, 0, '9'),
      channel('4', 0, 7, '9'),
      channel('10', 998, 7, '9'),
      channel('5', 0, 1, '8'),
      channel('6', 0, 1, 'gone'),
    ];
    expect(orderChannels(list)).toEqual(['6', '2', '1', '8', '5', '9', '4', '10', '3']);
  });
  it('roles: highest first, the older above its equal', () => {
    expect(
      orderRoles([
        { id: '3', position: 1 },
        { id: '2', position: 1 },
        { id: '9', position: 4 },
      ]),
    ).toEqual(['9', '2', '3']);
  });
  it('direct messages: pinned in their order, then newest first', () => {
    const dm = (id: string, last?: string) =>
      ({ id, type: 1, ...(last ? { last_message_id: last } : {}) }) as Channel;
    const notes = { id: '5', type: 999 } as Channel;
    expect(orderDms([dm('1', '90'), dm('2', '100'), dm('3'), dm('4', '50'), notes], ['4', '1'])).toEqual([
      '4',
      '1',
      '2',
      '3',
    ]);
  });
  it('the rail: unnamed communities first, folders without their lost ones', () => {
    const folder = (id: number, ...guild_ids: string[]) =>
      ({ id, guild_ids, name: null, color: 0, icon: 'folder', flags: 0 }) as GuildFolder;
    const guilds = ['1', '2', '3', '4'].map((id) => ({ id, joined_at: `2026-01-0${id}` }));
    expect(orderRail([folder(5, '2', '77'), folder(-1, '1'), folder(6, '78')], guilds)).toEqual([
      { guild: '4' },
      { guild: '3' },
      { folder: { id: 5, name: null, color: 0, icon: 'folder', guilds: ['2'] } },
      { guild: '1' },
    ]);
  });
});

const at = (minute: number, day = 10) => new Date(2026, 4, day, 12, minute).toISOString();
const message = (id: string, author: string, minute: number, more: Partial<Message> = {}): Message =>
  ({
    id,
    channel_id: 'c',
    author: { id: author, username: author, avatar: null },
    type: 0,
    flags: 0,
    content: id,
    timestamp: at(minute),
    mention_everyone: false,
    ...more,
  }) as Message;

describe('groups', () => {
  const head = (m: Message) => ({ at: Date.parse(m.timestamp), previous: m });
  const first = message('1', 'ana', 0);
  it.each<[string, Message, Message, boolean]>([
    ['same author within 7 minutes', first, message('2', 'ana', 7), true],
    ['later than 7 minutes', first, message('2', 'ana', 8), false],
    ['another author', first, message('2', 'bob', 1), false],
    ['a reply begins its own', first, message('2', 'ana', 1, { type: 19 }), false],
    ['text after one’s reply goes on', message('1', 'ana', 0, { type: 19 }), message('2', 'ana', 1), true],
    ['another day', first, message('2', 'ana', 1, { timestamp: at(1, 11) }), false],
    [
      'another webhook name',
      message('1', 'w', 0, { webhook_id: '5' }),
      message('2', 'w', 1, { webhook_id: '5', author: { ...first.author, id: 'w' } }),
      false,
    ],
    ['newly silent', first, message('2', 'ana', 1, { flags: 4096 }), false],
    [
      'no longer silent, without mentions',
      message('1', 'ana', 0, { flags: 4096 }),
      message('2', 'ana', 1),
      true,
    ],
    [
      'no longer silent, with mentions',
      message('1', 'ana', 0, { flags: 4096 }),
      message('2', 'ana', 1, { mention_everyone: true }),
      false,
    ],
    ['system after text', first, message('2', 'ana', 1, { type: 7 }), false],
    [
      'system lines among themselves',
      message('1', 'a', 0, { type: 7 }),
      message('2', 'b', 30, { type: 6 }),
      true,
    ],
  ])('%s', (_, previous, next, expected) => {
    expect(continues(head(previous), next)).toBe(expected);
  });

  const input = (messages: Message[], more: Partial<Layout> = {}): Layout => ({
    parts: messages.map((m) => ({ message: m })),
    pending: [],
    me: 'me',
    start: false,
    older: false,
    newer: false,
    blocked: () => false,
    shown: new Set(),
    key: (m) => m.id,
    ...more,
  });
  const kinds = (rows: readonly Row[]) =>
    rows.map((row) => `${row.kind}${'continued' in row && row.continued ? '+' : ''}`);
  it('are measured from their first message', () => {
    const { rows } = layout(
      input([message('1', 'a', 0), message('2', 'a', 6), message('3', 'a', 8)]),
      new Map(),
    );
    expect(kinds(rows)).toEqual(['date', 'message', 'message+', 'message']);
  });
  it('are split by dividers; the unread divider joins a date’s', () => {
    const all = [message('1', 'a', 0), message('2', 'a', 1), message('3', 'a', 2, { timestamp: at(0, 11) })];
    expect(kinds(layout(input(all, { unreadFrom: '2', start: true }), new Map()).rows)).toEqual([
      'start',
      'date',
      'message',
      'unread',
      'message',
      'date',
      'message',
    ]);
    const rows = layout(input(all, { unreadFrom: '3' }), new Map()).rows;
    expect(kinds(rows)).toEqual(['date', 'message', 'message+', 'date', 'message']);
    expect(rows[3]).toMatchObject({ unread: true });
  });
  it('fold blocked people’s runs until shown', () => {
    const all = [message('1', 'a', 0), message('2', 'x', 1), message('3', 'x', 2), message('4', 'a', 3)];
    const blocked = (id: string) => id === 'x';
    const folded = layout(input(all, { blocked }), new Map()).rows;
    expect(folded[2]).toEqual({ kind: 'blocked', key: 'blocked:2', ids: ['2', '3'] });
    expect(kinds(folded)).toEqual(['date', 'message', 'blocked', 'message']);
    const shown = layout(input(all, { blocked, shown: new Set(['blocked:2']) }), new Map()).rows;
    expect(shown.filter((row) => row.kind === 'message').length).toBeGreaterThanOrEqual(3);
  });
  it('keep the rows that did not change', () => {
    const all = Array.from({ length: 50 }, (_, n) => message(String(n + 10), n % 3 ? 'a' : 'b', n / 10));
    const one = layout(input(all), new Map());
    const pending = {
      nonce: '999',
      channelId: 'c',
      outgoing: { content: 'x' },
      state: 'queued',
      at: Date.parse(at(5)),
    } as Pending;
    const two = layout(input([...all, message('99', 'z', 6)], { pending: [pending] }), one.byKey);
    expect(two.rows.slice(0, one.rows.length).every((row, n) => row === one.rows[n])).toBe(true);
    expect(two.rows).toHaveLength(one.rows.length + 2);
  });
});

describe('unread', () => {
  const rules = { me: '1', myRoles: ['5'], suppressEveryone: false, suppressRoles: false };
  const from = (more: Partial<Message>) => message('9', '2', 0, more);
  it('counts mentions as settings say', () => {
    expect(mentionsMe(from({ mentions: [{ id: '1' } as never] }), rules)).toBe(true);
    expect(mentionsMe(from({ mention_everyone: true }), rules)).toBe(true);
    expect(mentionsMe(from({ mention_everyone: true }), { ...rules, suppressEveryone: true })).toBe(false);
    expect(mentionsMe(from({ mention_roles: ['5'] }), rules)).toBe(true);
    expect(mentionsMe(from({ mention_roles: ['5'] }), { ...rules, suppressRoles: true })).toBe(false);
    expect(mentionsMe(from({ mention_roles: ['6'] }), rules)).toBe(false);
  });
  it('counts direct messages of people, not of bots, nor one’s own or blocked ones', () => {
    const open = { ...rules, blocked: false };
    expect(counts(from({}), 1, open)).toBe(true);
    expect(counts(from({}), 0, open)).toBe(false);
    expect(counts(from({ author: { id: '2', bot: true } as never }), 3, open)).toBe(false);
    expect(counts(message('9', '1', 0), 1, open)).toBe(false);
    expect(counts(from({}), 1, { ...rules, blocked: true })).toBe(false);
  });
  it('mutes by channel, category or community, until its end', () => {
    const now = Date.parse('2026-11-24T00:00:00Z');
    const base = {
      guild_id: '3',
      muted: false,
      mute_config: null,
      channel_overrides: {},
    } as never as Parameters<typeof channelMuted>[1] & object;
    const override = (id: string, end: string | null) =>
      ({
        ...base,
        channel_overrides: { [id]: { muted: true, mute_config: { end_time: end, selected_time_window: 1 } } },
      }) as never;
    expect(channelMuted({ id: '1', parent_id: '2' }, override('1', null), now)).toBe(true);
    expect(channelMuted({ id: '1', parent_id: '2' }, override('2', '2026-11-25T00:00:00Z'), now)).toBe(true);
    expect(channelMuted({ id: '1', parent_id: '2' }, override('2', '2026-11-23T00:00:00Z'), now)).toBe(false);
    expect(channelMuted({ id: '1', parent_id: null }, { ...base, muted: true }, now)).toBe(true);
    expect(channelMuted({ id: '1', parent_id: null }, base, now)).toBe(false);
  });
  it('agrees with a naive reader, whatever happens in whatever order', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      let state: ReturnType<typeof acknowledge> | undefined;
      let last: string | null = null;
      let id = 1000;
      const all: { id: number; mention: boolean }[] = [];
      let read = 0;
      for (let step = 0; step < 80; step++) {
        if (random.chance(0.6)) {
          const mention = random.chance(0.3);
          all.push({ id: ++id, mention });
          last = String(id);
          if (mention) {
            const was = state ?? {
              id: 'c',
              mention_count: 0,
              last_message_id: null,
              last_pin_timestamp: null,
            };
            state = { ...was, mention_count: was.mention_count + 1 };
          }
        } else if (all.length) {
          const target = random.pick(all).id - Number(random.chance(0.3));
          const manual = random.chance(0.3);
          // The server counts what is left after the acknowledged one.
          if (!manual && target < read) continue;
          read = target;
          const mention_count = all.filter((m) => m.id > target && m.mention).length;
          state = acknowledge(state, { channel_id: 'c', message_id: String(target), mention_count, manual });
          // An older word that arrives late changes nothing.
          const late = { channel_id: 'c', message_id: String(target - 5), mention_count: 77 };
          expect(acknowledge(state, late)).toBe(state);
        }
        const ack = state?.last_message_id ?? '0';
        expect(isUnread({ type: 0, last_message_id: last }, ack)).toBe(all.some((m) => m.id > read));
        expect(state?.mention_count ?? 0).toBe(all.filter((m) => m.id > read && m.mention).length);
      }
    }
  });
});

describe('member list', () => {
  it('reaches by ops what a fresh SYNC would say', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const truth = Array.from({ length: 5 + random.below(20) }, (_, n) => `r${n}`);
      const list = new ListRows<string>();
      list.apply([{ op: 'SYNC', range: [0, 99], items: [...truth] }], truth.length, (item) => item);
      for (let step = 0; step < 40; step++) {
        const ops: Parameters<typeof list.apply<string>>[0][number][] = [];
        for (let n = 0; n < 1 + random.below(3); n++) {
          const kind = random.below(3);
          const index = random.below(truth.length + 1);
          if (kind === 0) {
            truth.splice(index, 0, `n${seed}.${step}.${n}`);
            ops.push({ op: 'INSERT', index, item: truth[index] as string });
          } else if (index < truth.length && kind === 1) {
            truth.splice(index, 1);
            ops.push({ op: 'DELETE', index });
          } else if (index < truth.length) {
            truth[index] = `u${step}.${n}`;
            ops.push({ op: 'UPDATE', index, item: truth[index] as string });
          }
        }
        expect(list.apply(ops, truth.length, (item) => item)).toBe(true);
        expect(Array.from({ length: list.total }, (_, n) => list.get(n))).toEqual(truth);
      }
    }
  });
});
