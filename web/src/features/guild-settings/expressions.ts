// Pictures to be emoji or stickers: named from the file, made small enough when they are too large.
import { dataUrl } from '#/ui/dataUrl';

/** A name the server takes, from a file's. */
export function nameFrom(file: string): string {
  const name = file
    .replace(/\.\w+$/, '')
    .normalize('NFKD')
    .replace(/[^\w]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 32);
  return name.length >= 2 ? name : `${name || 'emoji'}_1`;
}

/** The file as a data URL. One that is larger than `limit` is drawn again at `size`; animations are left as they are. */
export async function picture(file: File, size: number, limit: number): Promise<string> {
  if (file.size <= limit || file.type === 'image/gif') return dataUrl(file);
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, size / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return dataUrl(await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 }));
}
