// How long one has to wait in a channel with slow mode, counted on this device since the last message.
import { useEffect, useState } from 'react';
import { Bit } from '#/model/permissions';
import { useEntity, usePermissions } from '#/store';

const last = new Map<string, number>();
const listeners = new Set<() => void>();

export function sentNow(channelId: string): void {
  last.set(channelId, Date.now());
  for (const listener of listeners) listener();
}

/** Seconds until the next message may be sent; 0 at once. */
export function useSlowmode(channelId: string, guildId?: string): { every: number; left: number } {
  const every = useEntity('channels', channelId, (channel) => channel?.rate_limit_per_user ?? 0);
  const exempt = usePermissions(guildId, channelId).has(Bit.BYPASS_SLOWMODE);
  const [, tick] = useState(0);
  const until = (last.get(channelId) ?? 0) + every * 1000;
  useEffect(() => {
    if (!every || exempt) return;
    const again = () => tick((count) => count + 1);
    listeners.add(again);
    const timer = setInterval(() => Date.now() < until + 1000 && again(), 1000);
    return () => {
      listeners.delete(again);
      clearInterval(timer);
    };
  }, [every, exempt, until]);
  if (!every || exempt) return { every: 0, left: 0 };
  return { every, left: Math.max(0, Math.ceil((until - Date.now()) / 1000)) };
}
