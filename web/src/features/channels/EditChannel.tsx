import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { useAction } from '#/features/people/moderate';
import { entity } from '#/store';
import { Banner, Button, Dialog, TextArea, TextField } from '#/ui';

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
    <Dialog
      open
      size="s"
      title={<Trans>Edit #{channel?.name ?? ''}</Trans>}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!name.trim()}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      {error && <Banner kind="error">{error}</Banner>}
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
    </Dialog>
  );
}
