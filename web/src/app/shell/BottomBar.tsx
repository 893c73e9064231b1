import { useLingui } from '@lingui/react/macro';
import { Inbox, MessageCircle, UserRound, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { list, useUnread } from '#/store';
import { useLayout } from '../layout';
import { guildPath, HOME } from '../links';
import { PathLink } from '../PathLink';
import { isCommunity, usePlace } from '../place';
import css from './BottomBar.module.css';

/** The last community the phone showed, so that the tab leads back to it. */
function communityPath(): string {
  const joined = list('guilds');
  const recent = Object.keys(useLayout.getState().lastChannel).findLast((id) => joined.includes(id));
  const id = recent ?? joined[0];
  return id ? guildPath(id) : HOME;
}

export function BottomBar() {
  const { t } = useLingui();
  const { guildId, path } = usePlace();
  const app = useUnread('app');
  const tabs: { to: string; on: boolean; icon: ReactNode; name: string; badge?: number }[] = [
    {
      to: communityPath(),
      on: isCommunity(guildId) || path === '/discover',
      icon: <UsersRound />,
      name: t`Communities`,
    },
    { to: HOME, on: guildId === '@me', icon: <MessageCircle />, name: t`Messages` },
    { to: '/inbox', on: path === '/inbox', icon: <Inbox />, name: t`Inbox`, badge: app.mentions },
    { to: '/you', on: path === '/you', icon: <UserRound />, name: t`You` },
  ];
  return (
    <nav className={css.bar} aria-label={t`Main`}>
      {tabs.map((tab) => (
        <PathLink key={tab.name} to={tab.to} aria-current={tab.on ? 'page' : undefined} className={css.tab}>
          <span className={css.icon}>
            {tab.icon}
            {!!tab.badge && <span className={css.badge}>{tab.badge > 99 ? '99+' : tab.badge}</span>}
          </span>
          {tab.name}
        </PathLink>
      ))}
    </nav>
  );
}
