// Addresses of pictures on the media proxy, in the nearest size it makes for this screen's density.
// Without a picture the functions answer `undefined`, and the interface draws one itself, without a request.
import type { Attachment, User } from '#/api/types';
import { discovery } from '#/store/session';

const SIZES = [
  16, 20, 22, 24, 28, 32, 40, 44, 48, 56, 60, 64, 80, 96, 100, 128, 160, 240, 256, 300, 320, 480, 512, 600,
  640, 1024, 1280, 1536, 2048, 3072, 4096,
];
const density = (): number => Math.min(3, globalThis.devicePixelRatio || 1);
export const proxySize = (css: number, ratio = density()): number =>
  SIZES.find((size) => size >= css * ratio) ?? 4096;
const base = (): string => discovery().endpoints.media.replace(/\/+$/, '');

function picture(folder: string, hash: string | null | undefined, size: number, animated: boolean) {
  if (!hash) return undefined;
  const moving = animated && hash.startsWith('a_') ? '&animated=true' : '';
  return `${base()}/${folder}/${hash}.webp?size=${proxySize(size)}${moving}`;
}

export const avatarUrl = (user: Pick<User, 'id' | 'avatar'>, size: number, animated = false) =>
  picture(`avatars/${user.id}`, user.avatar, size, animated);
export const memberAvatarUrl = (
  guildId: string,
  userId: string,
  hash: string | null,
  size: number,
  animated = false,
) => picture(`guilds/${guildId}/users/${userId}/avatars`, hash, size, animated);
export const memberBannerUrl = (
  guildId: string,
  userId: string,
  hash: string | null,
  size: number,
  animated = false,
) => picture(`guilds/${guildId}/users/${userId}/banners`, hash, size, animated);
/** Communities, groups and applications. */
export const iconUrl = (of: { id: string; icon?: string | null }, size: number, animated = false) =>
  picture(`icons/${of.id}`, of.icon, size, animated);
/** People and communities. */
export const bannerUrl = (of: { id: string; banner?: string | null }, size: number, animated = false) =>
  picture(`banners/${of.id}`, of.banner, size, animated);
export const splashUrl = (of: { id: string; splash?: string | null }, size: number) =>
  picture(`splashes/${of.id}`, of.splash, size, false);
export const embedSplashUrl = (of: { id: string; embed_splash?: string | null }, size: number) =>
  picture(`embed-splashes/${of.id}`, of.embed_splash, size, false);
export const emojiUrl = (id: string, animated: boolean, size = 48): string =>
  `${base()}/emojis/${id}.webp?size=${proxySize(size)}${animated ? '&animated=true' : ''}`;
export const stickerUrl = (id: string, animated: boolean, size = 160): string =>
  `${base()}/stickers/${id}.webp?size=${proxySize(size)}${animated ? '&animated=true' : ''}`;

export interface Fit {
  /** CSS pixels of the box it is shown in. */
  width?: number;
  height?: number;
  /** A still picture of a film or an animation. */
  still?: boolean;
  animated?: boolean;
}
/** A proxied address scaled to the box; of the attachment's or embed's own `proxy_url`. */
export function proxied(url: string, fit: Fit = {}, ratio = density()): string {
  const address = new URL(url, globalThis.location?.href);
  const query = address.searchParams;
  if (fit.width) query.set('width', String(Math.min(4096, Math.ceil(fit.width * ratio))));
  if (fit.height) query.set('height', String(Math.min(4096, Math.ceil(fit.height * ratio))));
  if (fit.width || fit.height || fit.still) {
    query.set('format', 'webp');
    query.set('quality', 'high');
  }
  if (fit.animated) query.set('animated', 'true');
  return address.href;
}
export function attachmentUrl(attachment: Attachment, fit: Fit = {}): string | undefined {
  const url = attachment.proxy_url ?? attachment.url;
  return url ? proxied(url, fit) : undefined;
}
/** The file as it was uploaded. */
export const fileUrl = (attachment: Attachment): string | undefined =>
  attachment.url ?? attachment.proxy_url ?? undefined;
