import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { PencilLine, Settings, UserRoundPlus } from 'lucide-react';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';
import { contextMenu } from '#/app/contextMenu';
import { ChannelIcon } from '#/features/channels/ChannelIcon';
import { Bit } from '#/model/permissions';
import { useChannel, useDrafts, useEntity, usePermissions, useTyping, useUnread } from '#/store';
import { toast } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { openChannelSettings, openDialog } from '../layout';
import { channelPath } from '../links';
import { channelMenu } from '../menus';
import { PathLink } from '../PathLink';
import { channelKeys, useDragChannel } from './drag';
import css from './Sidebar.module.css';
import { TypingDots } from './TypingDots';
import { VoicePeople } from './VoicePeople';

const VOICE = 2;
const LINK = 998;

type Props = { channelId: string; active: boolean; folded?: boolean };

export function ChannelRow({ channelId, active, folded = false }: Props) {
  const { t } = useLingui();
  const channel = useChannel(channelId);
  const guildId = channel?.guild_id ?? '';
  const { unread, mentions, muted } = useUnread('channel', channelId);
  const hideMuted = useEntity('guildSettings', guildId, (row) => row?.hide_muted_channels === true);
  const drafted = useDrafts().includes(channelId);
  const typing = useTyping(channelId).length > 0;
  const rights = usePermissions(guildId, channelId);
  const drag = useDragChannel(channelId);
  if (!channel) return null;
  if (!active && !mentions && ((folded && (!unread || muted)) || (hideMuted && muted))) return null;

  const manage = rights.has(Bit.MANAGE_CHANNELS);
  const name = channel.name ?? '';
  const fresh = unread && !muted;
  const label = [
    name,
    channel.type === VOICE ? t`voice` : channel.type === LINK ? t`link` : '',
    mentions ? plural(mentions, { one: '# mention', other: '# mentions' }) : '',
    fresh ? t`unread` : '',
    muted ? t`muted` : '',
    drafted ? t`draft` : '',
  ].filter(Boolean);
  const shared: AnchorHTMLAttributes<HTMLAnchorElement> & Record<`data-${string}`, unknown> = {
    className: css.row,
    tabIndex: -1,
    'aria-label': label.join(', '),
    'aria-current': active ? 'page' : undefined,
    'data-item': name,
    ...contextMenu(() => channelMenu(channelId)),
    ...(manage ? drag.source : undefined),
    ...(manage ? { onKeyDown: channelKeys(channelId) } : undefined),
  };
  const inside = (
    <>
      <ChannelIcon channelId={channelId} />
      <bdi className={cx(css.name, looks.truncated)}>{name}</bdi>
      {typing && !active && <TypingDots />}
      {drafted && !active && <PencilLine className={css.pencil} aria-hidden="true" />}
      {mentions > 0 && <span className={cx(css.badge, looks.count)}>{mentions > 99 ? '99+' : mentions}</span>}
    </>
  );
  const noVoice = () => toast({ kind: 'info', text: t`Voice is not set up on this server.` });
  return (
    <li
      className={css.channel}
      data-active={active || undefined}
      data-unread={(fresh && !active) || undefined}
      data-muted={muted || undefined}
      data-drop={drag.over}
      {...drag.target}
    >
      {channel.type === LINK ? (
        <a {...shared} href={safe(channel.url)} target="_blank" rel="noopener noreferrer">
          {inside}
        </a>
      ) : channel.type === VOICE ? (
        <button {...(shared as ButtonHTMLAttributes<HTMLButtonElement>)} type="button" onClick={noVoice}>
          {inside}
        </button>
      ) : (
        <PathLink {...shared} to={channelPath(guildId, channelId)}>
          {inside}
        </PathLink>
      )}
      <span className={css.actions}>
        {rights.has(Bit.CREATE_INSTANT_INVITE) && channel.type !== LINK && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t`Invite to ${name}`}
            data-tooltip={t`Invite people`}
            onClick={() => openDialog({ kind: 'invite', channelId, guildId })}
          >
            <UserRoundPlus />
          </button>
        )}
        {manage && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t`Settings of ${name}`}
            data-tooltip={t`Channel settings`}
            onClick={() => openChannelSettings(guildId, channelId)}
          >
            <Settings />
          </button>
        )}
      </span>
      {channel.type === VOICE && <VoicePeople channelId={channelId} />}
    </li>
  );
}

const safe = (url: string | null | undefined) => (url && /^https?:\/\//i.test(url) ? url : undefined);
