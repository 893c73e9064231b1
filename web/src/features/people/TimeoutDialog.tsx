import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { DateTimeField, FormDialog, localDateTime, Select, TextField } from '#/ui';
import { useAction } from './moderate';
import { displayName } from './names';

type Props = { request: { guildId: string; userId: string }; onClose: () => void };
const YEAR = 365 * 86_400_000;

export default function TimeoutDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const { guildId, userId } = request;
  const name = displayName(userId, guildId);
  const [seconds, setSeconds] = useState(600);
  const [until, setUntil] = useState(() => localDateTime(new Date(Date.now() + 2 * 86_400_000)));
  const [reason, setReason] = useState('');
  const { busy, error, act } = useAction(onClose);
  const end = () => (seconds ? Date.now() + seconds * 1000 : new Date(until).getTime());
  const timeout = () =>
    act(
      () =>
        api('PATCH /guilds/{guild_id}/members/{user_id}', {
          path: { guild_id: guildId, user_id: userId },
          body: {
            communication_disabled_until: new Date(Math.min(end(), Date.now() + YEAR - 60_000)).toISOString(),
            timeout_reason: reason.trim() || undefined,
          },
          reason: reason.trim() || undefined,
        }),
      t`${name} is in timeout.`,
    );
  return (
    <FormDialog
      size="s"
      title={<Trans>Timeout for {name}</Trans>}
      description={<Trans>They can read, but not write, react or speak until it ends.</Trans>}
      onClose={onClose}
      onSubmit={timeout}
      action={<Trans>Timeout</Trans>}
      danger
      busy={busy}
      error={error}
    >
      <Select
        label={<Trans>How long</Trans>}
        value={seconds}
        onChange={setSeconds}
        options={[
          { value: 60, label: t`1 minute` },
          { value: 300, label: t`5 minutes` },
          { value: 600, label: t`10 minutes` },
          { value: 3600, label: t`1 hour` },
          { value: 86400, label: t`1 day` },
          { value: 604800, label: t`1 week` },
          { value: 0, label: t`Until a day of your choice` },
        ]}
      />
      {seconds === 0 && (
        <DateTimeField
          label={<Trans>Until</Trans>}
          value={until}
          min={localDateTime(new Date(Date.now() + 60_000))}
          max={localDateTime(new Date(Date.now() + YEAR))}
          onChange={setUntil}
        />
      )}
      <TextField label={<Trans>Reason</Trans>} optional maxLength={512} value={reason} onChange={setReason} />
    </FormDialog>
  );
}
