// How somebody is shown: online, away, busy, offline. One's own status is the setting, not what others see.

import { useMinute } from '#/i18n';
import { type Tables, useEntity, useMe, useSettings } from '#/store';
import type { Status } from '#/ui';

export type Shown = 'online' | 'idle' | 'dnd' | 'offline' | 'invisible';
/** Invisible looks like offline. */
export const mark = (status: Shown | undefined): Status | undefined =>
  status === 'invisible' ? 'offline' : status;

export const useStatus = (userId: string | undefined): Shown | undefined => {
  const me = useMe()?.id;
  const own = useSettings()?.status;
  const status = useEntity('presences', userId, (row) => row?.status);
  if (!userId) return undefined;
  if (userId === me) return (own as Shown | undefined) ?? 'online';
  return status === 'invisible' ? 'offline' : (status ?? 'offline');
};

type Custom = NonNullable<Tables['presences']['custom_status']>;

/** In words, without one that is over by our clock, whether or not the server has said so. */
export const statusWords = (status: Custom | null | undefined, now: number): string => {
  if (!status) return '';
  if (status.expires_at && Date.parse(status.expires_at) <= now) return '';
  const emoji = status.emoji_id ? '' : (status.emoji_name ?? '');
  return [emoji, status.text ?? ''].filter(Boolean).join(' ');
};

/** The custom status in words, empty when there is none or it has run out. */
export function useCustomStatus(userId: string | undefined): string {
  const me = useMe()?.id;
  const own = useSettings()?.custom_status;
  const theirs = useEntity('presences', userId, (row) => row?.custom_status);
  const now = useMinute();
  return statusWords(userId === me ? own : theirs, now);
}
