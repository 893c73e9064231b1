import { place } from '#/app/place';
import { pane } from '#/features/chat/state';
import { displayName } from './names';

/** Puts a mention where the person is writing; without a composer in view nothing happens. */
export function mention(userId: string): void {
  const { channelId, guildId } = place();
  const { insert, focusComposer } = pane(channelId ?? '');
  insert?.(`@${displayName(userId, guildId)}`, `<@${userId}>`);
  focusComposer?.();
}
