import { t } from '@lingui/core/macro';
import { openDialog, openFullProfile } from '#/app/layout';
import { copyId } from '#/features/copy';
import { Bit, mayActOn, mayAssign } from '#/model/permissions';
import { entity, list, me, permissions } from '#/store';
import type { MenuEntry } from '#/ui';
import * as people from './actions';
import { mention } from './mention';

function rolesEntry(guildId: string, userId: string): MenuEntry | false {
  const guild = entity('guilds', guildId);
  const self = me()?.id;
  const member = entity('members', `${guildId}:${userId}`);
  if (!guild || !self || !member) return false;
  const caller = { userId: self, roles: entity('members', `${guildId}:${self}`)?.roles };
  const { bits } = permissions(guildId);
  const roles = list('roles', guildId).flatMap((id) => {
    const role = entity('roles', id);
    return role && id !== guildId ? [role] : [];
  });
  const entries = roles.flatMap((role): MenuEntry[] => {
    const held = member.roles.includes(role.id);
    const may = mayAssign(guild.owner_id, caller, bits, role, (id) => entity('roles', id));
    if (!may && !held) return [];
    return [
      {
        id: role.id,
        label: role.name,
        checked: held,
        reason: may ? undefined : t`This role stands above yours.`,
        onSelect: () => void people.setRole(guildId, userId, role.id, !held),
      },
    ];
  });
  return entries.length > 0 && { id: 'roles', label: t`Roles`, submenu: entries };
}

export function moderation(guildId: string, userId: string) {
  const guild = entity('guilds', guildId);
  const self = me()?.id;
  const member = entity('members', `${guildId}:${userId}`);
  if (!guild || !self || self === userId)
    return { kick: false, ban: false, timeout: false, nick: false, until: null };
  const rights = permissions(guildId);
  const above = mayActOn(
    guild.owner_id,
    { userId: self, roles: entity('members', `${guildId}:${self}`)?.roles },
    { userId, roles: member?.roles },
    (id) => entity('roles', id),
  );
  const end = member?.communication_disabled_until;
  return {
    kick: !!member && above && rights.has(Bit.KICK_MEMBERS),
    ban: above && rights.has(Bit.BAN_MEMBERS),
    timeout: !!member && above && rights.has(Bit.MODERATE_MEMBERS),
    nick: !!member && above && rights.has(Bit.MANAGE_NICKNAMES),
    until: end && Date.parse(end) > Date.now() ? end : null,
  };
}

/** The menu of a person, wherever they are met; `guildId` or `groupId` adds what one may do with them there. */
export function personMenu(userId: string, guildId?: string, groupId?: string): MenuEntry[] {
  const user = entity('users', userId);
  const self = me()?.id;
  const type = entity('relationships', userId)?.type;
  const own = userId === self;
  const may = guildId ? moderation(guildId, userId) : null;
  const selfNick = own && guildId && permissions(guildId).has(Bit.CHANGE_NICKNAME);
  return [
    { id: 'profile', label: t`Profile`, onSelect: () => openFullProfile(userId, guildId) },
    !own && { id: 'message', label: t`Message`, onSelect: () => void people.message(userId) },
    !!guildId && { id: 'mention', label: t`Mention`, onSelect: () => mention(userId) },
    'separator',
    type === people.FRIEND && {
      id: 'nickname',
      label: t`Nickname for me…`,
      onSelect: () => openDialog({ kind: 'nickname', userId }),
    },
    !!guildId &&
      (may?.nick || !!selfNick) && {
        id: 'nick',
        label: t`Nickname here…`,
        onSelect: () => openDialog({ kind: 'nickname', userId, guildId }),
      },
    !!groupId &&
      (own || entity('channels', groupId)?.owner_id === self) && {
        id: 'nick',
        label: t`Nickname in this group…`,
        onSelect: () => openDialog({ kind: 'nickname', userId, channelId: groupId }),
      },
    !own &&
      !user?.bot &&
      type === undefined && {
        id: 'add',
        label: t`Add friend`,
        onSelect: () => void people.addFriend(userId),
      },
    type === people.INCOMING && {
      id: 'accept',
      label: t`Accept friend request`,
      onSelect: () => void people.accept(userId),
    },
    type === people.INCOMING && {
      id: 'ignore',
      label: t`Ignore friend request`,
      onSelect: () => void people.removeRelationship(userId),
    },
    type === people.OUTGOING && {
      id: 'withdraw',
      label: t`Withdraw friend request`,
      onSelect: () => void people.removeRelationship(userId),
    },
    !own &&
      !user?.bot && {
        id: 'invite',
        label: t`Invite to a community…`,
        onSelect: () => openDialog({ kind: 'invite-person', userId }),
      },
    !!guildId && rolesEntry(guildId, userId),
    'separator',
    copyId(userId),
    'separator',
    type === people.FRIEND && {
      id: 'unfriend',
      label: t`Remove friend…`,
      danger: true,
      onSelect: () => void people.unfriend(userId),
    },
    !!guildId &&
      may?.timeout &&
      (may.until
        ? {
            id: 'untimeout',
            label: t`End timeout`,
            onSelect: () => void people.endTimeout(guildId, userId),
          }
        : {
            id: 'timeout',
            label: t`Timeout…`,
            danger: true,
            onSelect: () => openDialog({ kind: 'timeout', guildId, userId }),
          }),
    !!guildId &&
      may?.kick && {
        id: 'kick',
        label: t`Kick…`,
        danger: true,
        onSelect: () => openDialog({ kind: 'kick', guildId, userId }),
      },
    !!guildId &&
      may?.ban && {
        id: 'ban',
        label: t`Ban…`,
        danger: true,
        onSelect: () => openDialog({ kind: 'ban', guildId, userId }),
      },
    !own &&
      (type === people.BLOCKED
        ? { id: 'unblock', label: t`Unblock`, onSelect: () => void people.removeRelationship(userId) }
        : { id: 'block', label: t`Block…`, danger: true, onSelect: () => void people.block(userId) }),
    !own && {
      id: 'report',
      label: t`Report…`,
      danger: true,
      onSelect: () => openDialog({ kind: 'report', target: { type: 'user', userId, guildId } }),
    },
  ];
}
