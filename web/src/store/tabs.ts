// Several tabs of one account: who of them notifies (the holder of a lock), and what they tell each other because the
// server does not.

export type Told =
  | { acks: readonly { channel_id: string; message_id: string }[] }
  | { draft: string }
  | { read: string }
  | { setting: string }
  | { signedOut: true };

let channel: BroadcastChannel | undefined;
let release: (() => void) | undefined;
let leading = false;
const listeners = new Set<(told: Told) => void>();

export const onTabs = (listener: (told: Told) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export function tell(told: Told): void {
  channel?.postMessage(told);
}
/** Whether this tab is the one that notifies and rings. */
export const isLeader = (): boolean => leading;

export function joinTabs(userId: string): void {
  leaveTabs();
  if (typeof BroadcastChannel !== 'undefined' && typeof window !== 'undefined') {
    channel = new BroadcastChannel(`fluxer:${userId}`);
    channel.onmessage = (event: MessageEvent) => {
      for (const listener of listeners) listener(event.data as Told);
    };
  }
  const locks = globalThis.navigator?.locks;
  if (!locks) {
    leading = true;
    return;
  }
  const abort = new AbortController();
  let done: () => void = () => {};
  release = () => {
    abort.abort();
    done();
  };
  locks
    .request(`fluxer:leader:${userId}`, { signal: abort.signal }, () => {
      leading = true;
      return new Promise<void>((resolve) => {
        done = resolve;
      });
    })
    .catch(() => {});
}
export function leaveTabs(): void {
  channel?.close();
  channel = undefined;
  release?.();
  release = undefined;
  leading = false;
}
