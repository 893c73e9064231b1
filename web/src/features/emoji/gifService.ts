// The service GIFs are searched at: the instance says which, or that there is none.
import { discovery } from '#/store/session';

export function gifService(): 'klipy' | 'tenor' | undefined {
  const { provider, enabled } = discovery().gif;
  // The server names a provider even when it has no key for it; only one it can ask is offered.
  if (!enabled) return undefined;
  return provider === 'klipy' || provider === 'tenor' ? provider : undefined;
}
