// Which folders of the rail are open: a matter of this device.
import { create } from 'zustand';
import { keep, kept, onAccount } from '#/store/device';

const STORAGE = 'folders';
const read = () => kept<number[]>(STORAGE, []);

export const useOpenFolders = create<{ open: number[] }>(() => ({ open: read() }));

export function toggleFolder(id: number): void {
  const { open } = useOpenFolders.getState();
  const now = open.includes(id) ? open.filter((one) => one !== id) : [...open, id];
  useOpenFolders.setState({ open: now });
  keep(STORAGE, now);
}
onAccount(() => useOpenFolders.setState({ open: read() }));
