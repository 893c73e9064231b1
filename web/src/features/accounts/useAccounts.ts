import { useEffect, useState } from 'react';
import type { Account } from '#/store';
import { session, useSession } from '#/store/session';

/** The accounts that are signed in on this device. */
export function useAccounts(): Account[] {
  const { userId, phase } = useSession();
  const out = phase === 'signed-out';
  const [accounts, setAccounts] = useState<Account[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account, another answer
  useEffect(() => {
    let gone = false;
    void session
      .start()
      .then(() => session.accounts())
      .then((all) => gone || setAccounts(all));
    return () => {
      gone = true;
    };
  }, [userId, out]);
  return accounts;
}
