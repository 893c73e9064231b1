// The frame of everything before the sign-in: one column for the form, and beside it, where there is room, a
// quiet picture of what waits inside.
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef } from 'react';
import { REPORT } from '#/app/links';
import { PathLink } from '#/app/PathLink';
import { discovery } from '#/store/session';
import { Logo, Wordmark } from '#/ui';
import css from './auth.module.css';
import { Scene } from './Scene';

interface PageProps {
  title: string;
  /** One sentence below the title. */
  text?: ReactNode;
  /** Above the title: a sign, or an invite. */
  icon?: ReactNode;
  kind?: 'danger' | 'positive' | undefined;
  above?: ReactNode;
  children?: ReactNode;
  /** Below the card: the way to another page. */
  foot?: ReactNode;
}

/** The name people know the instance by. */
export const instanceName = () => {
  try {
    return new URL(discovery().endpoints.webapp).host;
  } catch {
    return location.host;
  }
};

export function Page({ title, text, icon, kind, above, children, foot }: PageProps) {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Fluxer`;
    // A new step is read out; a form takes the focus to its first field by itself.
    if (!heading.current?.parentElement?.querySelector('input:not([type=hidden])')) heading.current?.focus();
  }, [title]);
  return (
    <div className={css.page}>
      <main className={css.column}>
        <div className={css.brand}>
          <Wordmark size={28} />
        </div>
        <div className={css.card}>
          {icon && (
            <span className={css.big} data-kind={kind} aria-hidden="true">
              {icon}
            </span>
          )}
          {above}
          <h1 ref={heading} tabIndex={-1} className={css.title}>
            {title}
          </h1>
          {text && <p className={css.text}>{text}</p>}
          {children}
        </div>
        {foot && <div className={css.foot}>{foot}</div>}
        <p className={css.place}>
          <Logo size={14} />
          <bdi>{instanceName()}</bdi>
          {' · '}
          <PathLink to={REPORT}>{t`Report something`}</PathLink>
        </p>
      </main>
      <aside className={css.scene} aria-label={t`About`}>
        <Scene />
        <p className={css.motto}>
          <Trans>A place for your people.</Trans>
          <span>
            <Trans>Yours, on your own server.</Trans>
          </span>
        </p>
      </aside>
    </div>
  );
}
