import { Trans } from '@lingui/react/macro';
import { GROUP } from '#/features/people/names';
import { useEntity } from '#/store';
import { GroupMembers } from './GroupMembers';
import { GuildMembers } from './GuildMembers';
import css from './Members.module.css';

export function MembersPanel({ channelId }: { channelId: string }) {
  const channel = useEntity('channels', channelId);
  if (!channel) return null;
  if (channel.guild_id) return <GuildMembers guildId={channel.guild_id} channelId={channelId} />;
  if (channel.type === GROUP) return <GroupMembers channelId={channelId} />;
  return (
    <p className={css.note}>
      <Trans>Only you.</Trans>
    </p>
  );
}
