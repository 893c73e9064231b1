import { plural } from '@lingui/core/macro';
import { useDmName } from '#/features/people/names';
import { useUnread } from '#/store';
import { Avatar, tip } from '#/ui';
import { contextMenu } from '../contextMenu';
import { channelPath } from '../links';
import { dmMenu } from '../menus';
import { PathLink } from '../PathLink';
import css from './Rail.module.css';

/** A conversation that waits to be read. */
export function RailDm({ channelId, active }: { channelId: string; active: boolean }) {
  const { mentions } = useUnread('channel', channelId);
  const { name, user } = useDmName(channelId);
  return (
    <li className={css.item} data-active={active || undefined} data-unread>
      <PathLink
        to={channelPath('@me', channelId)}
        className={css.link}
        data-item={name}
        tabIndex={-1}
        aria-label={`${name}, ${plural(mentions, { one: '# unread message', other: '# unread messages' })}`}
        aria-current={active ? 'page' : undefined}
        {...tip(name, { side: 'end' })}
        {...contextMenu(() => dmMenu(channelId))}
      >
        {user ? <Avatar user={user} size={44} /> : <Avatar name={name} size={44} />}
        <span className={css.badge}>{mentions > 99 ? '99+' : mentions}</span>
      </PathLink>
    </li>
  );
}
