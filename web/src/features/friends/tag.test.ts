import { expect, test } from 'vitest';
import { parseTag } from './tag';

test('a name and its number are read as people write them', () => {
  expect(parseTag('ana#0007')).toEqual({ username: 'ana', discriminator: '0007' });
  expect(parseTag(' @ana # 7 ')).toEqual({ username: 'ana', discriminator: '0007' });
  expect(parseTag('ana')).toBeNull();
  expect(parseTag('#0007')).toBeNull();
  expect(parseTag('ana#12345')).toBeNull();
});
