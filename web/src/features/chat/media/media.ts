// What kind of thing a file is, how large it is drawn, what stands in its place until it is there.
import { thumbHashToDataURL } from 'thumbhash';
import type { Attachment } from '#/api/types';

export const SPOILER = 8;
export const EXPLICIT = 16;
export const ANIMATED = 32;
export const COMPACT_ATTACHMENTS = 131072;
export const VOICE_MESSAGE = 8192;

export type Kind = 'image' | 'video' | 'audio' | 'text' | 'file';

const picture = /\.(?:png|jpe?g|webp|gif|avif)$/i;
const film = /\.(?:mp4|webm|mov|m4v)$/i;
const sound = /\.(?:mp3|ogg|oga|opus|wav|m4a|aac|flac)$/i;
const words =
  /\.(?:txt|md|log|json|csv|xml|ya?ml|toml|ini|rs|[jt]sx?|css|html?|py|rb|go|c|h|cpp|java|kt|sh|sql|diff|patch)$/i;

export function kindOf(file: Pick<Attachment, 'filename' | 'content_type'>): Kind {
  const type = file.content_type ?? '';
  // Vector pictures may hold scripts: they are files, never shown in place.
  if (type.includes('svg') || /\.svgz?$/i.test(file.filename)) return 'file';
  if (type.startsWith('image/') || (!type && picture.test(file.filename))) return 'image';
  if (type.startsWith('video/') || (!type && film.test(file.filename))) return 'video';
  if (type.startsWith('audio/') || (!type && sound.test(file.filename))) return 'audio';
  if (type.startsWith('text/') || words.test(file.filename)) return 'text';
  return 'file';
}

export interface Box {
  width: number;
  height: number;
}

/** The size something is drawn in: its own, within the largest, never larger than it is. */
export function boxFor(width: number | null | undefined, height: number | null | undefined, most: Box): Box {
  if (!width || !height) return { width: most.width, height: Math.round((most.width * 9) / 16) };
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(24, Math.round(height * scale)) };
}

const hashes = new Map<string, string | undefined>();

/** A blurred picture of a few bytes, as an address. */
export function placeholderUrl(hash: string | null | undefined): string | undefined {
  if (!hash) return undefined;
  if (hashes.has(hash)) return hashes.get(hash);
  let url: string | undefined;
  try {
    url = thumbHashToDataURL(Uint8Array.from(atob(hash), (char) => char.charCodeAt(0)));
  } catch {
    url = undefined;
  }
  if (hashes.size > 400) hashes.clear();
  hashes.set(hash, url);
  return url;
}

/** How many stand in each row of a mosaic. */
export function mosaicRows(count: number): number[] {
  switch (count) {
    case 4:
      return [2, 2];
    case 5:
      return [2, 3];
    case 6:
      return [3, 3];
    case 7:
      return [1, 3, 3];
    case 8:
      return [2, 3, 3];
    case 9:
      return [3, 3, 3];
    case 10:
      return [1, 3, 3, 3];
    default:
      return [count];
  }
}
