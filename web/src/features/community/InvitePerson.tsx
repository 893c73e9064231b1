import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { GuildIcon } from '#/app/rail/GuildIcon';
import { inviteError } from '#/features/people/errors';
import { displayName } from '#/features/people/names';
import { useProfile } from '#/features/people/profile';
import { entity, openDm, send, useEntity, useList } from '#/store';
import { Button, Dialog, EmptyState, toast } from '#/ui';
import css from './Community.module.css';
import { inviteLink } from './invites';
import { inviteChannel } from './menus';

function Row({ guildId, userId }: { guildId: string; userId: string }) {
  const { t } = useLingui();
  const guild = useEntity('guilds', guildId);
  const [state, setState] = useState<'idle' | 'busy' | 'sent'>('idle');
  const invite = async () => {
    const channelId = inviteChannel(guildId);
    if (!channelId) return;
    setState('busy');
    try {
      const made = await api('POST /channels/{channel_id}/invites', {
        path: { channel_id: channelId },
        body: { max_age: 604_800, max_uses: 0 },
      });
      const channel = await openDm(userId);
      send(channel.id, { content: inviteLink(made.code) });
      setState('sent');
    } catch (error) {
      setState('idle');
      toast({ kind: 'error', text: inviteError(error) });
    }
  };
  if (!guild) return null;
  return (
    <li className={css.friend}>
      <GuildIcon guild={guild} size={32} />
      <bdi className={css.who}>{guild.name}</bdi>
      <Button
        size="s"
        busy={state === 'busy'}
        disabled={state === 'sent'}
        aria-label={state === 'sent' ? t`Invited to ${guild.name}` : t`Invite to ${guild.name}`}
        onClick={() => void invite()}
      >
        {state === 'sent' ? <Trans>Invited</Trans> : <Trans>Invite</Trans>}
      </Button>
    </li>
  );
}

export default function InvitePerson({
  request,
  onClose,
}: {
  request: { userId: string };
  onClose: () => void;
}) {
  const { userId } = request;
  const joined = useList('guilds');
  const { profile } = useProfile(userId);
  const common = profile?.mutual_guilds?.map((guild) => guild.id) ?? [];
  const open = joined.filter(
    (id) => !common.includes(id) && !entity('members', `${id}:${userId}`) && inviteChannel(id),
  );
  return (
    <Dialog open size="s" title={<Trans>Invite {displayName(userId)}</Trans>} onClose={onClose}>
      {open.length ? (
        <ul className={css.friends}>
          {open.map((id) => (
            <Row key={id} guildId={id} userId={userId} />
          ))}
        </ul>
      ) : (
        <EmptyState title={<Trans>There is no community you could invite them to</Trans>} />
      )}
    </Dialog>
  );
}
