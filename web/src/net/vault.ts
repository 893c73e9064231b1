// The accounts of this device. A token is encrypted by a key the browser does not hand out; both lie in IndexedDB,
// and the token's plain text exists only in the network worker.
import type { Account } from '#/store/types';
import { erase, read, readAll, write } from './db';

interface Row {
  id: string;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
  about: Omit<Account, 'id' | 'current'>;
  used: number;
}

async function key(): Promise<CryptoKey> {
  const known = await read<CryptoKey>('keys', 'token');
  if (known) return known;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await write('keys', 'token', fresh);
  return fresh;
}

export async function putAccount(id: string, token: string, about: Row['about'], now: number): Promise<void> {
  // A page without a secure context (plain http on a host name) has no WebCrypto; the account lasts as long as it.
  if (!globalThis.crypto?.subtle) {
    unsealed.set(id, { token, about });
    return;
  }
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    await key(),
    new TextEncoder().encode(token),
  );
  await write('accounts', id, { id, iv, sealed, about, used: now } satisfies Row);
  await write('meta', 'current', id);
}
const unsealed = new Map<string, { token: string; about: Row['about'] }>();

export async function tokenOf(id: string): Promise<string | undefined> {
  const plain = unsealed.get(id)?.token;
  if (plain) return plain;
  const row = await read<Row>('accounts', id);
  if (!row) return undefined;
  try {
    const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, await key(), row.sealed);
    return new TextDecoder().decode(open);
  } catch {
    await dropAccount(id);
    return undefined;
  }
}

export async function describeAccount(id: string, about: Row['about']): Promise<void> {
  const row = await read<Row>('accounts', id);
  if (row) await write('accounts', id, { ...row, about });
}

export async function dropAccount(id: string): Promise<void> {
  unsealed.delete(id);
  await erase('accounts', id);
  if ((await read<string>('meta', 'current')) === id) await erase('meta', 'current');
}

export const currentAccount = (): Promise<string | undefined> => read<string>('meta', 'current');
export const setCurrent = (id: string): Promise<void> => write('meta', 'current', id);

export async function allAccounts(current: string | undefined): Promise<Account[]> {
  const rows = await readAll<Row>('accounts');
  return rows
    .map(([, row]) => ({ ...row.about, id: row.id, current: row.id === current }))
    .concat([...unsealed].map(([id, row]) => ({ ...row.about, id, current: id === current })));
}
