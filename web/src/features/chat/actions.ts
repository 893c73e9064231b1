// What can be done with a message: who may, and how it is done. Menus, the bar over a row and its keys all ask here.
import { plural, t } from '@lingui/core/macro';
import { ApiError, api } from '#/api/client';
import type { Attachment, Message, ReactionEmoji } from '#/api/types';
import { openDialog } from '#/app/layout';
import { absolute, channelPath } from '#/app/links';
import { Bit } from '#/model/permissions';
import { edit, entity, markUnread, me, permissions, pin, react, remove } from '#/store';
import { announce, confirm, preferences, toast } from '#/ui';
import { openOverlay, pane, select, startEditing } from './state';
import { messageText, plainSnippet } from './text';

export const SUPPRESS_EMBEDS = 4;
const editable = (message: Message) => message.type === 0 || message.type === 19;

export interface Rights {
  edit: boolean;
  remove: boolean;
  reply: boolean;
  react: boolean;
  pin: boolean;
  forward: boolean;
  suppress: boolean;
  manage: boolean;
}

export function rightsOn(message: Message): Rights {
  const channel = entity('channels', message.channel_id);
  const guildId = channel?.guild_id;
  const own = message.author.id === me()?.id;
  const may = guildId ? permissions(guildId, message.channel_id) : undefined;
  const has = (bit: bigint) => may === undefined || may.has(bit);
  const manage = may?.has(Bit.MANAGE_MESSAGES) ?? false;
  const plain = editable(message);
  return {
    edit: own && plain && !message.message_snapshots?.length,
    remove: (own || manage) && (plain || message.type === 6 || message.type === 7),
    reply: plain && has(Bit.SEND_MESSAGES),
    react: has(Bit.ADD_REACTIONS),
    pin: plain && has(Bit.PIN_MESSAGES),
    forward: plain,
    suppress: plain && (own || manage) && Boolean(message.embeds?.length),
    manage,
  };
}

/** Tells of a refusal in words; what was undone shows by itself. */
export function refused(error: unknown, what: string): void {
  const reason = error instanceof Error ? error.message : '';
  toast({ kind: 'error', text: reason ? `${what} ${reason}` : what });
}

/** Into the person's own collection, which the picker shows. */
export async function collect(message: Message, file: Attachment): Promise<void> {
  try {
    await api('POST /channels/{channel_id}/messages/{message_id}/memes', {
      path: { channel_id: message.channel_id, message_id: message.id },
      body: {
        attachment_id: file.id,
        name: [...(file.title || file.filename)].slice(0, 100).join(''),
        ...(file.description ? { alt_text: file.description.slice(0, 500) } : {}),
      },
    });
    toast({ kind: 'success', text: t`Saved. It is in the picker, under Saved.` });
  } catch (error) {
    const full = error instanceof ApiError && error.code === 'MAX_FAVORITE_MEMES';
    toast({
      kind: 'error',
      text: full ? t`Your collection is full. Remove something first.` : t`It could not be saved.`,
    });
  }
}

export const reply = (message: Message) => pane(message.channel_id).reply?.(message);

export async function askRemove(message: Message, sure = false): Promise<void> {
  const name = message.author.global_name || message.author.username;
  if (!sure && preferences().confirmDelete) {
    const text = plainSnippet(messageText(message), 200);
    const yes = await confirm({
      title: t`Delete this message?`,
      body: text ? `${name}: ${text}` : t`The message of ${name} and what is attached to it.`,
      action: t`Delete`,
      danger: true,
    });
    if (!yes) return;
  }
  try {
    await remove(message.channel_id, message.id);
    announce(t`Message deleted`, 'polite');
  } catch (error) {
    refused(error, t`The message could not be deleted.`);
  }
}

export async function togglePin(message: Message): Promise<void> {
  try {
    await pin(message.channel_id, message.id, !message.pinned);
  } catch (error) {
    refused(error, message.pinned ? t`The message stays pinned.` : t`The message could not be pinned.`);
  }
}

export async function toggleReaction(message: Message, emoji: ReactionEmoji): Promise<void> {
  const same = message.reactions?.find((one) => sameEmoji(one.emoji, emoji));
  try {
    await react(message.channel_id, message.id, emoji, !same?.me);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'MAX_REACTIONS')
      toast({ kind: 'error', text: t`A message takes at most 30 different reactions.` });
    else refused(error, t`The reaction was not taken.`);
  }
}

export const sameEmoji = (one: ReactionEmoji, other: ReactionEmoji): boolean =>
  one.id || other.id ? one.id === other.id : one.name === other.name;

