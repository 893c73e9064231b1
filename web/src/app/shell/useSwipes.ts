import { useEffect } from 'react';
import { closePanel, goTo, openDrawer, togglePanel, useLayout } from '../layout';
import { guildPath, HOME } from '../links';
import { isCommunity, place } from '../place';

const EDGE = 28;
const FAR = 64;

/** From the edges of a touch screen: towards the lists, or to the side panel and away from it. */
export function useSwipes(): void {
  useEffect(() => {
    let from: { x: number; y: number; edge: 'start' | 'end' | null } | null = null;
    const start = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!touch || event.touches.length > 1) return;
      const rtl = document.documentElement.dir === 'rtl';
      const left = touch.clientX < EDGE;
      const right = touch.clientX > innerWidth - EDGE;
      const edge = left || right ? (left !== rtl ? 'start' : 'end') : null;
      from = { x: touch.clientX, y: touch.clientY, edge };
    };
    const end = (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      const at = from;
      from = null;
      if (!touch || !at) return;
      const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
      const dx = (touch.clientX - at.x) * rtl;
      if (Math.abs(dx) < FAR || Math.abs(touch.clientY - at.y) > Math.abs(dx) * 0.6) return;
      const { width, panelDrawer, panel, drawer } = useLayout.getState();
      if (width === 'desktop') return;
      const { guildId, channelId } = place();
      if (dx > 0 && (panelDrawer || panel)) closePanel();
      else if (dx < 0 && drawer) useLayout.setState({ drawer: false });
      else if (dx > 0 && at.edge === 'start' && channelId) {
        if (width === 'tablet') openDrawer();
        else goTo(isCommunity(guildId) ? guildPath(guildId) : HOME);
      } else if (dx < 0 && at.edge === 'end' && channelId && !panelDrawer) {
        togglePanel(isCommunity(guildId) ? 'members' : 'profile');
      }
    };
    document.addEventListener('touchstart', start, { passive: true });
    document.addEventListener('touchend', end, { passive: true });
    return () => {
      document.removeEventListener('touchstart', start);
      document.removeEventListener('touchend', end);
    };
  }, []);
}
