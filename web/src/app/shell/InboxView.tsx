import { Trans } from '@lingui/react/macro';
import { Suspense } from 'react';
import css from './ChannelView.module.css';
import { PaneTop } from './PaneTop';
import { InboxPanel } from './panels';

/** The phone's inbox. */
export function InboxView() {
  return (
    <main className={css.main} tabIndex={-1}>
      <PaneTop title={<Trans>Inbox</Trans>} />
      <Suspense fallback={null}>
        <InboxPanel />
      </Suspense>
    </main>
  );
}