export async function save(message: Message): Promise<void> {
  try {
    const saved = entity('saved', message.id);
    if (saved) {
      await api('DELETE /users/@me/saved-messages/{message_id}', { path: { message_id: message.id } });
      toast({ kind: 'success', text: t`No longer saved.` });
      return;
    }
    const body = { channel_id: message.channel_id, message_id: message.id };
    await api('POST /users/@me/saved-messages', { body });
    toast({ kind: 'success', text: t`Saved. You find it in your inbox.` });
  } catch (error) {
    refused(error, t`The message could not be saved.`);
  }
}

export async function suppress(message: Message): Promise<void> {
  try {
    await edit(message.channel_id, message.id, { flags: message.flags ^ SUPPRESS_EMBEDS });
  } catch (error) {
    refused(error, t`The previews could not be changed.`);
  }
}

async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ kind: 'success', text: said });
  } catch {
    toast({ kind: 'error', text: t`The browser did not let us copy.` });
  }
}

export const copyText = (message: Message) => copy(messageText(message), t`Text copied.`);
export const copyId = (message: Message) => copy(message.id, t`Id copied.`);
export function messageLink(message: Message): string {
  const guild = entity('channels', message.channel_id)?.guild_id;
  return absolute(channelPath(guild, message.channel_id, message.id));
}
export const copyLink = (message: Message) => copy(messageLink(message), t`Link copied.`);
export const copyUrl = (url: string) => copy(url, t`Link copied.`);

export function speak(message: Message): void {
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(plainSnippet(messageText(message), 4000));
  words.rate = preferences().speechRate;
  speechSynthesis.speak(words);
}

export async function unreadFrom(message: Message): Promise<void> {
  try {
    await markUnread(message.channel_id, message.id);
  } catch (error) {
    refused(error, t`It could not be marked as unread.`);
  }
}

export async function clearReactions(message: Message): Promise<void> {
  try {
    const path = { channel_id: message.channel_id, message_id: message.id };
    await api('DELETE /channels/{channel_id}/messages/{message_id}/reactions', { path });
  } catch (error) {
    refused(error, t`The reactions could not be removed.`);
  }
}

export const report = (message: Message) =>
  openDialog({
    kind: 'report',
    target: { type: 'message', channelId: message.channel_id, messageId: message.id },
  });

export const forward = (message: Message) => openOverlay({ kind: 'forward', message });

/** Opens the picker of emoji at an element; the row's code lends it, so that it is loaded when first wanted. */
export async function pickReaction(message: Message, anchor: HTMLElement): Promise<void> {
  const { openPicker } = await import('#/features/emoji/open');
  openPicker({
    anchor,
    guildId: entity('channels', message.channel_id)?.guild_id ?? undefined,
    tabs: ['emoji'],
    onEmoji: (emoji) => void toggleReaction(message, emoji),
  });
}

export type MessageAction =
  | 'reply'
  | 'edit'
  | 'delete'
  | 'pin'
  | 'react'
  | 'forward'
  | 'unread'
  | 'save'
  | 'copy'
  | 'link'
  | 'suppress'
  | 'speak'
  | 'id';

/** A key on a row; what may not be done is not done, silently, as a menu would not offer it. */
export function runKey(action: MessageAction, message: Message, row: HTMLElement, shift: boolean): void {
  const rights = rightsOn(message);
  switch (action) {
    case 'reply':
      if (rights.reply) reply(message);
      break;
    case 'edit':
      if (rights.edit) startEditing(message.channel_id, message.id);
      break;
    case 'delete':
      if (rights.remove) void askRemove(message, shift);
      break;
    case 'pin':
      if (rights.pin) void togglePin(message);
      break;
    case 'react':
      void pickReaction(message, row);
      break;
    case 'forward':
      if (rights.forward) forward(message);
      break;
    case 'suppress':
      if (rights.suppress) void suppress(message);
      break;
    case 'unread':
      void unreadFrom(message);
      break;
    case 'save':
      void save(message);
      break;
    case 'copy':
      void copyText(message);
      break;
    case 'link':
      void copyLink(message);
      break;
    case 'speak':
      speak(message);
      break;
    case 'id':
      void copyId(message);
      break;
  }
}

export async function removeSelected(channelId: string, ids: readonly string[]): Promise<boolean> {
  const count = ids.length;
  const yes = await confirm({
    title: plural(count, { one: 'Delete # message?', other: 'Delete # messages?' }),
    body: t`They are gone for everybody.`,
    action: t`Delete`,
    danger: true,
  });
  if (!yes) return false;
  try {
    await api('POST /channels/{channel_id}/messages/bulk-delete', {
      path: { channel_id: channelId },
      body: { message_ids: [...ids] },
    });
    return true;
  } catch (error) {
    refused(error, t`The messages could not be deleted.`);
    return false;
  }
}

export { select };
