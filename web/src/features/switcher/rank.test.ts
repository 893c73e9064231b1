import { describe, expect, test } from 'vitest';
import { parseQuery, score } from './rank';

const order = (query: string, ...names: string[]) =>
  names.filter((name) => score(name, query) > 0).toSorted((a, b) => score(b, query) - score(a, query));

describe('quick switcher', () => {
  test('whole, beginning, word, inside, letters – in this order', () => {
    expect(order('gen', 'agenda', 'general', 'gen', 'the-general', 'gardening')).toEqual([
      'gen',
      'general',
      'the-general',
      'agenda',
      'gardening',
    ]);
  });
  test('accents and case do not matter; words in any order', () => {
    expect(score('Léa Müller', 'lea')).toBeGreaterThan(80);
    expect(score('show-and-tell', 'tell show')).toBe(60);
    expect(score('general', 'xyz')).toBe(0);
  });
  test('prefixes choose what is looked for', () => {
    expect(parseQuery('#gen')).toEqual({ scope: 'text', query: 'gen' });
    expect(parseQuery('> theme')).toEqual({ scope: 'commands', query: 'theme' });
    expect(parseQuery(' plain ')).toEqual({ scope: 'all', query: 'plain' });
  });
});
