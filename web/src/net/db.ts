// What the device keeps, in IndexedDB: one database, a store each for accounts, keys, the send queue, drafts,
// snapshots and settings. Where there is no IndexedDB (private windows, tests) memory stands in for it.
import { type IDBPDatabase, openDB } from 'idb';

export const STORES = ['meta', 'keys', 'accounts', 'queue', 'drafts', 'snapshots', 'settings'] as const;
export type StoreName = (typeof STORES)[number];

let opening: Promise<IDBPDatabase | undefined> | undefined;
const memory = new Map<StoreName, Map<string, unknown>>(STORES.map((name) => [name, new Map()]));

function open(): Promise<IDBPDatabase | undefined> {
  opening ??= (async () => {
    if (typeof indexedDB === 'undefined') return undefined;
    try {
      return await openDB('fluxer', 1, {
        upgrade(database) {
          for (const name of STORES) database.createObjectStore(name);
        },
      });
    } catch {
      return undefined;
    }
  })();
  return opening;
}

export async function read<T>(store: StoreName, key: string): Promise<T | undefined> {
  const database = await open();
  if (!database) return memory.get(store)?.get(key) as T | undefined;
  return (await database.get(store, key)) as T | undefined;
}

export async function write(store: StoreName, key: string, value: unknown): Promise<void> {
  const database = await open();
  if (!database) memory.get(store)?.set(key, value);
  else await database.put(store, value, key);
}

export async function erase(store: StoreName, key: string): Promise<void> {
  const database = await open();
  if (!database) memory.get(store)?.delete(key);
  else await database.delete(store, key);
}

/** All rows whose key begins so. */
export async function readAll<T>(store: StoreName, prefix = ''): Promise<[key: string, value: T][]> {
  const database = await open();
  if (!database) {
    return [...(memory.get(store) ?? [])].filter(([key]) => key.startsWith(prefix)) as [string, T][];
  }
  const range = prefix ? IDBKeyRange.bound(prefix, `${prefix}\uffff`) : null;
  const transaction = database.transaction(store);
  const [keys, values] = await Promise.all([
    transaction.store.getAllKeys(range),
    transaction.store.getAll(range),
  ]);
  return keys.map((key, at) => [String(key), values[at] as T]);
}

export async function readKeys(store: StoreName, prefix: string): Promise<string[]> {
  const database = await open();
  if (!database) return [...(memory.get(store)?.keys() ?? [])].filter((key) => key.startsWith(prefix));
  return (await database.getAllKeys(store, IDBKeyRange.bound(prefix, `${prefix}\uffff`))).map(String);
}

export async function eraseAll(store: StoreName, prefix: string): Promise<void> {
  const database = await open();
  if (!database) {
    const rows = memory.get(store);
    for (const key of [...(rows?.keys() ?? [])]) if (key.startsWith(prefix)) rows?.delete(key);
    return;
  }
  await database.delete(store, IDBKeyRange.bound(prefix, `${prefix}\uffff`));
}
