import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { formatDateTime } from '#/i18n';
import { Button, DateTimeField, Dialog, localDateTime, toast } from '#/ui';
import { refused } from '../actions';

interface Props {
  channelId: string;
  guildId?: string;
  content: string;
  reply?: { messageId: string; mention: boolean };
  onClose: () => void;
  onDone: () => void;
}

/** When a message shall be sent. */
export default function ScheduleDialog({ channelId, content, reply, onClose, onDone }: Props) {
  const { t } = useLingui();
  const [when, setWhen] = useState(() => localDateTime(new Date(Date.now() + 3_600_000)));
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await api('POST /channels/{channel_id}/messages/schedule', {
        path: { channel_id: channelId },
        body: {
          content,
          scheduled_local_at: when,
          timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          ...(reply
            ? {
                message_reference: { message_id: reply.messageId, channel_id: channelId, type: 0 },
                allowed_mentions: { replied_user: reply.mention },
              }
            : {}),
        } as never,
      });
      toast({ kind: 'success', text: t`It will be sent on ${formatDateTime(when)}.` });
      onDone();
      onClose();
    } catch (error) {
      refused(error, t`It could not be scheduled.`);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      size="s"
      title={t`Send later`}
      onClose={onClose}
      onSubmit={go}
      footer={
        <Button variant="primary" type="submit" busy={busy}>
          <Trans>Schedule</Trans>
        </Button>
      }
    >
      <DateTimeField
        label={t`Date and time`}
        value={when}
        onChange={setWhen}
        min={localDateTime(new Date())}
      />
    </Dialog>
  );
}
