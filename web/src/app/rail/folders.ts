// The order of the rail: communities and folders as `guild_folders` keeps them. Entries with id -1 hold the
// communities that are in no folder; there may be several of them, between the folders.
import type { UserSettingsPatch } from '#/api/types';

/** As it is written back; what is read has the same fields. */
export type Folder = NonNullable<UserSettingsPatch['guild_folders']>[number];
export type FolderIcon = NonNullable<Folder['icon']>;
export type RailItem =
  | { kind: 'guild'; id: string }
  | { kind: 'folder'; id: number; folder: Folder; guilds: string[] };

const loose = -1;

type Read = Omit<Folder, 'id' | 'icon'> & { id?: number | null; icon?: string | null };

export function railItems(folders: readonly Read[], joined: readonly string[]): RailItem[] {
  const left = new Set(joined);
  const items: RailItem[] = [];
  const take = (ids: readonly string[]) => ids.filter((id) => left.delete(id));
  for (const folder of folders) {
    const guilds = take(folder.guild_ids);
    if (folder.id === loose || folder.id == null)
      items.push(...guilds.map((id) => ({ kind: 'guild' as const, id })));
    else if (guilds.length)
      items.push({ kind: 'folder', id: folder.id, folder: { ...folder, id: folder.id } as Folder, guilds });
  }
  // A community that the settings do not name yet (just joined) comes first, as the server puts it.
  return [...[...left].map((id) => ({ kind: 'guild' as const, id })), ...items];
}

export function toFolders(items: readonly RailItem[]): Folder[] {
  const folders: Folder[] = [];
  for (const item of items) {
    if (item.kind === 'folder') {
      if (item.guilds.length) folders.push({ ...item.folder, id: item.id, guild_ids: item.guilds });
      continue;
    }
    const last = folders.at(-1);
    if (last?.id === loose) last.guild_ids = [...last.guild_ids, item.id];
    else folders.push({ id: loose, guild_ids: [item.id] });
  }
  return folders;
}

/** What is moved: a community, or a folder as a whole. */
export type Moved = { guild: string } | { folder: number };
/** Where to: beside another item of the rail, or into a folder, before one of its communities or at its end. */
export type Target =
  | { beside: Moved; after: boolean }
  | { into: number; before?: string }
  | { join: string; id: number };

const is = (item: RailItem, what: Moved) =>
  'guild' in what
    ? item.kind === 'guild' && item.id === what.guild
    : item.kind === 'folder' && item.id === what.folder;

function without(items: readonly RailItem[], what: Moved): { rest: RailItem[]; taken: RailItem | null } {
  let taken: RailItem | null = null;
  const rest: RailItem[] = [];
  for (const item of items) {
    if (is(item, what)) taken = item;
    else if (item.kind === 'folder' && 'guild' in what && item.guilds.includes(what.guild)) {
      taken = { kind: 'guild', id: what.guild };
      const guilds = item.guilds.filter((id) => id !== what.guild);
      // An emptied folder stays for the moment: the target may be beside it.
      rest.push({ ...item, guilds });
    } else rest.push(item);
  }
  return { rest, taken };
}

export function move(items: readonly RailItem[], what: Moved, target: Target): RailItem[] {
  const { rest, taken } = without(items, what);
  if (!taken) return [...items];
  const done = place(rest, taken, target);
  const placed = done && flat(done).length === flat(items).length;
  return placed ? done.filter((item) => item.kind === 'guild' || item.guilds.length > 0) : [...items];
}

function place(rest: RailItem[], taken: RailItem, target: Target): RailItem[] | null {
  if ('beside' in target) {
    const at = rest.findIndex((item) => is(item, target.beside));
    return at < 0 ? null : rest.toSpliced(target.after ? at + 1 : at, 0, taken);
  }
  if (taken.kind === 'folder') return null;
  if ('into' in target) {
    return rest.map((item) => {
      if (item.kind !== 'folder' || item.id !== target.into) return item;
      const at = target.before ? item.guilds.indexOf(target.before) : -1;
      return { ...item, guilds: item.guilds.toSpliced(at < 0 ? item.guilds.length : at, 0, taken.id) };
    });
  }
  return rest.map((item) =>
    item.kind === 'guild' && item.id === target.join
      ? {
          kind: 'folder',
          id: target.id,
          folder: { id: target.id, guild_ids: [] },
          guilds: [item.id, taken.id],
        }
      : item,
  );
}

/** One step up or down, as the keys do it: through the rail, and within a folder among its communities. */
export function step(items: readonly RailItem[], what: Moved, by: -1 | 1): RailItem[] {
  if ('guild' in what) {
    const folder = items.find((item) => item.kind === 'folder' && item.guilds.includes(what.guild));
    if (folder?.kind === 'folder') {
      const at = folder.guilds.indexOf(what.guild);
      const other = folder.guilds[at + by];
      // Beyond the folder's edge it leaves the folder on that side.
      if (!other) return move(items, what, { beside: { folder: folder.id }, after: by > 0 });
      const guilds = folder.guilds.with(at, other).with(at + by, what.guild);
      return items.map((item) => (item === folder ? { ...folder, guilds } : item));
    }
  }
  const at = items.findIndex((item) => is(item, what));
  const other = items[at + by];
  if (at < 0 || !other) return [...items];
  const beside = other.kind === 'guild' ? { guild: other.id } : { folder: other.id };
  return move(items, what, { beside, after: by > 0 });
}

export function ungroup(items: readonly RailItem[], folder: number): RailItem[] {
  return items.flatMap((item): RailItem[] =>
    item.kind === 'folder' && item.id === folder ? item.guilds.map((id) => ({ kind: 'guild', id })) : [item],
  );
}

/** An id that no folder of the person has. */
export const freshId = (items: readonly RailItem[]) =>
  1 + Math.max(0, ...items.map((item) => (item.kind === 'folder' ? item.id : 0)));

/** All communities from top to bottom, as Mod+Alt+Up and Down walk through them. */
export const flat = (items: readonly RailItem[]) =>
  items.flatMap((item) => (item.kind === 'guild' ? [item.id] : item.guilds));
