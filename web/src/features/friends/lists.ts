import { useSyncExternalStore } from 'react';
import { BLOCKED, FRIEND, INCOMING, OUTGOING } from '#/features/people/actions';
import { displayName } from '#/features/people/names';
import { compareNames } from '#/i18n';
import { entity, useList } from '#/store';
import { tables } from '#/store/state';

const byName = (a: string, b: string) => compareNames(displayName(a), displayName(b));
const typeOf = (id: string) => entity('relationships', id)?.type ?? 0;

/** The relationships with their types: a request that becomes a friendship keeps its key. */
function useTypes(): { ids: readonly string[]; types: string } {
  const ids = useList('relationships');
  const types = useSyncExternalStore(
    (listener) => {
      const ends = ids.map((id) => tables.relationships.subscribe(id, listener));
      return () => {
        for (const end of ends) end();
      };
    },
    () => ids.map(typeOf).join(''),
  );
  return { ids, types };
}

export function useFriendLists() {
  const { ids, types } = useTypes();
  const of = (type: number) => ids.filter((_, at) => types[at] === String(type)).toSorted(byName);
  return { friends: of(FRIEND), incoming: of(INCOMING), outgoing: of(OUTGOING), blocked: of(BLOCKED) };
}

export function usePendingRequests(): string[] {
  const { ids, types } = useTypes();
  return ids.filter((_, at) => types[at] === String(INCOMING));
}
