import { expect, test } from 'vitest';
import { nameFrom } from './expressions';

test('names come from files', () => {
  expect(nameFrom('Party Parrot.gif')).toBe('Party_Parrot');
  expect(nameFrom('über-cool!.png')).toBe('u_ber_cool');
  expect(nameFrom('x.png')).toBe('x_1');
  expect(nameFrom('….png')).toBe('emoji_1');
  expect(nameFrom(`${'a'.repeat(50)}.png`)).toHaveLength(32);
});
