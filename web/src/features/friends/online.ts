import { useSyncExternalStore } from 'react';
import { entity } from '#/store';
import { tables } from '#/store/state';

const isOnline = (id: string) => {
  const status = entity('presences', id)?.status;
  return status !== undefined && status !== 'offline' && status !== 'invisible';
};

/** Those of them who are online; renewed when one of them comes or goes. */
export function useOnlineFriends(ids: readonly string[]): string[] {
  const states = useSyncExternalStore(
    (listener) => {
      const ends = ids.map((id) => tables.presences.subscribe(id, listener));
      return () => {
        for (const end of ends) end();
      };
    },
    () => ids.map((id) => (isOnline(id) ? '1' : '0')).join(''),
  );
  return ids.filter((_, index) => states[index] === '1');
}
