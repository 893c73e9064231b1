import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Bit } from '#/model/permissions';
import { entity, permissions, useEntity, useList, useSession } from '#/store';
import { Button, EmptyState } from '#/ui';
import { goTo, lastChannel, openDialog, useLayout } from '../layout';
import { channelPath } from '../links';
import css from './ChannelView.module.css';
import { Nothing } from './Nothing';
import { PaneTop } from './PaneTop';

/** A community without a channel in the path: leads to the last one visited, or the first readable. */
export function GuildView({ guildId }: { guildId: string }) {
  const { t } = useLingui();
  const guild = useEntity('guilds', guildId);
  const channels = useList('channels', guildId);
  const phone = useLayout((layout) => layout.width === 'phone');
  const { phase } = useSession();
  const readable = channels.filter(
    (id) => entity('channels', id)?.type === 0 && permissions(guildId, id).has(Bit.VIEW_CHANNEL),
  );
  const last = lastChannel(guildId);
  const to = last && readable.includes(last) ? last : readable[0];
  useEffect(() => {
    // On a phone the community's address shows its channels.
    if (to && !phone) goTo(channelPath(guildId, to), true);
  }, [guildId, to, phone]);

  if (!guild) return phase === 'live' ? <Nothing /> : null;
  if (to) return null;
  return (
    <main className={css.main} tabIndex={-1}>
      <PaneTop title={guild.name} />
      <EmptyState
        title={<Trans>No channels to read</Trans>}
        text={<Trans>There is no channel here that you can see.</Trans>}
        action={
          permissions(guildId).has(Bit.MANAGE_CHANNELS) ? (
            <Button variant="primary" onClick={() => openDialog({ kind: 'create-channel', guildId })}>
              {t`Create a channel`}
            </Button>
          ) : undefined
        }
      />
    </main>
  );
}
