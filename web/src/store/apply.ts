// The gateway's events, applied to the tables. One handler an event; what nobody handles is counted for diagnostics.
import type { Dispatch } from '#/net/gateway';
import { guildEvents } from './apply-guild';
import { messageEvents } from './apply-message';
import { userEvents } from './apply-user';
import { batch } from './reactive';
import { setSingle, single } from './state';

const handlers: Record<string, (data: never) => void> = { ...userEvents, ...guildEvents, ...messageEvents };
/** Known, and of no consequence for the tables. */
const ignored = new Set([
  'RESUMED',
  'READY_DONE',
  'WEBHOOKS_UPDATE',
  'INVITE_CREATE',
  'INVITE_DELETE',
  'GUILD_BAN_ADD',
  'GUILD_BAN_REMOVE',
  'USER_CONNECTIONS_UPDATE',
  'RECENT_MENTION_DELETE',
  'GUILD_AUDIT_LOG_ENTRY_CREATE',
  'VOICE_SERVER_UPDATE',
  'FAVORITE_MEME_CREATE',
  'FAVORITE_MEME_UPDATE',
  'FAVORITE_MEME_DELETE',
]);

const listeners = new Set<(type: string, data: unknown) => void>();
/** Told after the event is in the tables. */
export function onDispatch(listener: (type: string, data: unknown) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function apply(events: readonly Dispatch[]): void {
  batch(() => {
    for (const { t, d } of events) {
      const handler = handlers[t];
      if (handler) {
        try {
          handler(d as never);
        } catch (error) {
          console.error(`event ${t} could not be applied`, error);
        }
      } else if (!ignored.has(t)) {
        const counted = single('unknownEvents') ?? {};
        setSingle('unknownEvents', { ...counted, [t]: (counted[t] ?? 0) + 1 });
      }
      for (const listener of listeners) listener(t, d);
    }
  });
}
