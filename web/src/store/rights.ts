// One's own permissions, kept by community and channel until a role, the own member or an overwrite changes.
import { compute, EVERYTHING } from '#/model/permissions';
import { Derived } from './reactive';
import { channelsIn, follow, myId, myMember, onReset, tables } from './state';

const key = (guildId: string, channelId?: string | null): string => `${guildId}/${channelId ?? ''}`;

let seen: { guildId: string; roles: readonly string[] } | undefined;

export const rights = new Derived<bigint>((where) => {
  const [guildId = '', channelId = ''] = where.split('/');
  if (!guildId) return EVERYTHING; // direct messages: every check passes
  const guild = tables.guilds.get(guildId);
  const me = myId();
  if (!guild || !me) return 0n;
  const as = seen?.guildId === guildId ? seen.roles : undefined;
  return compute(
    {
      guildId,
      ownerId: guild.owner_id,
      userId: as ? '' : me,
      memberRoles: as ?? myMember(guildId)?.roles,
      role: (id) => tables.roles.get(id),
    },
    channelId ? tables.channels.get(channelId)?.permission_overwrites : undefined,
  );
});
export const rightsKey = key;

/** Computes a community as somebody with these roles sees it; `null` as oneself again. */
export function seeAs(guildId: string, roles: readonly string[] | null): void {
  seen = roles ? { guildId, roles } : undefined;
  rights.touch(key(guildId));
  for (const channel of channelsIn.get(guildId)) rights.touch(key(guildId, channel));
}

follow.permissions.push((guildId) => {
  rights.touch(key(guildId));
  for (const channel of channelsIn.get(guildId)) rights.touch(key(guildId, channel));
});
follow.channel.push((id, guildId, now, was) => {
  if (guildId && now?.permission_overwrites !== was?.permission_overwrites) rights.touch(key(guildId, id));
});
onReset.push(() => rights.touchAll());
