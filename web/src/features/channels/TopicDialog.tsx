import { Trans } from '@lingui/react/macro';
import { openDialog } from '#/app/layout';
import { Markdown } from '#/markdown';
import { Bit } from '#/model/permissions';
import { useEntity, usePermissions } from '#/store';
import { Button, Dialog } from '#/ui';

export default function TopicDialog({
  request,
  onClose,
}: {
  request: { channelId: string };
  onClose: () => void;
}) {
  const { channelId } = request;
  const channel = useEntity('channels', channelId);
  const manage = usePermissions(channel?.guild_id, channelId).has(Bit.MANAGE_CHANNELS);
  if (!channel) return null;
  return (
    <Dialog
      open
      size="s"
      title={<bdi>#{channel.name}</bdi>}
      onClose={onClose}
      footer={
        manage && (
          <Button
            onClick={() => {
              onClose();
              openDialog({ kind: 'edit-channel', channelId });
            }}
          >
            <Trans>Edit</Trans>
          </Button>
        )
      }
    >
      <div dir="auto" style={{ overflowWrap: 'anywhere' }}>
        <Markdown
          text={channel.topic ?? ''}
          context="about"
          channelId={channelId}
          guildId={channel.guild_id ?? undefined}
        />
      </div>
    </Dialog>
  );
}
