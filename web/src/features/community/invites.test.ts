import { expect, test } from 'vitest';
import { inviteCode } from './invites';

test('an invite is found in what people paste', () => {
  expect(inviteCode('https://chat.example/invite/abcDEF12')).toBe('abcDEF12');
  expect(inviteCode('chat.example/invite/abcDEF12/')).toBe('abcDEF12');
  expect(inviteCode(' <https://chat.example/invite/my-town?x=1> ')).toBe('my-town');
  expect(inviteCode('abcDEF12')).toBe('abcDEF12');
  expect(inviteCode('two words')).toBeNull();
  expect(inviteCode('https://chat.example/')).toBeNull();
  expect(inviteCode('')).toBeNull();
});
