import { Trans } from '@lingui/react/macro';
import { GROUP } from '#/features/people/names';
import { useChannel } from '#/store';
import { later } from '#/ui/later';
import { GuildMembers } from './GuildMembers';
import css from './Members.module.css';

const GroupMembers = later(() => import('./GroupMembers').then((part) => part.GroupMembers));

export function MembersPanel({ channelId }: { channelId: string }) {
  const channel = useChannel(channelId);
  if (!channel) return null;
  if (channel.guild_id) return <GuildMembers guildId={channel.guild_id} channelId={channelId} />;
  if (channel.type === GROUP) return <GroupMembers channelId={channelId} />;
  return (
    <p className={css.note}>
      <Trans>Only you.</Trans>
    </p>
  );
}
