// What stands where a view cannot: nothing at this address, not there yet, broken.
import { Trans, useLingui } from '@lingui/react/macro';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { goTo } from './layout';
import { HOME } from './links';
import css from './states.module.css';

export function NotFound() {
  return (
    <main className={css.page}>
      <h1>
        <Trans>Nothing here</Trans>
      </h1>
      <p>
        <Trans>This address leads nowhere, or to something you cannot see.</Trans>
      </p>
      <button type="button" className={css.action} onClick={() => goTo(HOME)}>
        <Trans>Go home</Trans>
      </button>
    </main>
  );
}

export function PanePending() {
  const { t } = useLingui();
  return <div className={css.pending} role="status" aria-label={t`Loading`} />;
}

export function PaneError({ error, reset }: ErrorComponentProps) {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    <div className={css.page} role="alert">
      <h1>
        <Trans>This part stopped working</Trans>
      </h1>
      <p>
        <Trans>Nothing you wrote is lost. Loading it again usually helps.</Trans>
      </p>
      <pre className={css.details}>{error instanceof Error ? error.message : String(error)}</pre>
      <div className={css.row}>
        <button type="button" className={css.action} onClick={reset}>
          <Trans>Load again</Trans>
        </button>
        <button
          type="button"
          className={css.quiet}
          onClick={() => void navigator.clipboard.writeText(`${location.pathname}\n${details}`)}
        >
          <Trans>Copy details</Trans>
        </button>
      </div>
    </div>
  );
}
