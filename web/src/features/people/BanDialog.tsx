import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { FormDialog, Select, TextField } from '#/ui';
import { useAction } from './moderate';
import { displayName } from './names';

type Props = { request: { guildId: string; userId: string }; onClose: () => void };
type Length = 0 | 3600 | 43200 | 86400 | 259200 | 432000 | 604800 | 1209600 | 2592000;

export default function BanDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const { guildId, userId } = request;
  const name = displayName(userId, guildId);
  const [reason, setReason] = useState('');
  const [days, setDays] = useState(0);
  const [length, setLength] = useState<Length>(0);
  const { busy, error, act } = useAction(onClose);
  const ban = () =>
    act(
      () =>
        api('PUT /guilds/{guild_id}/bans/{user_id}', {
          path: { guild_id: guildId, user_id: userId },
          body: {
            delete_message_days: days,
            reason: reason.trim() || undefined,
            ban_duration_seconds: length || undefined,
          },
          reason: reason.trim() || undefined,
        }),
      t`${name} is banned.`,
    );
  return (
    <FormDialog
      size="s"
      title={<Trans>Ban {name}?</Trans>}
      description={<Trans>They leave at once and cannot come back while the ban lasts.</Trans>}
      onClose={onClose}
      onSubmit={ban}
      action={<Trans>Ban</Trans>}
      danger
      busy={busy}
      error={error}
    >
      <Select
        label={<Trans>How long</Trans>}
        value={length}
        onChange={setLength}
        options={[
          { value: 0, label: t`For good` },
          { value: 3600, label: t`1 hour` },
          { value: 43200, label: t`12 hours` },
          { value: 86400, label: t`1 day` },
          { value: 259200, label: t`3 days` },
          { value: 432000, label: t`5 days` },
          { value: 604800, label: t`1 week` },
          { value: 1209600, label: t`2 weeks` },
          { value: 2592000, label: t`30 days` },
        ]}
      />
      <Select
        label={<Trans>Their messages</Trans>}
        value={days}
        onChange={setDays}
        options={[
          { value: 0, label: t`Keep` },
          { value: 1, label: t`Delete those of the last day` },
          { value: 2, label: t`Delete those of the last 2 days` },
          { value: 3, label: t`Delete those of the last 3 days` },
          { value: 7, label: t`Delete those of the last 7 days` },
        ]}
      />
      <TextField
        label={<Trans>Reason</Trans>}
        hint={<Trans>Moderators see it in the list of bans and the audit log.</Trans>}
        optional
        maxLength={512}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
