import { t } from '@lingui/core/macro';
import { entity, list, settings, updateSettings } from '#/store';
import { announce, toast } from '#/ui';
import * as folders from './folders';

export const current = () => folders.railItems(settings()?.guild_folders ?? [], list('guilds'));

/** Shown at once; taken back with a word when the server refuses. */
async function save(items: folders.RailItem[]): Promise<void> {
  try {
    await updateSettings({ guild_folders: folders.toFolders(items) });
  } catch {
    toast({ kind: 'error', text: t`The order could not be saved.` });
  }
}

export const moveItem = (what: folders.Moved, target: folders.Target) =>
  save(folders.move(current(), what, target));

export function stepItem(what: folders.Moved, by: -1 | 1): void {
  void save(folders.step(current(), what, by));
  const name =
    'guild' in what ? entity('guilds', what.guild)?.name : folderOf(what.folder)?.folder.name || t`Folder`;
  announce(by < 0 ? t`${name ?? ''} moved up` : t`${name ?? ''} moved down`, 'polite');
}

export const folderOf = (id: number) =>
  current().find(
    (item): item is folders.RailItem & { kind: 'folder' } => item.kind === 'folder' && item.id === id,
  );

export const dissolve = (folder: number) => save(folders.ungroup(current(), folder));

/** A folder of its own around one community. */
export function newFolder(guildId: string): void {
  const items = current();
  const holder = items.find((item) => item.kind === 'folder' && item.guilds.includes(guildId));
  const loose = holder
    ? folders.move(items, { guild: guildId }, { beside: { folder: Number(holder.id) }, after: true })
    : items;
  const id = folders.freshId(items);
  void save(
    loose.map((item) =>
      item.kind === 'guild' && item.id === guildId
        ? { kind: 'folder', id, folder: { id, guild_ids: [] }, guilds: [guildId] }
        : item,
    ),
  );
}

export function changeFolder(id: number, change: Partial<folders.Folder>): void {
  void save(
    current().map((item) =>
      item.kind === 'folder' && item.id === id ? { ...item, folder: { ...item.folder, ...change } } : item,
    ),
  );
}
