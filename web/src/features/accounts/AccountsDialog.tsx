import { Trans } from '@lingui/react/macro';
import { LogOut, Plus } from 'lucide-react';
import { goTo } from '#/app/layout';
import { Button, Dialog } from '#/ui';
import { AccountList } from './AccountList';
import { signOut } from './leave';
import { useAccounts } from './useAccounts';

/** The accounts of this device: go on with another, add one, leave this one. */
export default function AccountsDialog({ onClose }: { onClose: () => void }) {
  const accounts = useAccounts();
  return (
    <Dialog
      open
      size="s"
      title={<Trans>Accounts</Trans>}
      description={<Trans>Those that are signed in on this device.</Trans>}
      onClose={onClose}
      footer={
        <>
          <Button
            variant="ghost"
            icon={<LogOut size={16} aria-hidden />}
            onClick={() => {
              onClose();
              void signOut();
            }}
          >
            <Trans>Sign out</Trans>
          </Button>
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => {
              onClose();
              goTo('/login?add');
            }}
          >
            <Trans>Add an account</Trans>
          </Button>
        </>
      }
    >
      <AccountList accounts={accounts} onChosen={onClose} />
    </Dialog>
  );
}
