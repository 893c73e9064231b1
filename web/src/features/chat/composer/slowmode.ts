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
  const set = useEntity('channels', channelId, (channel) => channel?.rate_limit_per_user ?? 0);
  const exempt = usePermissions(guildId, channelId).has(Bit.BYPASS_SLOWMODE);
  const every = exempt ? 0 : set;
  // The clock is read in the effect only: what is computed while drawing is kept from one time to the next.
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!every) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      const wait = (last.get(channelId) ?? 0) + every * 1000 - Date.now();
      setLeft(Math.max(0, Math.ceil(wait / 1000)));
      if (wait > 0) timer = setTimeout(look, wait % 1000 || 1000);
    };
    look();
    listeners.add(look);
    return () => {
      listeners.delete(look);
      clearTimeout(timer);
    };
  }, [channelId, every]);
  return { every, left: every ? left : 0 };
}
