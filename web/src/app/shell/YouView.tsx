import { Trans, useLingui } from '@lingui/react/macro';
import { ChevronRight } from 'lucide-react';
import { tag } from '#/features/people/names';
import { mark, useCustomStatus, useStatus } from '#/features/people/presence';
import { signOut, statusEntries } from '#/features/status/menu';
import { statusNames } from '#/features/status/names';
import { useMe } from '#/store';
import { Avatar, openMenu } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { openDialog, openFullProfile, openSettings } from '../layout';
import { PaneTop } from './PaneTop';
import css from './YouView.module.css';

/** The phone's tab for oneself. */
export function YouView() {
  const { t } = useLingui();
  const me = useMe();
  const status = useStatus(me?.id) ?? 'online';
  const custom = useCustomStatus(me?.id);
  if (!me) return null;
  return (
    <main className={css.page} tabIndex={-1}>
      <PaneTop title={<Trans>You</Trans>} />
      <div className={css.body}>
        <button type="button" className={css.card} onClick={() => openFullProfile(me.id)}>
          <Avatar user={me} size={80} status={mark(status)} />
          <bdi className={css.name}>{me.global_name || me.username}</bdi>
          <span className={css.tag}>{tag(me)}</span>
        </button>
        <ul className={css.rows}>
          <Row
            name={t`Status`}
            value={statusNames()[status]}
            onClick={(event) => openMenu(event.currentTarget, statusEntries())}
          />
          <Row
            name={t`Custom status`}
            value={custom || t`None`}
            onClick={() => openDialog({ kind: 'status' })}
          />
          <Row name={t`Settings`} onClick={() => openSettings('')} />
        </ul>
        <ul className={css.rows}>
          <Row name={t`Accounts`} onClick={() => openDialog({ kind: 'accounts' })} />
          <Row name={t`Sign out`} danger onClick={() => void signOut()} />
        </ul>
      </div>
    </main>
  );
}

type RowProps = {
  name: string;
  value?: string;
  danger?: boolean;
  onClick: (event: React.MouseEvent<HTMLElement>) => void;
};

function Row({ name, value, danger, onClick }: RowProps) {
  return (
    <li>
      <button type="button" className={css.row} data-danger={danger || undefined} onClick={onClick}>
        <span>{name}</span>
        {value && <bdi className={cx(css.value, looks.truncated)}>{value}</bdi>}
        {!danger && <ChevronRight aria-hidden="true" />}
      </button>
    </li>
  );
}
