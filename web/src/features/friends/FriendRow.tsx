import { useLingui } from '@lingui/react/macro';
import { Check, EllipsisVertical, MessageCircle, X } from 'lucide-react';
import { contextMenu } from '#/app/contextMenu';
import { openProfile } from '#/app/layout';
import * as people from '#/features/people/actions';
import { personMenu } from '#/features/people/menus';
import { tag, useDisplayName } from '#/features/people/names';
import { useCustomStatus, useStatus } from '#/features/people/presence';
import { statusNames } from '#/features/status/names';
import { useEntity } from '#/store';
import { Avatar, IconButton, openMenu, type Status } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import css from './Friends.module.css';

export function FriendRow({ userId }: { userId: string }) {
  const { t } = useLingui();
  const relationship = useEntity('relationships', userId);
  const user = useEntity('users', userId) ?? relationship?.user;
  const name = useDisplayName(userId) || user?.global_name || user?.username || '';
  const status = useStatus(userId) ?? 'offline';
  const custom = useCustomStatus(userId);
  if (!relationship || !user) return null;
  const { type } = relationship;
  const says = {
    [people.FRIEND]: custom || statusNames()[status],
    [people.INCOMING]: t`wants to be your friend`,
    [people.OUTGOING]: t`request sent`,
    [people.BLOCKED]: t`blocked`,
  }[type];
  return (
    <li className={css.row} {...contextMenu(() => personMenu(userId))}>
      <button
        type="button"
        className={css.who}
        aria-label={`${name}, ${says}`}
        onClick={(event) => openProfile(userId, event.currentTarget)}
      >
        <Avatar user={user} size={40} status={type === people.FRIEND ? (status as Status) : undefined} />
        <span className={looks.two}>
          <span className={css.names}>
            <bdi className={cx(css.name, looks.truncated)}>{name}</bdi>
            <bdi className={cx(css.tag, looks.truncated)}>{tag(user)}</bdi>
          </span>
          <bdi className={cx(css.says, looks.truncated)}>{says}</bdi>
        </span>
      </button>
      <span className={css.actions}>
        {type === people.FRIEND && (
          <IconButton
            label={t`Message to ${name}`}
            icon={<MessageCircle />}
            onClick={() => void people.message(userId)}
          />
        )}
        {type === people.INCOMING && (
          <IconButton label={t`Accept ${name}`} icon={<Check />} onClick={() => void people.accept(userId)} />
        )}
        {type !== people.FRIEND && (
          <IconButton
            label={
              type === people.INCOMING
                ? t`Ignore the request of ${name}`
                : type === people.OUTGOING
                  ? t`Withdraw the request to ${name}`
                  : t`Unblock ${name}`
            }
            icon={<X />}
            onClick={() => void people.removeRelationship(userId)}
          />
        )}
        <IconButton
          label={t`More for ${name}`}
          icon={<EllipsisVertical />}
          onClick={(event) => openMenu(event.currentTarget, personMenu(userId))}
        />
      </span>
    </li>
  );
}
