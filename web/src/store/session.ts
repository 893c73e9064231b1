// Who is signed in, and whether the page hears the server: starts the network worker, hands its events to the tables,
// and swaps everything when the account changes.
import { useSyncExternalStore } from 'react';
import type { Discovery } from '#/api/types';
import { call, startWorker } from '#/net/client';
import type { Port, Properties, ToPage } from '#/net/protocol';
import type { Account, SessionState } from './types';

let state: SessionState = { phase: 'boot', since: Date.now(), loaded: false };
const listeners = new Set<() => void>();
let gatewaySession: string | undefined;

function change(now: Partial<SessionState>): void {
  state = { ...state, ...now };
  for (const listener of listeners) listener();
}

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get);
}

/** The parts that live on an account's data; loaded with the store, told of its coming and going. */
export interface Life {
  told(message: Exclude<ToPage, { id: number } | { shown: true }>): void;
  /** Reads what the device keeps; true when there is something to show. */
  begin(userId: string): Promise<boolean>;
  initialGuild(): string | undefined;
  status(): string | undefined;
  /** The server asks for something before anything else. */
  required(): boolean;
  end(how: { wipe: boolean; dropDrafts: boolean }): Promise<void>;
}
let life: Life | undefined;
export const live = (given: Life): void => {
  life = given;
};

async function begin(userId: string): Promise<void> {
  change({ phase: 'connecting', userId, since: Date.now(), reason: undefined, loaded: false });
  const snapshot = await (life?.begin(userId) ?? Promise.resolve(false));
  if (state.userId !== userId) return;
  change({ loaded: snapshot });
  const initialGuild = life?.initialGuild();
  const status = life?.status();
  await call('connect', { ...(initialGuild ? { initialGuild } : {}), ...(status ? { status } : {}) });
}

function heard(message: Exclude<ToPage, { id: number } | { shown: true }>): void {
  if ('phase' in message) {
    gatewaySession = message.session ?? gatewaySession;
    const { phase, reason, retryAt, since } = message;
    if (phase === 'closed' || state.phase === 'signed-out') return;
    if (phase !== 'live') change({ phase, reason, retryAt, since });
    else if (life?.required())
      change({ phase: 'action-required', reason: undefined, retryAt: undefined, since });
    else if (state.loaded || state.phase !== 'connecting')
      change({ phase: 'live', reason: undefined, retryAt: undefined, since });
  }
  if ('signedOut' in message) {
    void life?.end({ wipe: true, dropDrafts: false });
    change({
      phase: 'signed-out',
      userId: undefined,
      reason: 'signed-out-elsewhere',
      since: Date.now(),
      loaded: false,
    });
  }
  if ('outdated' in message) globalThis.location?.reload();
  life?.told(message);
}

let starting: Promise<void> | undefined;

export const session = {
  get: (): SessionState => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Begins: looks for an account on this device and connects. Further calls wait for the first. */
  start(port?: Port): Promise<void> {
    starting ??= session.begin(port);
    return starting;
  },
  async begin(port?: Port): Promise<void> {
    const { endpoints } = await loadDiscovery();
    startWorker(heard, port);
    const about = { endpoints: { api: endpoints.api, gateway: endpoints.gateway }, properties: properties() };
    const account = await call('boot', about);
    watch();
    if (account) await begin(account.userId);
    else change({ phase: 'signed-out', since: Date.now() });
  },
  async signIn(token: string, userId: string): Promise<void> {
    await life?.end({ wipe: false, dropDrafts: false });
    await call('signIn', token, userId);
    await begin(userId);
  },
  /** Ends the account's session here and at the server; drafts stay unless told otherwise. */
  async signOut({ dropDrafts = false } = {}): Promise<void> {
    const next = (await call('accounts')).find((account) => !account.current);
    const out = { userId: undefined, reason: undefined, since: Date.now(), loaded: false };
    // With another account to go on with nobody is led to the sign-in.
    change({ ...out, phase: next ? 'boot' : 'signed-out' });
    await call('signOut');
    await life?.end({ wipe: true, dropDrafts });
    if (next) await session.switchTo(next.id);
  },
  accounts: (): Promise<Account[]> => call('accounts'),
  /** Signs in the device that shows this code; the token never comes to the page. */
  handOff: (code: string): Promise<undefined> => call('handOff', code),
  /** The other account's sign-in, with this one kept: `signIn` adds it. */
  async switchTo(accountId: string): Promise<void> {
    if (state.userId) await life?.end({ wipe: false, dropDrafts: false });
    change({ phase: 'boot', userId: undefined, reason: undefined, since: Date.now(), loaded: false });
    const account = await call('switchTo', accountId);
    if (account) await begin(account.userId);
    else change({ phase: 'signed-out', userId: undefined, since: Date.now(), loaded: false });
  },
  retryNow(): void {
    void call('wake');
  },
  /** The gateway's session, which operations name that shall not be echoed to it. */
  gatewaySession: (): string | undefined => (state.phase === 'live' ? gatewaySession : undefined),
  /** READY is in the tables. */
  loaded(): void {
    const actionRequired = life?.required() ?? false;
    change({
      loaded: true,
      phase: actionRequired ? 'action-required' : 'live',
      reason: undefined,
      retryAt: undefined,
      since: Date.now(),
    });
  },
};

function properties(): Properties {
  const agent = globalThis.navigator?.userAgent ?? '';
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)/.exec(agent)?.[1] ?? 'Browser';
  const os = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1] ?? 'Unknown';
  return { os, browser, device: /Mobi/.test(agent) ? 'mobile' : 'desktop' };
}

let watching = false;
function watch(): void {
  if (watching || typeof window === 'undefined') return;
  watching = true;
  window.addEventListener('online', () => void call('wake'));
  window.addEventListener('offline', () => void call('lost'));
  document.addEventListener('visibilitychange', () => {
    const hidden = document.visibilityState === 'hidden';
    void call('hidden', hidden);
    if (!hidden) void call('wake');
  });
}

let document_: Discovery | undefined;
/** The instance's description; there after `loadDiscovery`. */
export function discovery(): Discovery {
  if (!document_) {
    const inlined = globalThis.document?.getElementById('fluxer-discovery')?.textContent;
    if (!inlined) throw new Error('discovery() before loadDiscovery()');
    document_ = JSON.parse(inlined) as Discovery;
  }
  return document_;
}
export async function loadDiscovery(from = ''): Promise<Discovery> {
  try {
    return discovery();
  } catch {
    const answer = await fetch(`${from}/.well-known/fluxer`);
    document_ = (await answer.json()) as Discovery;
    return document_;
  }
}
