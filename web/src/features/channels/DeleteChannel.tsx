import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { useAction } from '#/features/people/moderate';
import { entity } from '#/store';
import { FormDialog, TextField } from '#/ui';

/** Nothing of a channel comes back, so its name is written first. A category only sets its channels free. */
export default function DeleteChannel({
  request,
  onClose,
}: {
  request: { channelId: string };
  onClose: () => void;
}) {
  const { channelId } = request;
  const [channel] = useState(() => entity('channels', channelId));
  const name = channel?.name ?? '';
  const [typed, setTyped] = useState('');
  const { busy, error, act } = useAction(onClose);
  const category = channel?.type === 4;
  const ready = category || typed.trim() === name;
  const remove = () => act(() => api('DELETE /channels/{channel_id}', { path: { channel_id: channelId } }));
  return (
    <FormDialog
      size="s"
      title={<Trans>Delete {name}?</Trans>}
      description={
        category ? (
          <Trans>Its channels stay, without a category.</Trans>
        ) : (
          <Trans>All its messages and files go with it. This cannot be taken back.</Trans>
        )
      }
      onClose={onClose}
      onSubmit={remove}
      action={<Trans>Delete</Trans>}
      danger
      busy={busy}
      disabled={!ready}
      error={error}
    >
      {!category && (
        <TextField
          label={<Trans>Write “{name}” to delete it</Trans>}
          autoComplete="off"
          value={typed}
          onChange={setTyped}
        />
      )}
    </FormDialog>
  );
}
