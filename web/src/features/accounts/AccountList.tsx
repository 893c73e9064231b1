import { plural, t } from '@lingui/core/macro';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import type { Account } from '#/store';
import { Avatar, VisuallyHidden } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import css from './AccountList.module.css';
import { switchAccount } from './leave';

/** The accounts of this device, to go on with one of them. */
export function AccountList({ accounts, onChosen }: { accounts: Account[]; onChosen?: () => void }) {
  const [busy, setBusy] = useState<string>();
  return (
    <ul className={css.list}>
      {accounts.map((account) => {
        const name = account.global_name || account.username || t`Account`;
        const badge = account.current ? 0 : (account.badge ?? 0);
        return (
          <li key={account.id}>
            <button
              type="button"
              className={css.account}
              aria-current={account.current || undefined}
              aria-busy={busy === account.id || undefined}
              onClick={() => {
                onChosen?.();
                if (account.current && !onChosen) goTo(HOME);
                if (account.current || busy) return;
                setBusy(account.id);
                void switchAccount(account.id).finally(() => setBusy(undefined));
              }}
            >
              <Avatar user={account} size={40} />
              <span className={cx(css.two, looks.two)}>
                <bdi className={cx(css.name, looks.truncated)}>{name}</bdi>
                <bdi className={cx(css.detail, looks.truncated)}>{account.username}</bdi>
              </span>
              {badge > 0 && (
                <span
                  className={looks.count}
                  title={plural(badge, { one: '# mention', other: '# mentions' })}
                >
                  {badge > 99 ? '99+' : badge}
                </span>
              )}
              {account.current && (
                <>
                  <Check size={20} aria-hidden />
                  <VisuallyHidden>{t`this one`}</VisuallyHidden>
                </>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
