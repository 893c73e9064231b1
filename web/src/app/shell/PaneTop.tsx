import { useLingui } from '@lingui/react/macro';
import { ArrowLeft, Menu } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { goTo, openDrawer, useLayout } from '../layout';
import { guildPath, HOME } from '../links';
import { isCommunity, usePlace } from '../place';
import css from './PaneTop.module.css';

/** The way back to the lists, where they are not in view. */
export function ListsButton() {
  const { t } = useLingui();
  const width = useLayout((layout) => layout.width);
  const { guildId, path } = usePlace();
  if (width === 'desktop') return null;
  // The phone's tabs are no step further in.
  if (width === 'phone' && (path === '/you' || path === '/inbox')) return null;
  if (width === 'tablet')
    return (
      <button type="button" className={css.button} aria-label={t`Show the list`} onClick={openDrawer}>
        <Menu />
      </button>
    );
  const up = isCommunity(guildId) ? guildPath(guildId) : HOME;
  return (
    <button type="button" className={css.button} aria-label={t`Back`} onClick={() => goTo(up)}>
      <ArrowLeft className={css.mirrored} />
    </button>
  );
}

type Props = { title: ReactNode; icon?: ReactNode; children?: ReactNode };

/** The head of a main pane that is no conversation. */
export function PaneTop({ title, icon, children }: Props) {
  return (
    <header className={css.top}>
      <ListsButton />
      {icon && <span className={css.icon}>{icon}</span>}
      <h1 className={cx(css.title, looks.truncated)}>{title}</h1>
      {children}
    </header>
  );
}
