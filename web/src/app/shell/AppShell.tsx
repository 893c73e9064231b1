import { useLingui } from '@lingui/react/macro';
import { type CSSProperties, type ReactNode, useEffect } from 'react';
import { useSession } from '#/store';
import { later } from '#/ui/later';
import { closeDrawer, useLayout, visited } from '../layout';
import { usePlace } from '../place';
import { Rail } from '../rail/Rail';
import { Sidebar } from '../sidebar/Sidebar';
import css from './AppShell.module.css';
import { ConnectionLine } from './ConnectionLine';
import { Hosts } from './Hosts';
import { PaneBoundary } from './PaneBoundary';
import { PaneSplitter } from './PaneSplitter';
import { SkipLinks } from './SkipLinks';
import { useAppKeys } from './useAppKeys';
import { useSwipes } from './useSwipes';
import { useTitle } from './useTitle';

const BottomBar = later(() => import('./BottomBar').then((part) => part.BottomBar));

/** The frame of the signed-in application; `children` (the route's outlet) fill the main pane. */
export function AppShell({ children }: { children?: ReactNode }) {
  const { t } = useLingui();
  const { guildId, channelId, path, friends } = usePlace();
  const width = useLayout((layout) => layout.width);
  const drawer = useLayout((layout) => layout.drawer);
  const sidebarWidth = useLayout((layout) => layout.sidebarWidth);
  const loaded = useSession().loaded;
  useAppKeys();
  useTitle();
  useSwipes();

  useEffect(() => {
    // Settings and consent lie over a place and are none: closing them leads back to it. Nor is the sign-in one.
    const at = /^\/(channels|discover|inbox|mentions|bookmarks|notifications|you)\b/.test(path);
    useLayout.setState({
      drawer: false,
      panelDrawer: false,
      profile: null,
    });
    if (useLayout.getState().left === path) return;
    useLayout.setState({ left: null, ...(at ? { lastPlace: path } : {}) });
    if (guildId && channelId) visited(guildId, channelId);
  }, [guildId, channelId, path]);

  // On a phone one pane fills the screen: the lists, or what was chosen in them.
  const inside = channelId !== null || friends || /\/(settings|members)\b/.test(path) || path === '/discover';
  const pane = width !== 'phone' ? 'all' : inside || guildId === null ? 'main' : 'lists';
  const shell = {
    '--sidebar-width': `${sidebarWidth}px`,
  } as CSSProperties;

  return (
    <div className={css.shell} data-pane={pane} data-drawer={drawer || undefined} style={shell}>
      <SkipLinks />
      <ConnectionLine />
      <div className={css.panes} data-loaded={loaded}>
        <div className={css.lists} inert={width === 'phone' && pane === 'main'}>
          <PaneBoundary name={t`Communities`}>
            <Rail />
          </PaneBoundary>
          <div
            className={css.sidebar}
            // The list is what the phone shows, so it is the page's main part.
            role={pane === 'lists' ? 'main' : undefined}
            inert={width === 'tablet' && !drawer}
            data-open={width !== 'tablet' || drawer}
          >
            <PaneBoundary name={t`Channels`}>
              <Sidebar />
            </PaneBoundary>
            {width === 'desktop' && (
              <PaneSplitter
                label={t`Width of the channel list`}
                pane="sidebarWidth"
                min={232}
                max={320}
                side="end"
              />
            )}
          </div>
        </div>
        {width === 'tablet' && drawer && (
          <button type="button" className={css.scrim} aria-label={t`Close the list`} onClick={closeDrawer} />
        )}
        <div className={css.main} inert={width === 'phone' && pane === 'lists'}>
          <PaneBoundary name={t`Conversation`} key={path}>
            {children}
          </PaneBoundary>
        </div>
      </div>
      {width === 'phone' && !(inside && path !== '/discover') && <BottomBar />}
      <Hosts />
    </div>
  );
}
