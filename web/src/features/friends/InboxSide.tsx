import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type CSSProperties, Suspense, useRef } from 'react';
import { closePanel, useLayout } from '#/app/layout';
import css from '#/app/shell/ChannelView.module.css';
import top from '#/app/shell/PaneTop.module.css';
import { InboxPanel } from '#/app/shell/panels';
import { useLayer } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';

/** The inbox beside a view that is no conversation. */
export function InboxSide() {
  const { t } = useLingui();
  const ref = useRef<HTMLElement>(null);
  const width = useLayout((layout) => layout.panelWidth);
  useLayer(true, { kind: 'panel', onClose: closePanel, element: () => ref.current });
  return (
    <>
      <button type="button" className={css.scrim} aria-label={t`Close the inbox`} onClick={closePanel} />
      <aside
        ref={ref}
        className={`${css.panel} ${css.wide}`}
        aria-label={t`Inbox`}
        style={{ '--panel-width': `${width}px` } as CSSProperties}
      >
        <div className={top.top}>
          <h2 className={cx(top.title, looks.truncated)}>{t`Inbox`}</h2>
          <span className={top.space} />
          <button type="button" className={top.button} aria-label={t`Close`} onClick={closePanel}>
            <X />
          </button>
        </div>
        <Suspense fallback={null}>
          <InboxPanel />
        </Suspense>
      </aside>
    </>
  );
}
