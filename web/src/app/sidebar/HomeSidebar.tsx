import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Inbox, NotebookPen, Plus, UsersRound } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { usePendingRequests } from '#/features/friends/lists';
import { NOTES } from '#/features/people/names';
import { entity, useList, useMe } from '#/store';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { openDialog, togglePanel, useLayout } from '../layout';
import { channelPath, HOME } from '../links';
import { PathLink } from '../PathLink';
import { usePlace } from '../place';
import { useRoving } from '../roving';
import { DmRow } from './DmRow';
import css from './Sidebar.module.css';
import { UnreadChips } from './UnreadChips';

type Entry = { to: string; icon: ReactNode; name: string; on: boolean; count?: number };

function HomeLink({ to, icon, name, on, count }: Entry) {
  const label = count ? `${name}, ${plural(count, { one: '# new', other: '# new' })}` : name;
  return (
    <li className={css.channel} data-active={on || undefined} data-unread={(count && !on) || undefined}>
      <PathLink
        to={to}
        className={css.row}
        data-item={name}
        tabIndex={-1}
        aria-current={on ? 'page' : undefined}
        aria-label={label}
      >
        {icon}
        <span className={cx(css.name, looks.truncated)}>{name}</span>
        {!!count && <span className={cx(css.badge, looks.count)}>{count > 99 ? '99+' : count}</span>}
      </PathLink>
    </li>
  );
}

export function HomeSidebar() {
  const { t } = useLingui();
  const ref = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRoving(ref);
  const { guildId, channelId, path } = usePlace();
  const me = useMe();
  const dms = useList('dms');
  const pinned = useList('pinnedDms');
  const favourites = useLayout((layout) => layout.favourites);
  const phone = useLayout((layout) => layout.width === 'phone');
  const [Title, Heading] = phone ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const);
  const pending = usePendingRequests().length;
  // The notes channel has the person's own id.
  const notes = me?.id;
  const rest = dms.filter((id) => id !== notes && entity('channels', id)?.type !== NOTES);
  const above = rest.filter((id) => pinned.includes(id));
  const below = rest.filter((id) => !pinned.includes(id));
  const rows = (ids: readonly string[]) =>
    ids.map((id) => <DmRow key={id} channelId={id} active={id === channelId} />);
  const part = (title: ReactNode, ids: readonly string[]) =>
    ids.length > 0 && (
      <section className={css.group}>
        <Heading className={css.heading}>{title}</Heading>
        <ul>{rows(ids)}</ul>
      </section>
    );

  return (
    <nav ref={ref} className={css.nav} aria-label={t`Conversations`} data-region="channels" {...roving}>
      <div className={css.head}>
        <Title className={css.homeTitle}>
          <Trans>Messages</Trans>
        </Title>
      </div>
      <div ref={scroller} className={css.scroller}>
        <ul>
          <HomeLink
            to={phone ? '/channels/@me?friends' : HOME}
            icon={<UsersRound aria-hidden="true" />}
            name={t`Friends`}
            on={guildId === '@me' && channelId === null && !phone}
            count={pending}
          />
          {phone || (
            <li className={css.channel} data-active={path === '/inbox' || undefined}>
              <button
                type="button"
                className={css.row}
                data-item={t`Inbox`}
                tabIndex={-1}
                onClick={() => togglePanel('inbox')}
              >
                <Inbox aria-hidden="true" />
                <span className={cx(css.name, looks.truncated)}>
                  <Trans>Inbox</Trans>
                </span>
              </button>
            </li>
          )}
          {notes && (
            <HomeLink
              to={channelPath('@me', notes)}
              icon={<NotebookPen aria-hidden="true" />}
              name={t`My notes`}
              on={channelId === notes}
            />
          )}
        </ul>
        {part(<Trans>Favourites</Trans>, favourites)}
        {part(<Trans>Pinned</Trans>, above)}
        <section className={css.group}>
          <div className={css.headingRow}>
            <Heading className={css.heading}>
              <Trans>Direct messages</Trans>
            </Heading>
            <button
              type="button"
              className={css.more}
              aria-label={t`New message or group`}
              data-tooltip={t`New message or group`}
              onClick={() => openDialog({ kind: 'create-group' })}
            >
              <Plus />
            </button>
          </div>
          <ul>{rows(below)}</ul>
          {rest.length === 0 && (
            <p className={css.empty}>
              <Trans>Nobody here yet. Write to a friend, or add one.</Trans>
            </p>
          )}
        </section>
      </div>
      <UnreadChips scroller={scroller} />
    </nav>
  );
}
