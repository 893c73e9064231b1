import { describe, expect, test } from 'vitest';
import { continueLine, inFence, pasteLink, toggleMark } from './marks';
import { change, difference, fromWire, toWire, withToken } from './model';
import { quality, rank } from './ranking';

const names = (token: string) => ({ '<@1>': '@Ana', '<#2>': '#general', '<:cat:3>': ':cat:' })[token];

describe('the field and the wire', () => {
  test('tokens read as names and are sent as tokens', () => {
    const model = fromWire('hi <@1>, see <#2> <:cat:3> <@9>', names);
    expect(model.text).toBe('hi @Ana, see #general :cat: <@9>');
    expect(toWire(model)).toBe('hi <@1>, see <#2> <:cat:3> <@9>');
  });

  test('typing around a token leaves it, typing within makes it text', () => {
    const model = fromWire('a <@1> b', names);
    expect(toWire(change(model, 'xa @Ana b', 1))).toBe('xa <@1> b');
    expect(toWire(change(model, 'a @Ana bx', 9))).toBe('a <@1> bx');
    expect(toWire(change(model, 'a @Anna b', 6))).toBe('a @Anna b');
    expect(toWire(change(model, '', 0))).toBe('');
  });

  test('undo brings a token back', () => {
    const labels = new Map([['@Ana', '<@1>']]);
    const gone = change(fromWire('a <@1> b', names), 'a  b', 2);
    expect(toWire(change(gone, 'a @Ana b', 6, labels))).toBe('a <@1> b');
  });

  test('a chosen suggestion becomes a token', () => {
    const typed = change({ text: 'hi @an', tokens: [] }, 'hi @Ana ', 8);
    expect(toWire(withToken(typed, { start: 3, end: 7, wire: '<@1>' }))).toBe('hi <@1> ');
  });

  test('the caret tells which of equal letters was typed', () => {
    expect(difference('aa', 'aaa', 1)).toEqual([0, 0, 1]);
    expect(difference('aa', 'aaa', 3)).toEqual([2, 2, 3]);
    expect(difference('abc', 'abc', 3)).toEqual([3, 3, 3]);
  });

  test('any series of changes keeps tokens on their names', () => {
    let seed = 3;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      let model = fromWire('one <@1> two <#2> three <:cat:3> four', names);
      for (let step = 0; step < 6; step++) {
        const at = random(model.text.length + 1);
        const cut = Math.min(random(4), model.text.length - at);
        const add = 'xy z'.slice(0, random(5));
        model = change(model, model.text.slice(0, at) + add + model.text.slice(at + cut), at + add.length);
        for (const token of model.tokens)
          expect(model.text.slice(token.start, token.end)).toBe(names(token.wire));
      }
    }
  });
});

describe('keys that write marks', () => {
  test('marks go on and off', () => {
    const on = toggleMark('a word b', 2, 6, '**');
    expect(on).toEqual({ start: 2, end: 6, text: '**word**', select: [4, 8] });
    expect(toggleMark('a **word** b', 4, 8, '**')).toEqual({
      start: 2,
      end: 10,
      text: 'word',
      select: [2, 6],
    });
    expect(toggleMark('a **word** b', 2, 10, '**').text).toBe('word');
  });

  test('lists and quotes go on, empty items end', () => {
    expect(continueLine('- a', 3)?.text).toBe('\n- ');
    expect(continueLine('  9. a', 6)?.text).toBe('\n  10. ');
    expect(continueLine('> a', 3)?.text).toBe('\n> ');
    expect(continueLine('- a\n- ', 6)).toEqual({ start: 4, end: 6, text: '', select: [4, 4] });
    expect(continueLine('a', 1)).toBeNull();
  });

  test('fences', () => {
    expect(inFence('```js\nx', 7)).toBe(true);
    expect(inFence('```x``` y', 9)).toBe(false);
  });

  test('an address pasted on words', () => {
    expect(pasteLink('see this', 4, 8, 'https://a.b ')?.text).toBe('[this](https://a.b)');
    expect(pasteLink('see this', 4, 4, 'https://a.b')).toBeNull();
    expect(pasteLink('https://x.y', 0, 11, 'https://a.b')).toBeNull();
  });
});

describe('ranking', () => {
  test('exact, prefix, word, within, letters', () => {
    expect(['ana', 'anabel', 'miss ana', 'banana', 'a n a'].map((name) => quality(name, 'ana'))).toEqual([
      0, 1, 2, 3, 4,
    ]);
    expect(quality('bob', 'ana')).toBeUndefined();
    expect(quality('Élodie', 'elo')).toBe(1);
  });

  test('then who spoke last, then what is used', () => {
    const people = [
      { names: ['Anabel'], used: 9 },
      { names: ['Anatol'], recent: 1 },
      { names: ['Anais'], recent: 0 },
      { names: ['Ana'] },
    ];
    expect(rank(people, 'ana').map((one) => one.names[0])).toEqual(['Ana', 'Anais', 'Anatol', 'Anabel']);
  });
});
