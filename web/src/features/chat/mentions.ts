import type { Message } from '#/api/types';

/** Whether a message speaks to somebody: by name, by one of their roles, or to everyone. */
export function mentionsMe(
  message: Message,
  userId: string | undefined,
  roles: readonly string[] | undefined,
): boolean {
  if (!userId || message.author.id === userId) return false;
  if (message.mention_everyone || message.mentions?.some((user) => user.id === userId)) return true;
  return message.mention_roles?.some((role) => roles?.includes(role)) ?? false;
}
