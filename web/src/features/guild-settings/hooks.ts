// What the pages of a community's settings share.
import { useRef, useSyncExternalStore } from 'react';
import type { Channel, Guild, Role } from '#/api/types';
import { useParams } from '#/app/routing';
import { mayEditRole, top } from '#/model/permissions';
import { entity, useEntity, useList, useMe, usePermissions } from '#/store';
import { sameList } from '#/store/reactive';
import { tables } from '#/store/state';

export const useGuildId = () => useParams().guildId ?? '';

/** The community of the address; the frame shows pages only when it is there. */
export function useGuild(): Guild {
  return useEntity('guilds', useGuildId()) as Guild;
}

/** The roles, highest first, as they are now: whoever else changes one is seen. */
export function useRoles(guildId: string): Role[] {
  'use no memo'; // The compiler would keep the rows of the first look.
  const ids = useList('roles', guildId);
  const shown = useRef<Role[]>([]);
  const subscribe = (listener: () => void) => {
    const ends = ids.map((id) => tables.roles.subscribe(id, listener));
    return () => {
      for (const end of ends) end();
    };
  };
  return useSyncExternalStore(subscribe, () => {
    const now = ids.flatMap((id) => entity('roles', id) ?? []);
    if (!sameList(shown.current, now)) shown.current = now;
    return shown.current;
  });
}

export function useChannels(guildId: string, types: number[]): Channel[] {
  const ids = useList('channels', guildId);
  return ids.flatMap((id) => {
    const channel = entity('channels', id);
    return channel && types.includes(channel.type) ? [channel] : [];
  });
}

/** What the viewer may do with roles: those at or above the own highest one are out of reach. */
export function useRoleRights(guildId: string) {
  const guild = useEntity('guilds', guildId);
  const me = useMe();
  const member = useEntity('members', `${guildId}:${me?.id}`);
  const { bits } = usePermissions(guildId);
  const owner = guild?.owner_id === me?.id;
  const height = top(member?.roles, (id) => entity('roles', id));
  return {
    owner,
    bits,
    /** A role may be changed, moved and given. */
    reach: (role: Role) => owner || role.position < height,
    /** A permission may be given or taken. */
    grant: (bit: bigint) => owner || (bits & bit) === bit,
  };
}
export { mayEditRole };
