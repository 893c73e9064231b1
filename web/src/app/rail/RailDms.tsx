import { plural } from '@lingui/core/macro';
import { dmMenu } from '#/features/people/dmMenu';
import { useDmName } from '#/features/people/names';
import { useEntity, useList, useUnread } from '#/store';
import { Avatar, tip } from '#/ui';
import { contextMenu } from '../contextMenu';
import { channelPath } from '../links';
import { PathLink } from '../PathLink';
import { usePlace } from '../place';
import css from './Rail.module.css';

function RailDm({ channelId, active }: { channelId: string; active: boolean }) {
  const { mentions, unread, muted } = useUnread('channel', channelId);
  const channel = useEntity('channels', channelId);
  const { name, user } = useDmName(channelId);
  // Only what waits to be read is here; the rest stands in the list of conversations.
  if (!channel || !mentions || (muted && !unread)) return null;
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

export function RailDms() {
  const dms = useList('dms');
  const { channelId } = usePlace();
  return dms.map((id) => <RailDm key={id} channelId={id} active={id === channelId} />);
}
