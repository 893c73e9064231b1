import { t } from '@lingui/core/macro';
import { openChannelSettings, openDialog, toggleFavourite, useLayout } from '#/app/layout';
import { absolute, channelPath } from '#/app/links';
import { copy, copyId } from '#/features/copy';
import { isMuted, levelEntries, muteChannel, muteEntry } from '#/features/mute';
import { Bit } from '#/model/permissions';
import {
  ack,
  ackMany,
  entity,
  list,
  permissions,
  unread,
  updateChannelOverride,
  updateGuildSettings,
} from '#/store';
import type { MenuEntry } from '#/ui';
import { duplicateChannel, moveChannel, placed, stepChannel } from './actions';
import { CATEGORY, siblings, VOICE } from './order';

const LINK = 998;
export const overrideOf = (guildId: string, channelId: string) =>
  entity('guildSettings', guildId)?.channel_overrides?.[channelId];

/** What the bell of a channel's header offers. */
export function channelNotificationEntries(channelId: string): MenuEntry[] {
  const guildId = entity('channels', channelId)?.guild_id;
  if (!guildId) return [];
  return [
    muteEntry(isMuted(overrideOf(guildId, channelId)), (seconds) => muteChannel(guildId, channelId, seconds)),
    'separator',
    ...levelEntries(guildId, channelId),
    'separator',
    {
      id: 'community',
      label: t`Notifications of the community…`,
      onSelect: () => openDialog({ kind: 'notifications', guildId }),
    },
  ];
}

function moveEntries(guildId: string, channelId: string): MenuEntry[] {
  const here = entity('channels', channelId)?.parent_id ?? null;
  const categories = siblings(placed(guildId), null).filter((one) => one.type === CATEGORY);
  const to = (parentId: string | null, label: string): MenuEntry => ({
    id: `to-${parentId}`,
    label,
    disabled: here === parentId,
    onSelect: () => void moveChannel(channelId, { parentId, before: null }),
  });
  return [
    { id: 'up', label: t`Move up`, keys: 'Alt+Shift+Up', onSelect: () => stepChannel(channelId, -1) },
    {
      id: 'down',
      label: t`Move down`,
      keys: 'Alt+Shift+Down',
      onSelect: () => stepChannel(channelId, 1),
    },
    {
      id: 'into',
      label: t`Move to category`,
      submenu: [
        {
          id: 'to-none',
          label: t`No category`,
          disabled: here === null,
          onSelect: () => void moveChannel(channelId, { parentId: null, before: categories[0]?.id ?? null }),
        },
        ...categories.map((one) => to(one.id, entity('channels', one.id)?.name ?? '')),
      ],
    },
  ];
}

export function channelMenu(channelId: string): MenuEntry[] {
  const channel = entity('channels', channelId);
  const guildId = channel?.guild_id;
  if (!channel || !guildId) return [];
  const rights = permissions(guildId, channelId);
  const manage = rights.has(Bit.MANAGE_CHANNELS);
  const readable = channel.type !== LINK && channel.type !== VOICE;
  const favourite = useLayout.getState().favourites.includes(channelId);
  const hidden = entity('guildSettings', guildId)?.hide_muted_channels === true;
  return [
    readable && {
      id: 'read',
      label: t`Mark as read`,
      disabled: !unread('channel', channelId).unread,
      onSelect: () => ack(channelId),
    },
    channel.type === LINK &&
      !!channel.url && {
        id: 'open',
        label: t`Open link`,
        onSelect: () => void window.open(channel.url ?? '', '_blank', 'noopener'),
      },
    readable && {
      id: 'favourite',
      label: favourite ? t`Remove from favourites` : t`Add to favourites`,
      onSelect: () => toggleFavourite(channelId),
    },
    channel.type !== LINK &&
      rights.has(Bit.CREATE_INSTANT_INVITE) && {
        id: 'invite',
        label: t`Invite people…`,
        onSelect: () => openDialog({ kind: 'invite', channelId, guildId }),
      },
    'separator',
    readable &&
      muteEntry(isMuted(overrideOf(guildId, channelId)), (seconds) =>
        muteChannel(guildId, channelId, seconds),
      ),
    readable && { id: 'level', label: t`Notifications`, submenu: levelEntries(guildId, channelId) },
    {
      id: 'hide',
      label: t`Hide muted channels`,
      checked: hidden,
      onSelect: () => void updateGuildSettings(guildId, { hide_muted_channels: !hidden }),
    },
    'separator',
    ...(manage
      ? [
          {
            id: 'edit',
            label: t`Channel settings`,
            onSelect: () => openChannelSettings(guildId, channelId),
          },
          { id: 'copy', label: t`Duplicate`, onSelect: () => void duplicateChannel(channelId) },
          ...moveEntries(guildId, channelId),
          {
            id: 'create',
            label: t`Create a channel…`,
            onSelect: () =>
              openDialog({ kind: 'create-channel', guildId, parentId: channel.parent_id ?? undefined }),
          },
          'separator' as const,
        ]
      : []),
    {
      id: 'link',
      label: t`Copy link`,
      onSelect: () => void copy(absolute(channelPath(guildId, channelId)), t`Link copied`),
    },
    copyId(channelId),
    'separator',
    manage && {
      id: 'delete',
      label: t`Delete channel…`,
      danger: true,
      onSelect: () => openDialog({ kind: 'delete-channel', channelId }),
    },
  ];
}

export function categoryMenu(categoryId: string): MenuEntry[] {
  const category = entity('channels', categoryId);
  const guildId = category?.guild_id;
  if (!category || !guildId) return [];
  const manage = permissions(guildId, categoryId).has(Bit.MANAGE_CHANNELS);
  const override = overrideOf(guildId, categoryId);
  const all = list('channels', guildId);
  const children = all.filter((id) => entity('channels', id)?.parent_id === categoryId);
  const categories = all.filter((id) => entity('channels', id)?.type === CATEGORY);
  return [
    {
      id: 'read',
      label: t`Mark as read`,
      disabled: !children.some((id) => unread('channel', id).unread),
      onSelect: () => ackMany(children),
    },
    {
      id: 'fold',
      label: override?.collapsed ? t`Expand` : t`Collapse`,
      onSelect: () => void updateChannelOverride(guildId, categoryId, { collapsed: !override?.collapsed }),
    },
    {
      id: 'fold-all',
      label: t`Collapse all`,
      onSelect: async () => {
        for (const id of categories) await updateChannelOverride(guildId, id, { collapsed: true });
      },
    },
    'separator',
    muteEntry(isMuted(override), (seconds) => muteChannel(guildId, categoryId, seconds)),
    { id: 'level', label: t`Notifications`, submenu: levelEntries(guildId, categoryId) },
    'separator',
    ...(manage
      ? [
          {
            id: 'create',
            label: t`Create a channel…`,
            onSelect: () => openDialog({ kind: 'create-channel', guildId, parentId: categoryId }),
          },
          {
            id: 'edit',
            label: t`Category settings`,
            onSelect: () => openChannelSettings(guildId, categoryId),
          },
          { id: 'up', label: t`Move up`, onSelect: () => stepChannel(categoryId, -1) },
          { id: 'down', label: t`Move down`, onSelect: () => stepChannel(categoryId, 1) },
          'separator' as const,
        ]
      : []),
    copyId(categoryId),
    'separator',
    manage && {
      id: 'delete',
      label: t`Delete category…`,
      danger: true,
      onSelect: () => openDialog({ kind: 'delete-channel', channelId: categoryId }),
    },
  ];
}
