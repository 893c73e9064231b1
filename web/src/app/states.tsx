// What stands where a view cannot: nothing at this address, not there yet, broken.
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '#/ui';
import { goTo } from './layout';
import { HOME } from './links';
import css from './states.module.css';

export function NotFound() {
  return (
    <main className={css.page}>
      <NothingHere />
    </main>
  );
}

/** What cannot be seen, and what is not there: nobody is told which of the two. */
export function NothingHere() {
  return (
    <>
      <h1>
        <Trans>Nothing here</Trans>
      </h1>
      <p>
        <Trans>This address leads nowhere, or to something you cannot see.</Trans>
      </p>
      <Button variant="primary" onClick={() => goTo(HOME)}>
        <Trans>Go home</Trans>
      </Button>
    </>
  );
}

export function PanePending() {
  const { t } = useLingui();
  return <div className={css.pending} role="status" aria-label={t`Loading`} />;
}
