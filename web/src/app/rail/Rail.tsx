import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Compass, House, Plus } from 'lucide-react';
import { useRef } from 'react';
import { useList, useSettings, useUnread } from '#/store';
import { tip } from '#/ui';
import { later } from '#/ui/later';
import { openDialog } from '../layout';
import { HOME } from '../links';
import { PathLink } from '../PathLink';
import { usePath, usePlace } from '../place';
import { useRoving } from '../roving';
import { railItems } from './folders';
import css from './Rail.module.css';
import { RailDms } from './RailDms';
import { RailGuild } from './RailGuild';

const RailFolder = later(() => import('./RailFolder').then((part) => part.RailFolder));

export function Rail() {
  const { t } = useLingui();
  const ref = useRef<HTMLElement>(null);
  const roving = useRoving(ref);
  const { guildId } = usePlace();
  const path = usePath();
  const joined = useList('guilds');
  const settings = useSettings();
  const app = useUnread('dms');
  const items = railItems(settings?.guild_folders ?? [], joined);
  const home = guildId === '@me';
  const name = t`Home`;
  const requests = app.mentions;

  return (
    <nav ref={ref} className={css.rail} aria-label={t`Communities`} data-region="rail" {...roving}>
      <div className={css.fixed}>
        <div className={css.item} data-active={home || undefined} data-unread={app.unread || undefined}>
          <PathLink
            to={HOME}
            className={css.link}
            data-item={name}
            tabIndex={-1}
            aria-current={home ? 'page' : undefined}
            aria-label={
              requests ? `${name}, ${plural(requests, { one: '# unread', other: '# unread' })}` : name
            }
            {...tip(name, { side: 'end' })}
          >
            <span className={css.tile}>
              <House />
            </span>
          </PathLink>
        </div>
      </div>
      <ul className={css.list}>
        <RailDms />
        <li className={css.rule} aria-hidden="true" />
        {items.map((item) =>
          item.kind === 'guild' ? (
            <RailGuild key={item.id} guildId={item.id} active={guildId === item.id} />
          ) : (
            <RailFolder key={`folder-${item.id}`} item={item} current={guildId} />
          ),
        )}
        <li className={css.item}>
          <button
            type="button"
            className={css.link}
            data-item={t`Add`}
            tabIndex={-1}
            aria-label={t`Create or join a community`}
            onClick={() => openDialog({ kind: 'add-community' })}
            {...tip(t`Create or join a community`, { side: 'end' })}
          >
            <span className={css.tile} data-quiet>
              <Plus />
            </span>
          </button>
        </li>
        <li className={css.item} data-active={path === '/discover' || undefined}>
          <PathLink
            to="/discover"
            className={css.link}
            data-item={t`Discover`}
            tabIndex={-1}
            aria-label={t`Discover communities`}
            aria-current={path === '/discover' ? 'page' : undefined}
            {...tip(t`Discover communities`, { side: 'end' })}
          >
            <span className={css.tile} data-quiet>
              <Compass />
            </span>
          </PathLink>
        </li>
      </ul>
    </nav>
  );
}
