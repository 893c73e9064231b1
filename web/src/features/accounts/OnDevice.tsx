import { Trans } from '@lingui/react/macro';
import type { Account } from '#/store';
import { AccountList } from './AccountList';
import css from './OnDevice.module.css';

/** On the sign-in page: whoever is signed in on this device already can go on without a password. */
export default function OnDevice({ accounts }: { accounts: Account[] }) {
  return (
    <section className={css.accounts}>
      <h2 className={css.title}>
        <Trans>On this device</Trans>
      </h2>
      <AccountList accounts={accounts} />
    </section>
  );
}
