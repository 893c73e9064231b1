import { expect, test } from 'vitest';
import { firstEmoji } from './emoji';

test('an emoji at the beginning is the sign of the status', () => {
  expect(firstEmoji('🏔️ hiking')).toEqual({ emoji: '🏔️', rest: 'hiking' });
  expect(firstEmoji('👩‍💻 at work')).toEqual({ emoji: '👩‍💻', rest: 'at work' });
  expect(firstEmoji('🇩🇪')).toEqual({ emoji: '🇩🇪', rest: '' });
  expect(firstEmoji('at work 🎉')).toEqual({ emoji: null, rest: 'at work 🎉' });
  expect(firstEmoji('')).toEqual({ emoji: null, rest: '' });
});
