// What names typed in a search mean, where it is made.
import { speakers } from '#/features/chat/loaded';
import { entity, list, me, searchMembers } from '#/store';
import type { Names } from './query';

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** People one may mean: members that are known, those one talks to, oneself. */
export function peopleIn(
  channelId: string,
  guildId: string | undefined,
  extra: readonly string[] = [],
): { id: string; name: string; hint: string }[] {
  const ids = new Set<string>();
  const own = me()?.id;
  if (own) ids.add(own);
  for (const user of entity('channels', channelId)?.recipients ?? []) ids.add(user.id);
  for (const id of speakers(channelId)) ids.add(id);
  for (const id of extra) ids.add(id);
  for (const id of list('relationships')) ids.add(id);
  return [...ids].flatMap((id) => {
    const user = entity('users', id);
    if (!user) return [];
    const nick = guildId ? entity('members', `${guildId}:${id}`)?.nick : undefined;
    return [{ id, name: nick || user.global_name || user.username, hint: user.username }];
  });
}

const named = /(?:from|mentions):(?:"([^"]+)"|(\S+))/giu;

/** Members that the text names are fetched first: not all of a large community are known here. */
export async function namesIn(text: string, channelId: string, guildId: string | undefined): Promise<Names> {
  const wanted = [...text.matchAll(named)].map((match) => (match[1] ?? match[2] ?? '').replace(/^@/, ''));
  const found = guildId
    ? await Promise.all(wanted.map((name) => searchMembers(guildId, name).catch(() => [])))
    : [];
  const people = peopleIn(channelId, guildId, found.flat());
  return {
    person: (name) => {
      const folded = fold(name.replace(/^@/, ''));
      if (folded === 'me') return me()?.id;
      return people.find((one) => fold(one.name) === folded || fold(one.hint) === folded)?.id;
    },
    channel: (name) => {
      const folded = fold(name);
      const all = guildId ? list('channels', guildId) : [];
      return all.find((id) => fold(entity('channels', id)?.name ?? '') === folded);
    },
  };
}
