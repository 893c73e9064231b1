// A message as it is read out: who, what, and what hangs on it.
import { t } from '@lingui/core/macro';
import type { Attachment, Message } from '#/api/types';
import { kindOf, SPOILER, VOICE_MESSAGE } from '#/features/chat/media/media';
import { messageText, plainSnippet, summary } from '#/features/chat/text';
import { displayName, plainName } from '#/features/people/names';

const LONGEST = 400;

export const nameOf = (message: Message): string =>
  (message.webhook_id ? '' : displayName(message.author.id, message.guild_id)) || plainName(message.author);

function file(one: Attachment): string {
  const name = one.title || one.filename;
  if ((one.flags ?? 0) & SPOILER) return t`spoiler`;
  const said = one.description || name;
  switch (kindOf(one)) {
    case 'image':
      return t`image: ${said}`;
    case 'video':
      return t`video: ${said}`;
    case 'audio':
      return t`sound: ${said}`;
    default:
      return t`file: ${name}`;
  }
}

export function body(message: Message): string {
  if (message.flags & VOICE_MESSAGE) return t`voice message`;
  const text = plainSnippet(messageText(message), LONGEST);
  const files = message.attachments.length
    ? message.attachments
    : (message.message_snapshots?.flatMap((snapshot) => snapshot.attachments ?? []) ?? []);
  const parts = [text, ...files.map((one) => `(${file(one)})`)].filter(Boolean);
  return parts.length ? parts.join(' ') : summary(message);
}

export function line(message: Message): string {
  const name = nameOf(message);
  switch (message.type) {
    case 0:
    case 19:
      return t`${name}: ${body(message)}`;
    case 1:
      return t`${name} added somebody to the group`;
    case 2:
      return t`${name} left the group`;
    case 3:
      return t`${name} started a call`;
    case 4:
      return t`${name} named the group ${message.content}`;
    case 5:
      return t`${name} changed the picture of the group`;
    case 6:
      return t`${name} pinned a message`;
    case 7:
      return t`${name} joined`;
    default:
      return name;
  }
}
