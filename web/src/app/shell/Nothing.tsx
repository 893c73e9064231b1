import { Trans } from '@lingui/react/macro';
import { Button, EmptyState } from '#/ui';
import { goTo } from '../layout';
import { HOME } from '../links';
import css from './ChannelView.module.css';
import { PaneTop } from './PaneTop';

/** What cannot be seen, and what is not there: nobody is told which of the two. */
export function Nothing() {
  return (
    <main className={css.main} tabIndex={-1}>
      <PaneTop title="" />
      <EmptyState
        title={<Trans>Nothing here</Trans>}
        text={<Trans>This address leads nowhere, or to something you cannot see.</Trans>}
        action={
          <Button variant="primary" onClick={() => goTo(HOME)}>
            <Trans>Go home</Trans>
          </Button>
        }
      />
    </main>
  );
}
