import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** The browser's history, as far as it matters: traversals come later, and tell. */
class Entries {
  list: { state: unknown; url: string }[] = [{ state: null, url: '/start?from=mail' }];
  at = 0;
  heard: (() => void)[] = [];
  get state() {
    return this.list[this.at]?.state ?? null;
  }
  get location() {
    const { pathname, search, hash } = new URL(this.list[this.at]?.url ?? '/', 'http://localhost');
    return { pathname, search, hash };
  }
  pushState(state: unknown, _: string, url: string) {
    this.list.splice(++this.at, Number.POSITIVE_INFINITY, { state, url });
  }
  replaceState(state: unknown, _: string, url = this.list[this.at]?.url ?? '/') {
    this.list[this.at] = { state, url };
  }
  go(by: number) {
    setTimeout(() => {
      if (!this.list[this.at + by]) return;
      this.at += by;
      for (const tell of this.heard) tell();
    });
  }
  back() {
    this.go(-1);
  }
  /** A click on a link within the page. */
  hash(hash: string) {
    this.pushState(null, '', this.location.pathname + this.location.search + hash);
    for (const tell of this.heard) tell();
  }
  get urls() {
    return this.list.map(({ url }) => url);
  }
}

let entries: Entries;
let nav: typeof import('./navigation');
const settle = () => vi.runAllTimersAsync();
const path = () => nav.address().path;

beforeEach(async () => {
  entries = new Entries();
  vi.resetModules();
  vi.stubGlobal('history', entries);
  vi.stubGlobal('window', {
    addEventListener: (_: string, tell: () => void) => entries.heard.push(tell),
  });
  vi.stubGlobal('location', {
    get pathname() {
      return entries.location.pathname;
    },
    get search() {
      return entries.location.search;
    },
  });
  nav = await import('./navigation');
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('begins where the browser is; going somewhere adds a page, replacing adds none', async () => {
  expect(nav.address()).toEqual({ path: '/start', search: '?from=mail', index: 0 });
  const told = vi.fn();
  const end = nav.onAddress(told);
  await nav.navigate('/a?x=1');
  expect(nav.address()).toEqual({ path: '/a', search: '?x=1', index: 1 });
  await nav.navigate('/b', true);
  expect(nav.address()).toEqual({ path: '/b', search: '', index: 1 });
  await nav.navigate('/b');
  expect(entries.urls).toEqual(['/start?from=mail', '/b']);
  expect(told).toHaveBeenCalledTimes(3);
  end();
  await nav.navigate('/c');
  expect(told).toHaveBeenCalledTimes(3);
});

test('without anybody objecting the address changes at once', () => {
  void nav.navigate('/a');
  expect(path()).toBe('/a');
});

test('back and forward are followed, and what lay ahead goes when one goes elsewhere', async () => {
  await nav.navigate('/a');
  await nav.navigate('/b');
  nav.goBack();
  await settle();
  expect(nav.address()).toMatchObject({ path: '/a', index: 1 });
  entries.go(1);
  await settle();
  expect(nav.address()).toMatchObject({ path: '/b', index: 2 });
  entries.go(-2);
  await settle();
  expect(nav.address()).toMatchObject({ path: '/start', search: '?from=mail', index: 0 });
  await nav.navigate('/c');
  expect(entries.urls).toEqual(['/start?from=mail', '/c']);
});

test('after a reload the page knows how many of its own lie behind it', async () => {
  await nav.navigate('/a');
  entries.heard = [];
  vi.resetModules();
  nav = await import('./navigation');
  expect(nav.address()).toMatchObject({ path: '/a', index: 1 });
  nav.goBack();
  await settle();
  expect(nav.address()).toMatchObject({ path: '/start', index: 0 });
});

test('a link within the page is a page of its own behind which Back leads', async () => {
  await nav.navigate('/a');
  entries.hash('#part');
  await settle();
  expect(nav.address()).toMatchObject({ path: '/a', index: 2 });
  nav.goBack();
  await settle();
  expect(nav.address()).toMatchObject({ path: '/a', index: 1 });
});

test('who objects keeps one where one is, until nobody does', async () => {
  await nav.navigate('/form');
  let stay = true;
  const asked = vi.fn(async () => stay);
  const end = nav.onLeave(asked);
  await nav.navigate('/elsewhere');
  expect(path()).toBe('/form');
  stay = false;
  await nav.navigate('/elsewhere');
  expect(path()).toBe('/elsewhere');
  expect(asked).toHaveBeenCalledTimes(2);
  end();
  await nav.navigate('/form');
  expect(asked).toHaveBeenCalledTimes(2);
});

test('Back is taken back while one is asked, and happens after a yes', async () => {
  await nav.navigate('/a');
  await nav.navigate('/form');
  let answer: (stay: boolean) => void = () => {};
  const asked = vi.fn(
    () =>
      new Promise<boolean>((resolve) => {
        answer = resolve;
      }),
  );
  nav.onLeave(asked);
  entries.go(-2);
  await settle();
  expect([path(), entries.at]).toEqual(['/form', 2]);
  answer(true);
  await settle();
  expect([path(), entries.at]).toEqual(['/form', 2]);
  entries.go(-2);
  await settle();
  answer(false);
  await settle();
  expect([path(), entries.at]).toEqual(['/start', 0]);
  expect(asked).toHaveBeenCalledTimes(2);
});

test('there is one question at a time', async () => {
  await nav.navigate('/a');
  await nav.navigate('/form');
  let answer: (stay: boolean) => void = () => {};
  const asked = vi.fn(
    () =>
      new Promise<boolean>((resolve) => {
        answer = resolve;
      }),
  );
  nav.onLeave(asked);
  void nav.navigate('/elsewhere');
  nav.goBack();
  await settle();
  expect([path(), entries.at, asked.mock.calls.length]).toEqual(['/form', 2, 1]);
  answer(false);
  await settle();
  expect([path(), entries.at]).toEqual(['/elsewhere', 3]);
});

test('an answer that comes at once waits for the way back', async () => {
  await nav.navigate('/form');
  nav.onLeave(async () => false);
  nav.goBack();
  await settle();
  expect([path(), entries.at]).toEqual(['/start', 0]);
});
