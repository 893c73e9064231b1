import { Trans } from '@lingui/react/macro';
import { Suspense } from 'react';
import { VisuallyHidden } from '#/ui';
import css from './ChannelView.module.css';
import { PaneTop } from './PaneTop';
import { InboxPanel } from './panels';

/** The phone's inbox. */
export function InboxView() {
  return (
    <main className={css.main} tabIndex={-1}>
      <PaneTop title={<Trans>Inbox</Trans>} />
      {/* Beside a channel the panel's name is the heading above its groups. */}
      <VisuallyHidden>
        <h2>
          <Trans>Inbox</Trans>
        </h2>
      </VisuallyHidden>
      <Suspense fallback={null}>
        <InboxPanel />
      </Suspense>
    </main>
  );
}
