import { entity, list, useEntity, useList } from '#/store';
import { useReadable } from '#/ui';

/** The colour somebody's name has in a community: that of the highest role that has one. */
export function useRoleColor(guildId: string | undefined, userId: string): string | undefined {
  const roles = useEntity('members', guildId ? `${guildId}:${userId}` : null, (row) => row?.roles);
  const order = useList('roles', guildId);
  const id = roles?.length
    ? order.find((one) => roles.includes(one) && entity('roles', one)?.color)
    : undefined;
  return useReadable(useEntity('roles', id, (role) => role?.color));
}

export const rolesOf = (guildId: string, userId: string): string[] => {
  const roles = entity('members', `${guildId}:${userId}`)?.roles ?? [];
  return list('roles', guildId).filter((id) => roles.includes(id));
};
