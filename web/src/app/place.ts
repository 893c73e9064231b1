// Where the person is, out of the address.
import { useAddress } from './routing';

export interface Place {
  /** A community's id, `@me`, `@favorites`, or null outside /channels. */
  guildId: string | null;
  channelId: string | null;
  path: string;
  /** The phone's list of conversations and the friends share an address. */
  friends: boolean;
}

export function placeOf(path: string, search = ''): Place {
  const friends = search.startsWith('?friends');
  const match = /^\/channels\/([^/]+)(?:\/(\d+))?/.exec(path);
  if (!match) return { guildId: null, channelId: null, path, friends };
  return { guildId: decodeURIComponent(match[1] ?? ''), channelId: match[2] ?? null, path, friends };
}

/** Settings lie over the place they were opened from; the panes below keep it. */
export function usePlace(): Place {
  const { path, search } = useAddress();
  return placeOf(path, search);
}
export const usePath = (): string => useAddress().path;
export const place = (): Place => placeOf(location.pathname, location.search);
export const isCommunity = (guildId: string | null): guildId is string => /^\d+$/.test(guildId ?? '');
