// What happens in the open conversation, said to people who listen. The list of messages is no live region: history
// would be read out whenever older messages are loaded.
import { plural, t } from '@lingui/core/macro';
import type { Message, ReactionEmoji } from '#/api/types';
import type { Early } from '#/app/background';
import { place } from '#/app/place';
import { failureText } from '#/features/chat/failure';
import { emojiLabel } from '#/features/emoji/data';
import { displayName } from '#/features/people/names';
import { isDm } from '#/model/order';
import { mentionsMe } from '#/model/unread';
import { entity, onDispatch, onOutcome, type Pending, session } from '#/store';
import { isBlocked, myId } from '#/store/state';
import { mentionRules } from '#/store/unread';
import { announce } from '#/ui/announce';
import { preferences } from '#/ui/preferences';
import { pace } from './pace';
import { body, line, nameOf } from './words';

const AWAY = 4000;
const TYPING_AGAIN = 10_000;

const messages = pace(announce, (count) => plural(count, { one: '# new message', other: '# new messages' }));
const isOpen = (channelId: string) => place().channelId === channelId && !document.hidden;

function created(message: Message): void {
  const level = preferences().announce;
  if (level === 'off' || !isOpen(message.channel_id)) return;
  if (message.author.id === myId() || isBlocked(message.author.id)) return;
  const channel = entity('channels', message.channel_id);
  if (level === 'count') messages.add();
  else if (
    level === 'all' ||
    (channel && isDm(channel)) ||
    mentionsMe(message, mentionRules(channel?.guild_id))
  )
    messages.add(() => line(message));
}

/** The time of the last change that was said, by message: previews and pins change a message too. */
const edits = new Map<string, string>();
function updated(message: Message): void {
  const at = message.edited_timestamp;
  if (preferences().announce !== 'all' || !at || !isOpen(message.channel_id)) return;
  if (edits.get(message.id) === at || isBlocked(message.author.id)) return;
  if (edits.size > 500) edits.clear();
  edits.set(message.id, at);
  // An older edit comes along when only a preview is added.
  if (Date.now() - Date.parse(at) > 60_000) return;
  const name = nameOf(message);
  announce(message.author.id === myId() ? t`Edited` : t`${name} edited: ${body(message)}`);
}

function reacted(event: {
  channel_id: string;
  message_id: string;
  user_id: string;
  emoji: ReactionEmoji;
}): void {
  const message = entity('messages', event.message_id);
  if (preferences().announce === 'off' || !message || message.author.id !== myId()) return;
  if (event.user_id === myId() || isBlocked(event.user_id) || !isOpen(event.channel_id)) return;
  const name = displayName(event.user_id, entity('channels', event.channel_id)?.guild_id) || t`Somebody`;
  const emoji = event.emoji.id
    ? `:${event.emoji.name}:`
    : (emojiLabel(event.emoji.name ?? '') ?? event.emoji.name);
  announce(t`${name} reacted with ${emoji ?? ''} to: ${body(message)}`);
}

const typed = new Map<string, number>();
function typing({ channel_id, user_id }: { channel_id: string; user_id: string }): void {
  if (!preferences().announceTyping || !isOpen(channel_id) || user_id === myId() || isBlocked(user_id))
    return;
  const now = Date.now();
  if (now - (typed.get(user_id) ?? 0) < TYPING_AGAIN) return;
  typed.set(user_id, now);
  const name = displayName(user_id, entity('channels', channel_id)?.guild_id);
  if (name) announce(t`${name} is typing`);
}

function outcome(what: 'sent' | 'failed', pending: Pending): void {
  if (what === 'failed') {
    announce(t`Not sent. ${failureText(pending)}`, 'assertive');
    return;
  }
  if (preferences().announce === 'off') return;
  const files = pending.outgoing.files?.length ?? 0;
  announce(
    files ? plural(files, { one: '# file uploaded and sent', other: '# files uploaded and sent' }) : t`Sent`,
  );
}

/** Short breaks are not worth a word. */
function watchConnection(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  const stop = session.subscribe(() => {
    const { phase } = session.get();
    if (phase === 'live') {
      clearTimeout(timer);
      timer = undefined;
      if (told) announce(t`Connected again`);
      told = false;
    } else if ((phase === 'reconnecting' || phase === 'offline') && !told) {
      timer ??= setTimeout(() => {
        timer = undefined;
        told = true;
        announce(t`Connection lost. What you send is kept.`, 'assertive');
      }, AWAY);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function dispatched(type: string, data: unknown): void {
  if (type === 'MESSAGE_CREATE') created(data as Message);
  else if (type === 'MESSAGE_UPDATE') updated(data as Message);
  else if (type === 'MESSAGE_REACTION_ADD') reacted(data as Parameters<typeof reacted>[0]);
  else if (type === 'TYPING_START') typing(data as Parameters<typeof typing>[0]);
}

/** `early` came before this code did. */
export function startAnnouncing(early: Early): () => void {
  for (const one of early.dispatches) dispatched(...one);
  for (const one of early.outcomes) outcome(...one);
  const ends = [onDispatch(dispatched), onOutcome(outcome), watchConnection()];
  return () => {
    messages.clear();
    for (const end of ends) end();
  };
}
