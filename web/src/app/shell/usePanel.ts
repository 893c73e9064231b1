import { useEntity } from '#/store';
import { type Panel, useLayout } from '../layout';

/** The side panel that is shown beside a channel, if any. */
export function usePanel(channelId: string): Panel | null {
  const type = useEntity('channels', channelId, (channel) => channel?.type);
  const { width, panel, panelDrawer, membersOpen, dmProfileOpen } = useLayout();
  if (width !== 'desktop' && !panelDrawer) return null;
  if (panel) return panel;
  if (type === 999 || type === undefined) return null;
  if (type === 1) return width !== 'desktop' || dmProfileOpen ? 'profile' : null;
  return width !== 'desktop' || membersOpen ? 'members' : null;
}
