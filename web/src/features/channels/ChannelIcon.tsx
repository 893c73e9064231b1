import { useLingui } from '@lingui/react/macro';
import {
  BookText,
  CircleAlert,
  Folder,
  Hash,
  Link2,
  Lock,
  NotebookPen,
  UsersRound,
  Volume2,
} from 'lucide-react';
import type { Channel } from '#/api/types';
import { Bit } from '#/model/permissions';
import { useChannel, useEntity } from '#/store';
import css from './ChannelIcon.module.css';

/** Whether @everyone cannot see it. */
export function isPrivate(channel: Channel, guildId: string, everyone: string | undefined): boolean {
  const own = channel.permission_overwrites?.find((one) => one.id === guildId);
  const allowed = (BigInt(everyone ?? '0') & ~BigInt(own?.deny ?? '0')) | BigInt(own?.allow ?? '0');
  return !(allowed & Bit.VIEW_CHANNEL) && !(allowed & Bit.ADMINISTRATOR);
}

const kinds = { 0: Hash, 2: Volume2, 3: UsersRound, 4: Folder, 998: Link2, 999: NotebookPen } as const;

export function ChannelIcon({ channelId }: { channelId: string }) {
  const { t } = useLingui();
  const channel = useChannel(channelId);
  const guildId = channel?.guild_id;
  const rules = useEntity('guilds', guildId, (guild) => guild?.rules_channel_id === channelId);
  const everyone = useEntity('roles', guildId, (role) => role?.permissions);
  if (!channel) return null;
  const Kind = rules ? BookText : (kinds[channel.type as keyof typeof kinds] ?? CircleAlert);
  const locked = guildId ? isPrivate(channel, guildId, everyone) : false;
  return (
    <span className={css.icon} data-locked={locked || undefined} data-nsfw={channel.nsfw || undefined}>
      <Kind aria-hidden="true" />
      {channel.nsfw ? (
        <span className={css.mark} role="img" aria-label={t`age-restricted`}>
          18
        </span>
      ) : locked ? (
        <Lock className={css.mark} role="img" aria-label={t`private`} />
      ) : null}
    </span>
  );
}
