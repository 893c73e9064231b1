import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { settings, updateSettings } from '#/store';
import { FormDialog, Select, TextField } from '#/ui';
import { useAction } from '../people/moderate';
import { firstEmoji } from './emoji';

type Until = 0 | 1800 | 3600 | 14400 | 86400 | -1;

const seconds = (until: Until): number | null => {
  if (until === 0) return null;
  if (until > 0) return until;
  const end = new Date();
  end.setHours(24, 0, 0, 0);
  return Math.round((end.getTime() - Date.now()) / 1000);
};

export default function StatusDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const kept = settings()?.custom_status;
  const [text, setText] = useState(
    [kept?.emoji_id ? '' : kept?.emoji_name, kept?.text].filter(Boolean).join(' '),
  );
  const [until, setUntil] = useState<Until>(kept?.expires_at ? 86400 : -1);
  const { busy, error, act } = useAction(onClose);
  const save = () =>
    act(() => {
      const { emoji, rest } = firstEmoji(text);
      const wait = seconds(until);
      return updateSettings({
        custom_status:
          emoji || rest
            ? {
                text: rest || null,
                emoji_name: emoji,
                emoji_id: null,
                expires_at: wait === null ? null : new Date(Date.now() + wait * 1000).toISOString(),
              }
            : null,
      } as never);
    });
  return (
    <FormDialog
      size="s"
      title={<Trans>Custom status</Trans>}
      onClose={onClose}
      onSubmit={save}
      action={<Trans>Save</Trans>}
      busy={busy}
      error={error}
    >
      <TextField
        label={<Trans>What are you doing?</Trans>}
        hint={<Trans>An emoji at the beginning becomes its sign.</Trans>}
        counter={128}
        maxLength={140}
        value={text}
        data-autofocus=""
        onChange={setText}
      />
      <Select<Until>
        label={<Trans>Clear it</Trans>}
        value={until}
        onChange={setUntil}
        options={[
          { value: 1800, label: t`in 30 minutes` },
          { value: 3600, label: t`in 1 hour` },
          { value: 14400, label: t`in 4 hours` },
          { value: -1, label: t`at the end of today` },
          { value: 86400, label: t`in 24 hours` },
          { value: 0, label: t`never` },
        ]}
      />
    </FormDialog>
  );
}
