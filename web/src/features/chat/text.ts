// Messages as plain words: for snippets, screen readers, the clipboard.
import { plural, t } from '@lingui/core/macro';
import type { Message } from '#/api/types';
import { emojiLabel } from '#/features/emoji/data';
import { formatTime } from '#/i18n';
import { type Block, type Inline, parse } from '#/markdown';
import { entity } from '#/store';

export const messageText = (message: Message): string =>
  message.content || message.message_snapshots?.[0]?.content || '';

function inline(node: Inline): string {
  switch (node.type) {
    case 'text':
    case 'code':
      return node.text;
    case 'strong':
    case 'em':
    case 'underline':
    case 'strike':
      return node.children.map(inline).join('');
    case 'spoiler':
      return t`spoiler`;
    case 'link':
      return node.children.map(inline).join('');
    case 'user': {
      const user = entity('users', node.id);
      return `@${user?.global_name || user?.username || t`unknown person`}`;
    }
    case 'role':
      return `@${entity('roles', node.id)?.name ?? t`unknown role`}`;
    case 'channel':
      return `#${entity('channels', node.id)?.name ?? t`unknown`}`;
    case 'everyone':
    case 'here':
      return `@${node.type}`;
    case 'emoji':
      return emojiLabel(node.text) ?? node.text;
    case 'shortcode':
    case 'custom-emoji':
      return `:${node.name}:`;
    case 'command':
      return `/${node.name}`;
    case 'guide':
      return node.page;
    case 'time':
      return formatTime(node.seconds * 1000);
  }
}

function block(node: Block): string {
  switch (node.type) {
    case 'code-block':
    case 'formula':
      return node.text;
    case 'spoiler-block':
      return t`spoiler`;
    case 'list':
      return node.items
        .map((item) => [...item.children.map(inline), ...item.lists.map(block)].join(' '))
        .join(' ');
    case 'table':
      return [node.head, ...node.rows]
        .map((row) => row.map((cell) => cell.map(inline).join('')).join(' '))
        .join(' ');
    case 'quote':
    case 'alert':
      return node.children.map(block).join(' ');
    default:
      return node.children.map(inline).join('');
  }
}

/** A text without its marks, cut to a length. */
export function plainSnippet(text: string, length = 120): string {
  const plain = parse(text.slice(0, length * 4))
    .map(block)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > length ? `${plain.slice(0, length).trimEnd()}…` : plain;
}

/** What a message holds, said in a few words: its text, or what is attached to it. */
export function summary(message: Message, length = 120): string {
  const text = plainSnippet(messageText(message), length);
  if (text) return text;
  const files = message.attachments?.length || message.message_snapshots?.[0]?.attachments?.length || 0;
  if (message.flags & 8192) return t`voice message`;
  if (files) return plural(files, { one: '# file', other: '# files' });
  if (message.stickers?.length) return t`sticker: ${message.stickers[0]?.name ?? ''}`;
  if (message.embeds?.length) return message.embeds[0]?.title || t`embed`;
  return '';
}
