// Who is typing where, and telling that one types oneself.
import { api } from '#/api/client';
import { Derived, sameList } from './reactive';
import { follow, isBlocked, onReset } from './state';

const SHOWN_FOR = 10_000;
const TELL_EVERY = 8000;
const until = new Map<string, Map<string, number>>();
const told = new Map<string, number>();
let sweeping: ReturnType<typeof setTimeout> | undefined;

export const typing = new Derived<readonly string[]>(
  (channelId) => [...(until.get(channelId)?.keys() ?? [])].filter((user) => !isBlocked(user)),
  sameList,
);

export function typed(channelId: string, userId: string): void {
  const users = until.get(channelId) ?? new Map<string, number>();
  until.set(channelId, users);
  users.set(userId, Date.now() + SHOWN_FOR);
  typing.touch(channelId);
  sweeping ??= setTimeout(sweep, SHOWN_FOR + 50);
}
export function stoppedTyping(channelId: string, userId: string): void {
  if (until.get(channelId)?.delete(userId)) typing.touch(channelId);
}
function sweep(): void {
  sweeping = undefined;
  const now = Date.now();
  let next = Number.POSITIVE_INFINITY;
  for (const [channelId, users] of until) {
    for (const [user, end] of users) {
      if (end <= now) {
        users.delete(user);
        typing.touch(channelId);
      } else next = Math.min(next, end);
    }
    if (!users.size) until.delete(channelId);
  }
  if (Number.isFinite(next)) sweeping = setTimeout(sweep, next - now + 50);
}
export function clearTyping(): void {
  clearTimeout(sweeping);
  sweeping = undefined;
  const channels = [...until.keys()];
  until.clear();
  for (const channelId of channels) typing.touch(channelId);
}
follow.relationship.push(() => typing.touchAll());
onReset.push(() => {
  clearTyping();
  told.clear();
});

/** Called at every change of the text; tells the server at the first and then every 8 s. */
export function startTyping(channelId: string): void {
  const now = Date.now();
  if (now - (told.get(channelId) ?? 0) < TELL_EVERY) return;
  told.set(channelId, now);
  void api('POST /channels/{channel_id}/typing', { path: { channel_id: channelId }, background: true }).catch(
    () => {},
  );
}
/** The message is out: the next change tells anew. */
export function typingDone(channelId: string): void {
  told.delete(channelId);
}
