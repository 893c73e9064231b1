// Which folders of the rail are open: a matter of this device.
import { create } from 'zustand';

const STORAGE = 'folders';
const read = (): number[] => {
  try {
    return JSON.parse(localStorage.getItem(STORAGE) ?? '[]') as number[];
  } catch {
    return [];
  }
};

export const useOpenFolders = create<{ open: number[] }>(() => ({ open: read() }));

export function toggleFolder(id: number): void {
  const { open } = useOpenFolders.getState();
  const now = open.includes(id) ? open.filter((one) => one !== id) : [...open, id];
  useOpenFolders.setState({ open: now });
  try {
    localStorage.setItem(STORAGE, JSON.stringify(now));
  } catch {
    // Only this visit remembers then.
  }
}
