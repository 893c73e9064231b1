import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { AgeGate, useAgeGate } from '#/features/channels/AgeGate';
import { ChatPane } from '#/features/chat';
import { Bit } from '#/model/permissions';
import { openGuild, useChannel, usePermissions, useSession } from '#/store';
import { EmptyState } from '#/ui';
import { later } from '#/ui/later';
import { usePlace } from '../place';
import { ChannelHeader } from './ChannelHeader';
import css from './ChannelView.module.css';
import { Nothing } from './Nothing';
import { PaneTop } from './PaneTop';
import { SidePanel } from './SidePanel';

const TEXT = new Set([0, 1, 3, 999]);

const SafetyStrip = later(() => import('#/features/people/SafetyStrip').then((part) => part.SafetyStrip));

/** A channel of a community (`guildId`) or a conversation (`guildId` is '@me'); `messageId` jumps there. */
export function ChannelView(props: { guildId: string; channelId: string; messageId?: string }) {
  const { channelId } = props;
  const { t } = useLingui();
  const { phase, loaded } = useSession();
  const channel = useChannel(channelId);
  const guildId = channel?.guild_id ?? null;
  const rights = usePermissions(guildId, channelId);
  const gate = useAgeGate(channelId);
  const { guildId: at } = usePlace();

  useEffect(() => openGuild(guildId), [guildId]);

  if (!channel) {
    if (phase === 'live' || (loaded && phase === 'offline')) return <Nothing />;
    return (
      <main className={css.main} tabIndex={-1}>
        <PaneTop title="" />
      </main>
    );
  }
  const known = TEXT.has(channel.type);
  const hidden = guildId !== null && !rights.has(Bit.VIEW_CHANNEL);
  return (
    <div className={css.view} data-place={at ?? undefined}>
      <main className={css.main} tabIndex={-1}>
        <ChannelHeader channelId={channelId} />
        {hidden ? (
          <EmptyState
            title={<Trans>You cannot see this channel any more</Trans>}
            text={<Trans>Its permissions were changed. It comes back by itself when you may see it.</Trans>}
          />
        ) : !known ? (
          <EmptyState
            title={t`Nothing to read here`}
            text={t`This kind of channel has no messages, or this version of the client does not know it.`}
          />
        ) : gate ? (
          <AgeGate channelId={channelId} closed={gate === 'closed'} />
        ) : (
          <>
            {channel.type === 1 && <SafetyStrip channelId={channelId} />}
            <ChatPane key={channelId} channelId={channelId} messageId={props.messageId} />
          </>
        )}
      </main>
      {!hidden && known && !gate && <SidePanel channelId={channelId} />}
    </div>
  );
}
