import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { useAction } from '#/features/people/moderate';
import { entity } from '#/store';
import { FormDialog, TextArea, TextField } from '#/ui';

/** Name and topic in a hurry; everything else is in the channel's settings. */
export default function EditChannel({
  request,
  onClose,
}: {
  request: { channelId: string };
  onClose: () => void;
}) {
  const { channelId } = request;
  const channel = entity('channels', channelId);
  const [name, setName] = useState(channel?.name ?? '');
  const [topic, setTopic] = useState(channel?.topic ?? '');
  const { busy, error, act } = useAction(onClose);
  const text = channel?.type === 0;
  const save = () =>
    act(() =>
      api('PATCH /channels/{channel_id}', {
        path: { channel_id: channelId },
        body: { name: name.trim(), ...(text ? { topic: topic.trim() || null } : undefined) } as never,
      }),
    );
  return (
    <FormDialog
      size="s"
      title={<Trans>Edit #{channel?.name ?? ''}</Trans>}
      onClose={onClose}
      onSubmit={save}
      action={<Trans>Save</Trans>}
      busy={busy}
      disabled={!name.trim()}
      error={error}
    >
      <TextField label={<Trans>Name</Trans>} maxLength={100} value={name} onChange={setName} />
      {text && (
        <TextArea
          label={<Trans>Topic</Trans>}
          optional
          rows={3}
          counter={1024}
          maxLength={1024}
          value={topic}
          onChange={setTopic}
        />
      )}
    </FormDialog>
  );
}
