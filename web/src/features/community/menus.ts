import { t } from '@lingui/core/macro';
import { openDialog, openGuildSettings, openSettings } from '#/app/layout';
import { changeFolder, current, dissolve, folderOf, moveItem, newFolder, stepItem } from '#/app/rail/actions';
import { toggleFolder, useOpenFolders } from '#/app/rail/open';
import { copyId } from '#/features/copy';
import { isMuted, muteEntry, muteGuild } from '#/features/mute';
import { Bit } from '#/model/permissions';
import { ackMany, entity, list, me, permissions, unread, updateGuildSettings } from '#/store';
import type { MenuEntry } from '#/ui';

export const readable = (guildId: string) =>
  list('channels', guildId).filter((id) => permissions(guildId, id).has(Bit.VIEW_CHANNEL));

export function markGuildRead(guildId: string): void {
  ackMany(readable(guildId).filter((id) => unread('channel', id).unread));
}

/** The channel an invite to the community leads to: where joining is announced, else the first. */
export function inviteChannel(guildId: string): string | undefined {
  const allowed = (id: string) => permissions(guildId, id).has(Bit.CREATE_INSTANT_INVITE | Bit.VIEW_CHANNEL);
  const system = entity('guilds', guildId)?.system_channel_id;
  if (system && allowed(system)) return system;
  return list('channels', guildId).find((id) => entity('channels', id)?.type === 0 && allowed(id));
}

const SETTINGS = [
  Bit.MANAGE_GUILD,
  Bit.MANAGE_ROLES,
  Bit.BAN_MEMBERS,
  Bit.VIEW_AUDIT_LOG,
  Bit.MANAGE_EXPRESSIONS,
  Bit.CREATE_EXPRESSIONS,
  Bit.MANAGE_WEBHOOKS,
];

function createEntries(guildId: string): MenuEntry[] {
  if (!permissions(guildId).has(Bit.MANAGE_CHANNELS)) return [];
  return [
    {
      id: 'channel',
      label: t`Create a channel…`,
      onSelect: () => openDialog({ kind: 'create-channel', guildId }),
    },
    {
      id: 'category',
      label: t`Create a category…`,
      onSelect: () => openDialog({ kind: 'create-channel', guildId, type: 4 }),
    },
  ];
}

function placeEntries(guildId: string): MenuEntry[] {
  const items = current();
  const holder = items.find((item) => item.kind === 'folder' && item.guilds.includes(guildId));
  const folders = items.filter((item) => item.kind === 'folder');
  return [
    {
      id: 'up',
      label: t`Move up`,
      keys: 'Alt+Shift+Up',
      onSelect: () => stepItem({ guild: guildId }, -1),
    },
    {
      id: 'down',
      label: t`Move down`,
      keys: 'Alt+Shift+Down',
      onSelect: () => stepItem({ guild: guildId }, 1),
    },
    {
      id: 'folder',
      label: t`Into folder`,
      submenu: [
        ...folders.map((item) => ({
          id: `folder-${item.id}`,
          label: item.folder.name || t`Folder`,
          checked: item === holder,
          radio: true,
          onSelect: () => void moveItem({ guild: guildId }, { into: item.id }),
        })),
        folders.length > 0 && ('separator' as const),
        { id: 'new', label: t`New folder`, onSelect: () => newFolder(guildId) },
        holder?.kind === 'folder' && {
          id: 'out',
          label: t`Out of the folder`,
          onSelect: () => void moveItem({ guild: guildId }, { beside: { folder: holder.id }, after: true }),
        },
      ],
    },
  ];
}

export function guildMenu(guildId: string): MenuEntry[] {
  const guild = entity('guilds', guildId);
  const id = me()?.id;
  if (!guild || !id) return [];
  const rights = permissions(guildId);
  const own = entity('guildSettings', guildId);
  const hidden = own?.hide_muted_channels === true;
  const invite = inviteChannel(guildId);
  return [
    {
      id: 'read',
      label: t`Mark as read`,
      disabled: !unread('guild', guildId).unread,
      onSelect: () => markGuildRead(guildId),
    },
    !!invite && {
      id: 'invite',
      label: t`Invite people…`,
      onSelect: () => openDialog({ kind: 'invite', channelId: invite, guildId }),
    },
    'separator',
    muteEntry(isMuted(own), (seconds) => muteGuild(guildId, seconds)),
    {
      id: 'notifications',
      label: t`Notifications…`,
      onSelect: () => openDialog({ kind: 'notifications', guildId }),
    },
    {
      id: 'hide',
      label: t`Hide muted channels`,
      checked: hidden,
      onSelect: () => void updateGuildSettings(guildId, { hide_muted_channels: !hidden }),
    },
    { id: 'privacy', label: t`Privacy…`, onSelect: () => openDialog({ kind: 'privacy', guildId }) },
    { id: 'profile', label: t`My profile here`, onSelect: () => openSettings('profile') },
    rights.has(Bit.CHANGE_NICKNAME) && {
      id: 'nick',
      label: t`Nickname…`,
      onSelect: () => openDialog({ kind: 'nickname', userId: id, guildId }),
    },
    'separator',
    ...createEntries(guildId),
    SETTINGS.some((bit) => rights.has(bit)) && {
      id: 'settings',
      label: t`Community settings`,
      onSelect: () => openGuildSettings(guildId),
    },
    'separator',
    ...placeEntries(guildId),
    'separator',
    copyId(guildId),
    'separator',
    guild.owner_id !== id && {
      id: 'report',
      label: t`Report…`,
      danger: true,
      onSelect: () => openDialog({ kind: 'report', target: { type: 'guild', guildId } }),
    },
    guild.owner_id !== id && {
      id: 'leave',
      label: t`Leave…`,
      danger: true,
      onSelect: () => openDialog({ kind: 'leave-community', guildId }),
    },
  ];
}

/** The empty part of the channel list. */
export function sidebarMenu(guildId: string): MenuEntry[] {
  const hidden = entity('guildSettings', guildId)?.hide_muted_channels === true;
  return [
    { id: 'read', label: t`Mark as read`, onSelect: () => markGuildRead(guildId) },
    {
      id: 'hide',
      label: t`Hide muted channels`,
      checked: hidden,
      onSelect: () => void updateGuildSettings(guildId, { hide_muted_channels: !hidden }),
    },
    'separator',
    ...createEntries(guildId),
  ];
}

export function folderMenu(folderId: number): MenuEntry[] {
  const folder = folderOf(folderId);
  if (!folder) return [];
  const open = useOpenFolders.getState().open.includes(folderId);
  return [
    {
      id: 'read',
      label: t`Mark as read`,
      disabled: !unread('folder', String(folderId)).unread,
      onSelect: () => folder.guilds.forEach(markGuildRead),
    },
    { id: 'open', label: open ? t`Collapse` : t`Expand`, onSelect: () => toggleFolder(folderId) },
    'separator',
    { id: 'edit', label: t`Edit folder…`, onSelect: () => openDialog({ kind: 'edit-folder', folderId }) },
    { id: 'up', label: t`Move up`, onSelect: () => stepItem({ folder: folderId }, -1) },
    { id: 'down', label: t`Move down`, onSelect: () => stepItem({ folder: folderId }, 1) },
    'separator',
    { id: 'ungroup', label: t`Ungroup`, danger: true, onSelect: () => void dissolve(folderId) },
  ];
}

export { changeFolder };
