import { t } from '@lingui/core/macro';
import { api } from '#/api/client';
import { entity, list } from '#/store';
import { announce, confirm, toast } from '#/ui';
import { showOrder } from './optimistic';
import { apply, type Drop, legal, type Placed, request, step } from './order';

export function placed(guildId: string): Placed[] {
  return list('channels', guildId).flatMap((id) => {
    const channel = entity('channels', id);
    if (!channel) return [];
    return [{ id, type: channel.type, position: channel.position ?? 0, parentId: channel.parent_id ?? null }];
  });
}

const overwrites = (id: string | null) =>
  JSON.stringify(
    (entity('channels', id)?.permission_overwrites ?? [])
      .map(({ id: of, type, allow, deny }) => [of, type, allow, deny])
      .toSorted(),
  );

/** Shown at once; taken back when the server refuses. */
export async function moveChannel(channelId: string, drop: Drop): Promise<void> {
  const channel = entity('channels', channelId);
  const guildId = channel?.guild_id;
  if (!channel || !guildId) return;
  const all = placed(guildId);
  const to = legal(all, channelId, drop);
  if (!to) return;
  const moved = to.parentId !== null && to.parentId !== (channel.parent_id ?? null);
  let lock = false;
  if (moved && overwrites(channelId) !== overwrites(to.parentId)) {
    const parent = entity('channels', to.parentId)?.name ?? '';
    lock = await confirm({
      title: t`Take over the permissions?`,
      body: t`${channel.name ?? ''} has other permissions than the category ${parent}. They can become the same.`,
      action: t`Take over`,
    });
  }
  const undo = showOrder(apply(all, channelId, to));
  try {
    const item = { ...request(all, channelId, to), ...(lock ? { lock_permissions: true } : undefined) };
    await api('PATCH /guilds/{guild_id}/channels', { path: { guild_id: guildId }, body: [item] });
  } catch (error) {
    undo();
    toast({
      kind: 'error',
      text: error instanceof Error ? error.message : t`The channel could not be moved.`,
    });
  }
}

export function stepChannel(channelId: string, by: -1 | 1): void {
  const channel = entity('channels', channelId);
  if (!channel?.guild_id) return;
  const drop = step(placed(channel.guild_id), channelId, by);
  if (!drop) {
    announce(t`It cannot be moved further.`, 'polite');
    return;
  }
  void moveChannel(channelId, drop);
  announce(by < 0 ? t`${channel.name ?? ''} moved up` : t`${channel.name ?? ''} moved down`, 'polite');
}

export async function duplicateChannel(channelId: string): Promise<void> {
  const channel = entity('channels', channelId);
  if (!channel?.guild_id) return;
  const body = {
    type: channel.type,
    name: channel.name ?? '',
    topic: channel.topic ?? undefined,
    parent_id: channel.parent_id ?? undefined,
    url: channel.url ?? undefined,
    bitrate: channel.bitrate ?? undefined,
    user_limit: channel.user_limit ?? undefined,
    permission_overwrites: channel.permission_overwrites,
  };
  try {
    await api('POST /guilds/{guild_id}/channels', {
      path: { guild_id: channel.guild_id },
      body: body as never,
    });
  } catch (error) {
    toast({ kind: 'error', text: error instanceof Error ? error.message : t`It could not be copied.` });
  }
}
