import { useLingui } from '@lingui/react/macro';
import { Settings } from 'lucide-react';
import { mark, useCustomStatus, useStatus } from '#/features/people/presence';
import { statusNames } from '#/features/status/names';
import { useMe } from '#/store';
import { Avatar } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { useUpdate } from '#/worker/register';
import { showMenu } from '../contextMenu';
import { openSettings, useLayout } from '../layout';
import { selfMenu } from '../menus';
import css from './Sidebar.module.css';

/** The foot of the sidebar: oneself. */
export function SelfCard() {
  const { t } = useLingui();
  const me = useMe();
  const status = useStatus(me?.id) ?? 'online';
  const custom = useCustomStatus(me?.id);
  const update = useUpdate();
  const phone = useLayout((layout) => layout.width === 'phone');
  if (!me || phone) return null;
  const name = me.global_name || me.username;
  const shown = custom || statusNames()[status];
  return (
    <section className={css.self} aria-label={t`You`}>
      <button
        type="button"
        className={css.me}
        aria-haspopup="menu"
        aria-label={t`${name}, ${shown}. Status and account`}
        onClick={(event) => showMenu(event.currentTarget, selfMenu)}
      >
        <Avatar user={me} size={32} status={mark(status)} />
        <span className={cx(css.two, looks.two)}>
          <bdi className={cx(css.name, looks.truncated)}>{name}</bdi>
          <bdi className={cx(css.detail, looks.truncated)}>{shown}</bdi>
        </span>
      </button>
      {update.ready && (
        <button
          type="button"
          className={css.gear}
          aria-label={t`A new version is ready. Use it now`}
          data-tooltip={t`A new version is ready. Use it now`}
          onClick={update.apply}
        >
          <span className={css.news} />
        </button>
      )}
      <button
        type="button"
        className={css.gear}
        aria-label={t`Settings`}
        data-tooltip={t`Settings`}
        onClick={() => openSettings()}
      >
        <Settings />
      </button>
    </section>
  );
}
