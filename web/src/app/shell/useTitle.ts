import { useEffect } from 'react';
import { channelName } from '#/features/people/names';
import { entity, useEntity, useUnread } from '#/store';
import { usePlace } from '../place';

const titles: Record<string, () => string> = {};
/** Views without a channel name themselves. */
export const nameView = (path: string, name: () => string) => {
  titles[path] = name;
};

/** The tab's title: what is open, and how much waits. */
export function useTitle(): void {
  const { guildId, channelId, path } = usePlace();
  const { mentions } = useUnread('app');
  const channel = useEntity('channels', channelId);
  const guild = useEntity('guilds', channel?.guild_id ?? guildId);
  useEffect(() => {
    const name = channel ? `${channel.guild_id ? '#' : ''}${channelName(channel.id)}` : titles[path]?.();
    const parts = [name, guild?.name].filter(Boolean).join(' – ');
    const count = mentions > 0 ? `(${mentions > 99 ? '99+' : mentions}) ` : '';
    document.title = `${count}${parts || entity('guilds', guildId)?.name || 'Fluxer'}`;
  }, [channel, guild, guildId, mentions, path]);
}
