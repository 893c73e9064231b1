import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { PencilLine, X } from 'lucide-react';
import { contextMenu } from '#/app/contextMenu';
import { ChannelIcon } from '#/features/channels/ChannelIcon';
import { summary } from '#/features/chat/text';
import { closeConversation, dmMenu } from '#/features/people/dmMenu';
import { DM, GROUP, useDmName } from '#/features/people/names';
import { mark, useCustomStatus, useStatus } from '#/features/people/presence';
import { iconUrl } from '#/model/media';
import { useDrafts, useEntity, useTyping, useUnread } from '#/store';
import { Avatar, usePreferences } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { channelPath } from '../links';
import { PathLink } from '../PathLink';
import css from './Sidebar.module.css';
import { TypingDots } from './TypingDots';

export function DmRow({ channelId, active }: { channelId: string; active: boolean }) {
  const { t } = useLingui();
  const channel = useEntity('channels', channelId);
  const { unread, mentions, muted } = useUnread('channel', channelId);
  const dm = useDmName(channelId);
  const status = useStatus(dm.user?.id);
  const custom = useCustomStatus(dm.user?.id);
  const typing = useTyping(channelId).length > 0;
  const drafted = useDrafts().includes(channelId);
  const last = useEntity('messages', channel?.last_message_id);
  const previews = usePreferences((p) => p.dmPreviews);
  if (!channel) return null;
  const group = channel.type === GROUP;
  const name = channel.guild_id ? (channel.name ?? '') : dm.name;
  const members = (channel.recipients?.length ?? 0) + 1;
  const fresh = unread && !muted;
  const preview = last && (previews === 'all' || (previews === 'unread' && fresh)) ? summary(last, 60) : '';
  const detail = preview || (group ? plural(members, { one: '# member', other: '# members' }) : custom);
  const label = [
    name,
    group ? detail : '',
    mentions ? plural(mentions, { one: '# unread message', other: '# unread messages' }) : '',
    muted ? t`muted` : '',
    drafted ? t`draft` : '',
  ].filter(Boolean);
  return (
    <li
      className={css.channel}
      data-dm
      data-active={active || undefined}
      data-unread={(fresh && !active) || undefined}
      data-muted={muted || undefined}
    >
      <PathLink
        to={channelPath(channel.guild_id ?? '@me', channelId)}
        className={css.row}
        data-item={name}
        tabIndex={-1}
        aria-label={label.join(', ')}
        aria-current={active ? 'page' : undefined}
        {...contextMenu(() => dmMenu(channelId))}
      >
        {channel.guild_id ? (
          <ChannelIcon channelId={channelId} />
        ) : dm.user ? (
          <Avatar user={dm.user} size={32} status={mark(status)} />
        ) : (
          <Avatar name={name} src={iconUrl(channel, 32)} size={32} />
        )}
        <span className={cx(css.two, looks.two)}>
          <bdi className={cx(css.name, looks.truncated)}>{name}</bdi>
          {detail && <bdi className={cx(css.detail, looks.truncated)}>{detail}</bdi>}
        </span>
        {typing && !active && <TypingDots />}
        {drafted && !active && <PencilLine className={css.pencil} aria-hidden="true" />}
        {mentions > 0 && (
          <span className={cx(css.badge, looks.count)}>{mentions > 99 ? '99+' : mentions}</span>
        )}
      </PathLink>
      {channel.type === DM && (
        <span className={css.actions}>
          <button
            type="button"
            tabIndex={-1}
            aria-label={t`Close the conversation with ${name}`}
            data-tooltip={t`Close`}
            onClick={() => void closeConversation(channelId)}
          >
            <X />
          </button>
        </span>
      )}
    </li>
  );
}
