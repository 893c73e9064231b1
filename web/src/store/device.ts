// Small things this device keeps for an account (where one was last, what was searched for): local storage, because
// they are needed before anything else is there. Each account has its own; signing out of it removes them.

const CURRENT = 'account';

function item(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The account of this tab; before the first word of the vault the one that was last used on this device. */
let account = item(CURRENT) ?? '';
let changes = 0;
const listeners = new Set<() => void>();

/** How often the account has changed in this tab. */
export const accountChanges = (): number => changes;

/** Told when what is kept is another account's: whoever holds a copy reads again. */
export function onAccount(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function kept<T>(name: string, otherwise: T): T {
  try {
    return (JSON.parse(item(`${name}:${account}`) ?? 'null') as T | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(name: string, value: unknown): void {
  if (!account) return;
  try {
    localStorage.setItem(`${name}:${account}`, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: then only this visit remembers.
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`${name}:${account}`);
  } catch {
    // there is none
  }
}

export function enterAccount(id: string): void {
  if (id === account) return;
  account = id;
  changes += 1;
  try {
    localStorage.setItem(CURRENT, id);
  } catch {
    // asked again at the next start
  }
  for (const listener of listeners) listener();
}

/** Removes all that is kept for an account. */
export function wipeAccount(id: string): void {
  if (account === id) account = '';
  try {
    if (item(CURRENT) === id) localStorage.removeItem(CURRENT);
    for (const key of Object.keys(localStorage)) if (key.endsWith(`:${id}`)) localStorage.removeItem(key);
  } catch {
    // there is none
  }
  for (const listener of listeners) listener();
}
