import { dataUrl } from './dataUrl';

/** Opens the file dialog from any button. */
export function pickFiles(options: { accept?: string; multiple?: boolean } = {}): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = options.accept ?? '';
    input.multiple = options.multiple ?? false;
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}

/** Asks for one picture, and hands it on as a data URL. */
export async function pickPicture(done: (picture: string) => void): Promise<void> {
  const [file] = await pickFiles({ accept: 'image/*' });
  if (file) done(await dataUrl(file));
}
