// Events of messages, reactions and typing.
import type { Member, Message, Reaction, ReactionEmoji } from '#/api/types';
import { compareIds } from '#/model/snowflake';
import { counts } from '#/model/unread';
import { arrive, evict, histories, keepKey, snapshots } from './history';
import { tellOutcome } from './outcomes';
import { putMember, putUser } from './put';
import { consider, wroteIn } from './reading';
import { isBlocked, myId, pendings, tables } from './state';
import { following } from './timeline';
import { stoppedTyping, typed } from './typing';
import { mentionRules } from './unread';

export const sameEmoji = (a: ReactionEmoji, b: ReactionEmoji): boolean =>
  a.id || b.id ? (a.id ?? null) === (b.id ?? null) : a.name === b.name;

/** What comes along with a message. */
function people(message: Message): void {
  putUser(message.author);
  for (const user of message.mentions ?? []) putUser(user);
  if (message.guild_id && message.member && !message.webhook_id) {
    putMember(message.guild_id, message.author.id, message.member);
  }
}
/** The row keeps what the message is; what the gateway adds of its surroundings is kept elsewhere. */
function bare({ member: _, channel_type: __, ...message }: Message): Message {
  return message;
}

/** By the gateway, or as the answer to one's own request; the second of them changes nothing. */
export function heardMessage(given: Message): void {
  people(given);
  const message = bare(given);
  const { id, channel_id } = message;
  const mine = message.author.id === myId() && !message.webhook_id;
  const pending = message.nonce && mine ? pendings.get(message.nonce) : undefined;
  if (message.nonce && pending) {
    keepKey(id, message.nonce);
    tellOutcome('sent', pending);
    pendings.delete(message.nonce);
  }
  const channel = tables.channels.get(channel_id);
  if (channel && (!channel.last_message_id || compareIds(id, channel.last_message_id) > 0)) {
    tables.channels.patch(channel_id, { last_message_id: id });
  }
  stoppedTyping(channel_id, message.author.id);
  if (tables.messages.has(id)) return;
  arrive(message, following.has(channel_id));
  if (mine) wroteIn(channel_id, id);
  else {
    const rules = { ...mentionRules(channel?.guild_id), blocked: isBlocked(message.author.id) };
    const state = tables.readStates.get(channel_id);
    const seen = state?.last_message_id && compareIds(state.last_message_id, id) >= 0;
    if (!seen && counts(message, channel?.type ?? given.channel_type ?? 0, rules)) {
      tables.readStates.set(channel_id, {
        id: channel_id,
        last_message_id: state?.last_message_id ?? null,
        last_pin_timestamp: state?.last_pin_timestamp ?? null,
        mention_count: (state?.mention_count ?? 0) + 1,
      });
    }
    consider(channel_id);
  }
  evict();
}

function removeMessage(channelId: string, id: string): void {
  const at = histories.get(channelId);
  at?.segments.remove(id);
  if (at) at.arrived = at.arrived.filter((message) => message.id !== id);
  tables.messages.delete(id);
  if (at) snapshots.touch(channelId);
  for (const message of mentionsOf(channelId, id)) {
    tables.messages.set(message.id, { ...message, referenced_message: null });
  }
}
/** Loaded replies to a message. */
function* mentionsOf(channelId: string, id: string): Generator<Message> {
  for (const segment of histories.get(channelId)?.segments.list ?? []) {
    for (const other of segment.ids) {
      const message = tables.messages.get(other);
      if (message?.referenced_message?.id === id) yield message;
    }
  }
}

interface ReactionEvent {
  channel_id: string;
  message_id: string;
  user_id: string;
  emoji: ReactionEmoji;
  guild_id?: string;
  member?: Member;
}
/** `by` one up or down; a reaction of one's own is marked so. */
export function changeReaction(messageId: string, emoji: ReactionEmoji, mine: boolean, by: 1 | -1): void {
  const message = tables.messages.get(messageId);
  if (!message) return;
  const reactions = message.reactions ?? [];
  const at = reactions.findIndex((row) => sameEmoji(row.emoji, emoji));
  const was = reactions[at];
  if (mine && by === 1 && was?.me) return;
  if (mine && by === -1 && !was?.me) return;
  let next: Reaction[];
  if (!was) {
    if (by < 0) return;
    next = [...reactions, { emoji, count: 1, ...(mine ? { me: true } : {}) }];
  } else {
    const { me, ...rest } = was;
    const row: Reaction = { ...rest, count: was.count + by };
    if (mine ? by === 1 : me) row.me = true;
    next = reactions.map((other, index) => (index === at ? row : other)).filter((other) => other.count > 0);
  }
  tables.messages.set(messageId, { ...message, reactions: next });
}
function reacted(event: ReactionEvent, by: 1 | -1): void {
  if (event.member?.user && event.guild_id) {
    const { user, ...member } = event.member;
    putUser(user);
    putMember(event.guild_id, user.id, member);
  }
  changeReaction(event.message_id, event.emoji, event.user_id === myId(), by);
}

export const messageEvents = {
  MESSAGE_CREATE: heardMessage,
  MESSAGE_UPDATE(given: Message) {
    people(given);
    const was = tables.messages.get(given.id);
    for (const reply of was ? mentionsOf(given.channel_id, given.id) : []) {
      tables.messages.set(reply.id, { ...reply, referenced_message: bare(given) });
    }
    if (!was) return;
    const now = bare(given);
    const reactions = now.reactions ?? was.reactions;
    const nonce = now.nonce ?? was.nonce;
    tables.messages.set(given.id, {
      ...now,
      ...(reactions ? { reactions } : {}),
      ...(nonce ? { nonce } : {}),
    });
  },
  MESSAGE_DELETE: ({ channel_id, id }: { channel_id: string; id: string }) => removeMessage(channel_id, id),
  MESSAGE_DELETE_BULK({ channel_id, ids }: { channel_id: string; ids: string[] }) {
    for (const id of ids) removeMessage(channel_id, id);
  },
  MESSAGE_REACTION_ADD: (event: ReactionEvent) => reacted(event, 1),
  MESSAGE_REACTION_REMOVE: (event: ReactionEvent) => reacted(event, -1),
  MESSAGE_REACTION_ADD_MANY(
    event: ReactionEvent & { reactions: Omit<ReactionEvent, 'channel_id' | 'message_id'>[] },
  ) {
    const { channel_id, message_id, guild_id } = event;
    for (const one of event.reactions) {
      reacted({ channel_id, message_id, ...(guild_id ? { guild_id } : {}), ...one }, 1);
    }
  },
  MESSAGE_REACTION_REMOVE_EMOJI({ message_id, emoji }: ReactionEvent) {
    const message = tables.messages.get(message_id);
    const reactions = message?.reactions?.filter((row) => !sameEmoji(row.emoji, emoji)) ?? [];
    if (message) tables.messages.set(message_id, { ...message, reactions });
  },
  MESSAGE_REACTION_REMOVE_ALL({ message_id }: ReactionEvent) {
    tables.messages.patch(message_id, { reactions: [] });
  },
  TYPING_START(event: {
    channel_id: string;
    user_id: string;
    timestamp: number;
    guild_id?: string;
    member?: Member;
  }) {
    if (event.member?.user && event.guild_id) {
      const { user, ...member } = event.member;
      putUser(user);
      putMember(event.guild_id, user.id, member);
    }
    if (event.user_id !== myId()) typed(event.channel_id, event.user_id);
  },
};
