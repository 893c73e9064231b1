import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type CSSProperties, Suspense, useRef } from 'react';
import { MembersPanel } from '#/features/members/MembersPanel';
import { useLayer } from '#/ui';
import { cx } from '#/ui/cx';
import { later } from '#/ui/later';
import looks from '#/ui/looks.module.css';
import { closePanel, togglePanel, useLayout } from '../layout';
import css from './ChannelView.module.css';
import { PaneBoundary } from './PaneBoundary';
import { PaneSplitter } from './PaneSplitter';
import top from './PaneTop.module.css';
import { InboxPanel, PinsPanel, SearchPanel } from './panels';
import { usePanel } from './usePanel';

const DmProfile = later(() => import('#/features/people/DmProfile').then((part) => part.DmProfile));

/** What stands beside a conversation: its members, or the person; pins, search or the inbox over them. */
export function SidePanel({ channelId }: { channelId: string }) {
  const { t } = useLingui();
  const panel = usePanel(channelId);
  const width = useLayout((layout) => layout.panelWidth);
  const desktop = useLayout((layout) => layout.width === 'desktop');
  const over = panel !== null && panel !== 'members' && panel !== 'profile';
  const close = () => (over || !desktop ? closePanel() : togglePanel(panel ?? 'members'));
  const ref = useRef<HTMLElement>(null);
  useLayer(over || (panel !== null && !desktop), {
    kind: 'panel',
    onClose: closePanel,
    element: () => ref.current,
  });
  if (!panel) return null;
  const name = {
    members: t`Members`,
    profile: t`Profile`,
    pins: t`Pinned messages`,
    search: t`Search`,
    inbox: t`Inbox`,
  }[panel];
  return (
    <>
      <button type="button" className={css.scrim} aria-label={t`Close ${name}`} onClick={closePanel} />
      <aside
        ref={ref}
        className={over ? `${css.panel} ${css.wide}` : css.panel}
        aria-label={name}
        style={{ '--panel-width': `${width}px` } as CSSProperties}
      >
        {desktop && (
          <PaneSplitter
            label={t`Width of the side panel`}
            pane="panelWidth"
            min={240}
            max={360}
            side="start"
          />
        )}
        {(over || !desktop) && (
          <div className={top.top}>
            <h2 className={cx(top.title, looks.truncated)}>{name}</h2>
            <span className={top.space} />
            <button type="button" className={top.button} aria-label={t`Close`} onClick={close}>
              <X />
            </button>
          </div>
        )}
        <PaneBoundary name={name} key={`${panel} ${channelId}`}>
          <Suspense fallback={null}>
            {panel === 'members' ? (
              <MembersPanel channelId={channelId} />
            ) : panel === 'profile' ? (
              <DmProfile channelId={channelId} />
            ) : panel === 'pins' ? (
              <PinsPanel channelId={channelId} />
            ) : panel === 'search' ? (
              <SearchPanel channelId={channelId} />
            ) : (
              <InboxPanel />
            )}
          </Suspense>
        </PaneBoundary>
      </aside>
    </>
  );
}
