import { describe, expect, it } from 'vitest';
import type { Overwrite } from '#/api/types';
import { Bit, compute, DEFINED, EVERYTHING, has, mayActOn, mayAssign, mayEditRole, top } from './permissions';
import { seeded } from './random';

const G = '100';
const ME = '7';
interface Case {
  roles: Record<string, bigint>;
  mine: string[] | undefined;
  owner?: boolean;
  overwrites?: [id: string, type: 0 | 1, allow: bigint, deny: bigint][];
}
const run = ({ roles, mine, owner, overwrites = [] }: Case) =>
  compute(
    {
      guildId: G,
      ownerId: owner ? ME : '1',
      userId: ME,
      memberRoles: mine,
      role: (id) => (id in roles ? { permissions: String(roles[id]) } : undefined),
    },
    overwrites.map(
      ([id, type, allow, deny]): Overwrite => ({ id, type, allow: String(allow), deny: String(deny) }),
    ),
  );
const { VIEW_CHANNEL: V, SEND_MESSAGES: S, ADMINISTRATOR: A, MANAGE_MESSAGES: M } = Bit;

describe('permissions', () => {
  it.each<[string, Case, bigint]>([
    ['owner: everything', { roles: {}, mine: [], owner: true }, EVERYTHING],
    ['no member: nothing', { roles: { [G]: V }, mine: undefined }, 0n],
    ['everyone and roles together', { roles: { [G]: V, '2': S }, mine: ['2'] }, V | S],
    ['missing roles are ignored', { roles: { [G]: V }, mine: ['9'] }, V],
    [
      'administrator: everything, overwrites or not',
      { roles: { [G]: A }, mine: [], overwrites: [[G, 0, 0n, V]] },
      EVERYTHING,
    ],
    ['everyone is denied', { roles: { [G]: V | S }, mine: [], overwrites: [[G, 0, 0n, S]] }, V],
    [
      'a role gives it back',
      {
        roles: { [G]: V | S, '2': 0n },
        mine: ['2'],
        overwrites: [
          [G, 0, 0n, S],
          ['2', 0, S, 0n],
        ],
      },
      V | S,
    ],
    [
      'allow wins across roles',
      {
        roles: { [G]: V, '2': 0n, '3': 0n },
        mine: ['2', '3'],
        overwrites: [
          ['2', 0, 0n, V],
          ['3', 0, V, 0n],
        ],
      },
      V,
    ],
    [
      'the member’s own overwrite is last',
      {
        roles: { [G]: V, '2': 0n },
        mine: ['2'],
        overwrites: [
          [ME, 1, M, V],
          ['2', 0, V, 0n],
        ],
      },
      M,
    ],
    [
      'others’ overwrites do not count',
      {
        roles: { [G]: V },
        mine: [],
        overwrites: [
          ['8', 1, M, V],
          ['2', 0, M, V],
        ],
      },
      V,
    ],
    [
      'a role’s overwrite of type member does not count',
      { roles: { [G]: V, '2': 0n }, mine: ['2'], overwrites: [['2', 1, M, V]] },
      V,
    ],
    ['losing sight takes nothing else', { roles: { [G]: V | S }, mine: [], overwrites: [[G, 0, 0n, V]] }, S],
  ])('%s', (_, input, expected) => {
    expect(run(input)).toBe(expected);
  });

  it('agrees with a bit-by-bit reading of the rules', () => {
    const bits = Object.values(Bit).filter((bit) => bit !== A);
    for (let seed = 1; seed <= 500; seed++) {
      const random = seeded(seed);
      const mask = (share = 0.4) => random.some(bits, share).reduce((a, b) => a | b, 0n);
      const ids = ['2', '3', '4', '5'];
      const roles = Object.fromEntries([[G, mask()], ...ids.map((id) => [id, mask(0.2)])]) as Record<
        string,
        bigint
      >;
      const mine = random.some(ids);
      const overwrites = ([[G, 0], [ME, 1], ['8', 1], ...ids.map((id) => [id, 0])] as [string, 0 | 1][])
        .filter(() => random.chance(0.6))
        .map(([id, type]) => [id, type, mask(0.2), mask(0.2)] as [string, 0 | 1, bigint, bigint]);
      const got = run({ roles, mine, overwrites });
      for (const bit of bits) {
        let on = [G, ...mine].some((id) => ((roles[id] ?? 0n) & bit) !== 0n);
        const everyone = overwrites.find(([id]) => id === G);
        if (everyone && everyone[3] & bit) on = false;
        if (everyone && everyone[2] & bit) on = true;
        const theirs = overwrites.filter(([id, type]) => type === 0 && mine.includes(id));
        if (theirs.some(([, , , deny]) => deny & bit)) on = false;
        if (theirs.some(([, , allow]) => allow & bit)) on = true;
        const own = overwrites.find(([id, type]) => type === 1 && id === ME);
        if (own && own[3] & bit) on = false;
        if (own && own[2] & bit) on = true;
        expect(has(got, bit), `seed ${seed}`).toBe(on);
      }
    }
  });

  it('knows the defined bits', () => {
    expect(DEFINED & (1n << 19n)).toBe(0n);
    expect(has(DEFINED, Bit.UPDATE_RTC_REGION)).toBe(true);
  });
});

describe('heights', () => {
  const roles = new Map(
    [
      { id: '10', permissions: '0', position: 1 },
      { id: '11', permissions: '0', position: 1 },
      { id: '12', permissions: '0', position: 3 },
    ].map((role) => [role.id, role]),
  );
  const role = (id: string) => roles.get(id);
  const one = (userId: string, ...mine: string[]) => ({ userId, roles: mine });
  it('count the highest role, −1 without', () => {
    expect(top(['10', '12'], role)).toBe(3);
    expect(top([], role)).toBe(-1);
  });
  it('act on those strictly below; the owner on all; nobody on the owner', () => {
    expect(mayActOn('1', one('2', '12'), one('3', '10'), role)).toBe(true);
    expect(mayActOn('1', one('2', '10'), one('3', '11'), role)).toBe(false);
    expect(mayActOn('1', one('1'), one('3', '12'), role)).toBe(true);
    expect(mayActOn('1', one('2', '12'), one('1'), role)).toBe(false);
  });
  it('let the older of equal roles edit the younger', () => {
    const target = (id: string) => role(id) as { id: string; permissions: string; position: number };
    expect(mayEditRole('1', one('2', '10'), Bit.MANAGE_ROLES, target('11'), role)).toBe(true);
    expect(mayEditRole('1', one('2', '11'), Bit.MANAGE_ROLES, target('10'), role)).toBe(false);
    expect(mayAssign('1', one('2', '10'), Bit.MANAGE_ROLES, target('11'), role)).toBe(false);
    expect(mayAssign('1', one('2', '12'), 0n, target('11'), role)).toBe(false);
  });
});
