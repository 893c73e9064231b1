import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEntity, useUnread } from '#/store';
import { tip } from '#/ui';
import { contextMenu } from '../contextMenu';
import { lastChannel } from '../layout';
import { channelPath, guildPath } from '../links';
import { guildMenu } from '../menus';
import { PathLink } from '../PathLink';
import { useDragItem } from './drag';
import { GuildIcon } from './GuildIcon';
import { stepKeys } from './keys';
import css from './Rail.module.css';

export function RailGuild({
  guildId,
  active,
  folder,
}: {
  guildId: string;
  active: boolean;
  folder?: number;
}) {
  const { t } = useLingui();
  const guild = useEntity('guilds', guildId);
  const { unread, mentions, muted } = useUnread('guild', guildId);
  const drag = useDragItem({ guild: guildId }, folder);
  if (!guild) return null;
  const gone = guild.unavailable === true;
  const state = [
    guild.name,
    mentions ? plural(mentions, { one: '# mention', other: '# mentions' }) : '',
    unread && !muted ? t`unread` : '',
    gone ? t`temporarily unavailable` : '',
  ].filter(Boolean);
  const last = lastChannel(guildId);
  return (
    <li
      className={css.item}
      data-active={active || undefined}
      data-unread={(unread && !muted) || undefined}
      data-gone={gone || undefined}
      data-drop={drag.over}
      {...drag.target}
    >
      <PathLink
        to={last ? channelPath(guildId, last) : guildPath(guildId)}
        className={css.link}
        data-item={guild.name}
        tabIndex={-1}
        aria-current={active ? 'page' : undefined}
        aria-label={state.join(', ')}
        {...tip(guild.name, { side: 'end' })}
        {...contextMenu(() => guildMenu(guildId))}
        {...drag.source}
        onKeyDown={stepKeys({ guild: guildId })}
      >
        <GuildIcon guild={guild} size={44} />
        {mentions > 0 && <span className={css.badge}>{mentions > 99 ? '99+' : mentions}</span>}
      </PathLink>
    </li>
  );
}
