// Files on their way into a message: checked before they are taken.
import { t } from '@lingui/core/macro';
import { formatBytes } from '#/i18n';
import { type DraftFile, limit } from '#/store';
import { toast } from '#/ui';

export const MOST_FILES = 10;

async function measured(file: File): Promise<{ width?: number; height?: number }> {
  if (!file.type.startsWith('image/') || file.type.includes('svg')) return {};
  try {
    const bitmap = await createImageBitmap(file);
    const size = { width: bitmap.width, height: bitmap.height };
    bitmap.close();
    return size;
  } catch {
    return {};
  }
}

/** Takes what may be sent; says of the rest why not. */
export async function takeFiles(files: readonly File[], already: number): Promise<DraftFile[]> {
  const largest = limit('max_attachment_file_size') || 25 * 1024 * 1024;
  const taken: DraftFile[] = [];
  for (const file of files) {
    if (already + taken.length >= MOST_FILES) {
      toast({ kind: 'warning', text: t`At most ${MOST_FILES} files go into one message.` });
      break;
    }
    if (file.size > largest) {
      toast({ kind: 'error', text: t`${file.name} is larger than ${formatBytes(largest)}.` });
      continue;
    }
    taken.push({
      id: crypto.randomUUID(),
      blob: file,
      name: file.name || 'file',
      spoiler: /^SPOILER_/.test(file.name) || undefined,
      ...(await measured(file)),
    });
  }
  return taken;
}
