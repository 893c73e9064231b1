import { Trans } from '@lingui/react/macro';
import { api } from '#/api/client';
import { openDialog } from '#/app/layout';
import { useParams } from '#/app/routing';
import { Section } from '#/features/settings/Frame';
import { Button } from '#/ui';
import { InviteTable } from './InviteTable';

export default function ChannelInvites() {
  const { guildId = '', channelId = '' } = useParams();
  return (
    <>
      <div>
        <Button variant="primary" onClick={() => openDialog({ kind: 'invite', channelId, guildId })}>
          <Trans>Create an invite</Trans>
        </Button>
      </div>
      <Section lines>
        <InviteTable
          load={() => api('GET /channels/{channel_id}/invites', { path: { channel_id: channelId } })}
        />
      </Section>
    </>
  );
}
