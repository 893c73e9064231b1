import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// The module looks for a page when it is loaded.
beforeEach(() => vi.stubGlobal('navigator', { platform: 'Linux x86_64' }));
afterEach(() => vi.unstubAllGlobals());

type Press = Partial<Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>>;
const press = (event: Press) =>
  ({
    key: '',
    code: '',
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...event,
  }) as KeyboardEvent;

test('a combination is known by what is typed', async () => {
  const { keysOf, normalKeys } = await import('./hotkeys');
  expect(keysOf(press({ key: 'k', code: 'KeyK', ctrlKey: true }))).toContain('Mod+K');
  expect(keysOf(press({ key: 'ArrowUp', code: 'ArrowUp', altKey: true, shiftKey: true }))).toContain(
    'Alt+Shift+Up',
  );
  expect(normalKeys('Shift+Alt+up')).toBe('Alt+Shift+up');
  expect(normalKeys('shift+k')).toBe('shift+K');
});

test('on AZERTY the letter counts, not its place', async () => {
  const { keysOf } = await import('./hotkeys');
  const keys = keysOf(press({ key: 'a', code: 'KeyQ', ctrlKey: true }));
  expect(keys).toContain('Mod+A');
  expect(keys).not.toContain('Mod+Q');
});

test('where no Latin letter is typed, its place counts', async () => {
  const { keysOf } = await import('./hotkeys');
  expect(keysOf(press({ key: 'л', code: 'KeyK', ctrlKey: true }))).toContain('Mod+K');
});

test('a symbol behind Shift is itself: Mod+/ on a German keyboard is Shift+7', async () => {
  const { keysOf } = await import('./hotkeys');
  expect(keysOf(press({ key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true }))).toContain('Mod+/');
});
