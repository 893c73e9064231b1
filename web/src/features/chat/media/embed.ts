// What an embed holds, made safe and grouped for showing.
import type { Embed, EmbedMedia } from '#/api/types';

/** Only addresses of the web are followed from an embed. */
export function safe(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? url : undefined;
}

export interface Group {
  embed: Embed;
  /** Pictures of further embeds with the same address. */
  gallery: EmbedMedia[];
}

/** Embeds of one address are one card with up to four pictures. */
export function groupGalleries(embeds: Embed[]): Group[] {
  const groups: Group[] = [];
  const byUrl = new Map<string, Group>();
  for (const embed of embeds) {
    const group = embed.url ? byUrl.get(embed.url) : undefined;
    const empty = !embed.title && !embed.description && !embed.fields?.length && !embed.author;
    if (group && empty && embed.image) {
      if (group.gallery.length < 4) group.gallery.push(embed.image);
      continue;
    }
    const fresh = { embed, gallery: embed.image ? [embed.image] : [] };
    groups.push(fresh);
    if (embed.url) byUrl.set(embed.url, fresh);
  }
  return groups;
}

/** The message is nothing but the link to the picture, or the link is one of several. */
export function bareImage(embed: Embed, content: string): boolean {
  return !embed.title && !embed.description && (!content.trim() || Boolean(embed.url));
}

/** Players that may be framed, after a click, by the address the embed names. */
export function frameOf(embed: Embed): string | undefined {
  const url = safe(embed.video?.url);
  if (!url) return undefined;
  const host = new URL(url).hostname.replace(/^www\./, '');
  const known = [
    'youtube.com',
    'youtube-nocookie.com',
    'player.vimeo.com',
    'open.spotify.com',
    'w.soundcloud.com',
  ];
  return known.includes(host) ? url : undefined;
}

export const isFile = (media: EmbedMedia | null | undefined): boolean =>
  Boolean(media?.content_type?.startsWith('video/') || media?.content_type?.startsWith('audio/')) ||
  /\.(?:mp4|webm|mov|mp3|ogg|m4a|wav)(?:$|\?)/i.test(media?.url ?? '');
