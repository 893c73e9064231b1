import { t } from '@lingui/core/macro';
import { api } from '#/api/client';
import { goTo, openDialog, openFullProfile, toggleFavourite, useLayout } from '#/app/layout';
import { absolute, channelPath, HOME } from '#/app/links';
import { place } from '#/app/place';
import { channelMenu } from '#/features/channels/menus';
import { copy, copyId } from '#/features/copy';
import { isMuted, muteChannel, muteEntry } from '#/features/mute';
import { ack, entity, list, me, unread } from '#/store';
import { confirm, type MenuEntry, toast } from '#/ui';
import * as people from './actions';
import { relationshipError } from './errors';
import { DM, dmName, GROUP } from './names';

const ME = '@me';

export async function closeConversation(channelId: string): Promise<void> {
  try {
    await api('DELETE /channels/{channel_id}', { path: { channel_id: channelId } });
    if (place().channelId === channelId) goTo(HOME);
  } catch (error) {
    toast({ kind: 'error', text: relationshipError(error) });
  }
}

export async function leaveGroup(channelId: string): Promise<void> {
  const name = dmName(channelId);
  const owner = entity('channels', channelId)?.owner_id === me()?.id;
  const yes = await confirm({
    title: t`Leave ${name}?`,
    body: owner
      ? t`Somebody else becomes the owner. You come back only when you are added again.`
      : t`You come back only when you are added again.`,
    action: t`Leave`,
    danger: true,
  });
  if (yes) await closeConversation(channelId);
}

async function setPinned(channelId: string, on: boolean): Promise<void> {
  const path = { channel_id: channelId };
  try {
    if (on) await api('PUT /users/@me/channels/{channel_id}/pin', { path });
    else await api('DELETE /users/@me/channels/{channel_id}/pin', { path });
  } catch (error) {
    toast({ kind: 'error', text: relationshipError(error) });
  }
}

/** A conversation: with one person, a group, one's notes; a favourite channel has the channel's own menu. */
export function dmMenu(channelId: string): MenuEntry[] {
  const channel = entity('channels', channelId);
  if (!channel) return [];
  if (channel.guild_id) return channelMenu(channelId);
  const other = channel.type === DM ? channel.recipients?.[0]?.id : undefined;
  const group = channel.type === GROUP;
  const pinned = list('pinnedDms').includes(channelId);
  const favourite = useLayout.getState().favourites.includes(channelId);
  const muted = isMuted(entity('guildSettings', ME)?.channel_overrides?.[channelId]);
  const type = entity('relationships', other)?.type;
  return [
    {
      id: 'read',
      label: t`Mark as read`,
      disabled: !unread('channel', channelId).unread,
      onSelect: () => ack(channelId),
    },
    {
      id: 'pin',
      label: pinned ? t`Unpin` : t`Pin to the top`,
      onSelect: () => void setPinned(channelId, !pinned),
    },
    {
      id: 'favourite',
      label: favourite ? t`Remove from favourites` : t`Add to favourites`,
      onSelect: () => toggleFavourite(channelId),
    },
    'separator',
    !!other && { id: 'profile', label: t`Profile`, onSelect: () => openFullProfile(other) },
    muteEntry(muted, (seconds) => muteChannel(ME, channelId, seconds)),
    group && {
      id: 'add',
      label: t`Add people…`,
      onSelect: () => openDialog({ kind: 'add-to-group', channelId }),
    },
    group && {
      id: 'edit',
      label: t`Edit group…`,
      onSelect: () => openDialog({ kind: 'edit-group', channelId }),
    },
    group &&
      channel.owner_id === me()?.id && {
        id: 'invites',
        label: t`Invite by link…`,
        onSelect: () => openDialog({ kind: 'invite', channelId }),
      },
    type === people.FRIEND &&
      !!other && {
        id: 'nickname',
        label: t`Nickname for me…`,
        onSelect: () => openDialog({ kind: 'nickname', userId: other }),
      },
    'separator',
    {
      id: 'link',
      label: t`Copy link`,
      onSelect: () => void copy(absolute(channelPath('@me', channelId)), t`Link copied`),
    },
    copyId(channelId),
    'separator',
    channel.type === DM && {
      id: 'close',
      label: t`Close conversation`,
      onSelect: () => void closeConversation(channelId),
    },
    group && {
      id: 'leave',
      label: t`Leave group…`,
      danger: true,
      onSelect: () => void leaveGroup(channelId),
    },
    !!other &&
      type !== people.BLOCKED && {
        id: 'block',
        label: t`Block…`,
        danger: true,
        onSelect: () => void people.block(other),
      },
    !!other && {
      id: 'report',
      label: t`Report…`,
      danger: true,
      onSelect: () => openDialog({ kind: 'report', target: { type: 'user', userId: other } }),
    },
  ];
}
