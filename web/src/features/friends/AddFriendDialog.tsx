import { Trans } from '@lingui/react/macro';
import { Dialog } from '#/ui';
import { AddFriend } from './AddFriend';

export default function AddFriendDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open title={<Trans>Add friend</Trans>} onClose={onClose}>
      <AddFriend />
    </Dialog>
  );
}
