import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { channelName } from '#/features/people/names';
import { useChannel, useEntity } from '#/store';
import { usePlace } from '../place';

/** The tab's title: what is open. The number before it is the badge's affair. */
export function useTitle(): void {
  const { t } = useLingui();
  const { guildId, channelId, path } = usePlace();
  const channel = useChannel(channelId);
  const guild = useEntity('guilds', channel?.guild_id ?? guildId);
  const views: Record<string, string> = {
    '/channels/@me': t`Friends`,
    '/discover': t`Discover`,
    '/inbox': t`Inbox`,
    '/you': t`You`,
  };
  const view = views[path];
  useEffect(() => {
    const name = channel ? `${channel.guild_id ? '#' : ''}${channelName(channel.id)}` : view;
    document.title = [name, guild?.name].filter(Boolean).join(' – ') || 'Fluxer';
  }, [channel, guild, view]);
}
