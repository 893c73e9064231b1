import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { FormDialog, TextField } from '#/ui';
import { useAction } from './moderate';
import { displayName } from './names';

type Props = { request: { guildId: string; userId: string }; onClose: () => void };

export default function KickDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const { guildId, userId } = request;
  const name = displayName(userId, guildId);
  const [reason, setReason] = useState('');
  const { busy, error, act } = useAction(onClose);
  const kick = () =>
    act(
      () =>
        api('DELETE /guilds/{guild_id}/members/{user_id}', {
          path: { guild_id: guildId, user_id: userId },
          reason: reason.trim() || undefined,
        }),
      t`${name} was kicked.`,
    );
  return (
    <FormDialog
      size="s"
      title={<Trans>Kick {name}?</Trans>}
      description={<Trans>They can come back with a new invite.</Trans>}
      onClose={onClose}
      onSubmit={kick}
      action={<Trans>Kick</Trans>}
      danger
      busy={busy}
      error={error}
    >
      <TextField
        label={<Trans>Reason</Trans>}
        hint={<Trans>Only the audit log shows it.</Trans>}
        optional
        maxLength={512}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
