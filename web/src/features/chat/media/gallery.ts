// The pictures and films of a channel that are loaded, in order: what the lightbox leads through.
import { fileUrl } from '#/model/media';
import { entity } from '#/store';
import { loadedMessages } from '../loaded';
import type { LightboxItem } from '../state';
import { EXPLICIT, kindOf, SPOILER } from './media';

export function channelMedia(channelId: string): LightboxItem[] {
  const items: LightboxItem[] = [];
  for (const id of loadedMessages(channelId)) {
    const message = entity('messages', id);
    for (const owner of message ? [message, ...(message.message_snapshots ?? [])] : []) {
      for (const file of owner.attachments ?? []) {
        const kind = kindOf(file);
        const url = fileUrl(file);
        if (!url || file.expired || (kind !== 'image' && kind !== 'video')) continue;
        if (file.flags & (SPOILER | EXPLICIT) && !revealed.has(file.id)) continue;
        items.push({
          messageId: id,
          channelId,
          attachment: file,
          url,
          proxyUrl: file.proxy_url ?? url,
          alt: file.description ?? '',
          width: file.width ?? undefined,
          height: file.height ?? undefined,
          video: kind === 'video',
        });
      }
    }
  }
  return items;
}

/** Spoilers that were looked at. */
export const revealed = new Set<string>();
