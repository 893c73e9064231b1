// Who is signed in, and whether the page hears the server.
import { useSyncExternalStore } from 'react';
import type { Discovery } from '#/api/types';
import type { Account, SessionState } from './types';

let state: SessionState = { phase: 'boot', since: Date.now(), loaded: false };
const listeners = new Set<() => void>();

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get);
}

export const session = {
  get: (): SessionState => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Begins: looks for an account on this device and connects. Called once by the boot. */
  async start(): Promise<void> {
    state = { phase: 'signed-out', since: Date.now(), loaded: false };
    for (const listener of listeners) listener();
  },
  async signIn(_token: string, _userId: string): Promise<void> {},
  /** Ends the account's session here and at the server; drafts stay unless told otherwise. */
  async signOut(_options?: { dropDrafts?: boolean }): Promise<void> {},
  async accounts(): Promise<Account[]> {
    return [];
  },
  async switchTo(_accountId: string): Promise<void> {},
  retryNow(): void {},
  /** The gateway's session, which operations name that shall not be echoed to it. */
  gatewaySession: (): string | undefined => undefined,
};

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
export async function loadDiscovery(): Promise<Discovery> {
  try {
    return discovery();
  } catch {
    const answer = await fetch('/.well-known/fluxer');
    document_ = (await answer.json()) as Discovery;
    return document_;
  }
}
