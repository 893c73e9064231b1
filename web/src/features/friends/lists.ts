import { BLOCKED, FRIEND, INCOMING, OUTGOING } from '#/features/people/actions';
import { displayName } from '#/features/people/names';
import { compareNames } from '#/i18n';
import { entity, useList } from '#/store';

const byName = (a: string, b: string) => compareNames(displayName(a), displayName(b));
const ofType = (ids: readonly string[], ...types: number[]) =>
  ids.filter((id) => types.includes(entity('relationships', id)?.type ?? 0)).toSorted(byName);

export function useFriendLists() {
  const ids = useList('relationships');
  return {
    friends: ofType(ids, FRIEND),
    incoming: ofType(ids, INCOMING),
    outgoing: ofType(ids, OUTGOING),
    blocked: ofType(ids, BLOCKED),
  };
}

export const usePendingRequests = (): string[] => ofType(useList('relationships'), INCOMING);
