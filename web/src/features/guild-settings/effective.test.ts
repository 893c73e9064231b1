import { expect, test } from 'vitest';
import { Bit, compute, DEFINED } from '#/model/permissions';
import { choiceOf, explain, withChoice } from './effective';

const [G, A, B, U] = ['1', '2', '3', '9'];
const bit = Bit.SEND_MESSAGES;

test('choices come and go', () => {
  let now = { allow: 0n, deny: 0n };
  now = withChoice(now, bit, 'deny');
  expect(choiceOf({ allow: String(now.allow), deny: String(now.deny) }, bit)).toBe('deny');
  now = withChoice(now, bit, 'allow');
  expect(now).toEqual({ allow: bit, deny: 0n });
  expect(withChoice(now, bit, 'inherit')).toEqual({ allow: 0n, deny: 0n });
});

test('the explanation agrees with the computation', () => {
  const values = ['0', String(bit)];
  for (const everyone of values)
    for (const a of values)
      for (const b of values)
        for (let mask = 0; mask < 81; mask++) {
          const pick = (at: number) => Math.floor(mask / 3 ** at) % 3;
          const overwrites = [G, A, B, U].flatMap((id, at) => {
            const choice = pick(at);
            if (choice === 0) return [];
            const type = (id === U ? 1 : 0) as 0 | 1;
            return [
              { id, type, allow: choice === 1 ? String(bit) : '0', deny: choice === 2 ? String(bit) : '0' },
            ];
          });
          const permissions: Record<string, string> = { [G]: everyone, [A]: a, [B]: b };
          const computed = compute(
            {
              guildId: G,
              ownerId: '0',
              userId: U,
              memberRoles: [A, B],
              role: (id) => ({ permissions: permissions[id] ?? '0' }),
            },
            overwrites,
          );
          const { yes } = explain({
            bit,
            administrator: Bit.ADMINISTRATOR,
            guildId: G,
            owner: false,
            roles: [
              { id: A, permissions: a },
              { id: B, permissions: b },
            ],
            everyone,
            overwrites,
            userId: U,
          });
          expect(yes).toBe((computed & bit) !== 0n);
        }
  expect(DEFINED & bit).toBe(bit);
});
