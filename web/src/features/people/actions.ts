// What one does with a person: messages, friendship, blocks, roles. Every failure says its sentence.
import { t } from '@lingui/core/macro';
import { ApiError, api } from '#/api/client';
import { goTo } from '#/app/layout';
import { channelPath } from '#/app/links';
import { entity, openDm } from '#/store';
import { confirm, toast } from '#/ui';
import { relationshipError } from './errors';
import { displayName } from './names';

export const FRIEND = 1;
export const BLOCKED = 2;
export const INCOMING = 3;
export const OUTGOING = 4;

const fail = (error: unknown) => {
  toast({ kind: 'error', text: relationshipError(error) });
  return false;
};

export async function message(userId: string): Promise<boolean> {
  try {
    const channel = await openDm(userId);
    goTo(channelPath('@me', channel.id));
    return true;
  } catch (error) {
    return fail(error);
  }
}

export async function addFriend(userId: string): Promise<boolean> {
  try {
    await api('POST /users/@me/relationships/{user_id}', { path: { user_id: userId } });
    const accepted = entity('relationships', userId)?.type === FRIEND;
    toast({ kind: 'success', text: accepted ? t`You are friends now.` : t`Friend request sent.` });
    return true;
  } catch (error) {
    return fail(error);
  }
}

export async function accept(userId: string): Promise<boolean> {
  try {
    await api('PUT /users/@me/relationships/{user_id}', { path: { user_id: userId }, body: {} as never });
    return true;
  } catch (error) {
    return fail(error);
  }
}

/** Ends a friendship, withdraws or ignores a request, or lifts a block: the server knows which of them it is. */
export async function removeRelationship(userId: string): Promise<boolean> {
  try {
    await api('DELETE /users/@me/relationships/{user_id}', { path: { user_id: userId } });
    return true;
  } catch (error) {
    // Somebody else (another tab, the other person) was faster.
    if (error instanceof ApiError && error.status === 404) return true;
    return fail(error);
  }
}

export async function unfriend(userId: string): Promise<void> {
  const name = displayName(userId);
  const yes = await confirm({
    title: t`Remove ${name} from your friends?`,
    body: t`They are not told. The conversation stays.`,
    action: t`Remove`,
    danger: true,
  });
  if (yes) await removeRelationship(userId);
}

export async function block(userId: string): Promise<void> {
  const name = displayName(userId);
  const yes = await confirm({
    title: t`Block ${name}?`,
    body: t`They cannot write to you or send you requests, and their messages are folded away. They are not told.`,
    action: t`Block`,
    danger: true,
  });
  if (!yes) return;
  try {
    await api('PUT /users/@me/relationships/{user_id}', {
      path: { user_id: userId },
      body: { type: BLOCKED } as never,
    });
    toast({ text: t`${name} is blocked.`, undo: () => void removeRelationship(userId) });
  } catch (error) {
    fail(error);
  }
}

export async function setRole(guildId: string, userId: string, roleId: string, on: boolean): Promise<void> {
  const path = { guild_id: guildId, user_id: userId, role_id: roleId };
  try {
    if (on) await api('PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}', { path });
    else await api('DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}', { path });
  } catch (error) {
    fail(error);
  }
}

export async function endTimeout(guildId: string, userId: string): Promise<void> {
  try {
    await api('PATCH /guilds/{guild_id}/members/{user_id}', {
      path: { guild_id: guildId, user_id: userId },
      body: { communication_disabled_until: null },
    });
  } catch (error) {
    fail(error);
  }
}
