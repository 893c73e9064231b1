// A message's text as one plain line, for notifications and previews.
import { t } from '@lingui/core/macro';
import type { Message } from '#/api/types';
import { displayName, plainName } from '#/features/people/names';
import { entity } from '#/store';

/** Without marks, spoilers' contents and line breaks; mentions by name. */
export function snippet(
  message: Pick<Message, 'content' | 'attachments' | 'stickers' | 'embeds' | 'guild_id' | 'mentions'>,
  most = 180,
): string {
  const text = message.content
    .replace(/\|\|[\s\S]*?\|\|/g, t`(spoiler)`)
    .replace(/<@!?(\d+)>/g, (_, id: string) => {
      const name = displayName(id, message.guild_id);
      return `@${name || plainName(message.mentions?.find((one) => one.id === id)) || '…'}`;
    })
    .replace(/<@&(\d+)>/g, (_, id: string) => `@${entity('roles', id)?.name ?? '…'}`)
    .replace(/<#(\d+)>/g, (_, id: string) => `#${entity('channels', id)?.name ?? '…'}`)
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/```\w*\n?|[*_~`]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const cut = [...text].length > most ? `${[...text].slice(0, most).join('')}…` : text;
  if (cut) return cut;
  if (message.attachments.length)
    return message.attachments.map((file) => file.title ?? file.filename).join(', ');
  if (message.stickers.length) return message.stickers.map((sticker) => sticker.name).join(', ');
  return message.embeds[0]?.title ?? t`(no text)`;
}
