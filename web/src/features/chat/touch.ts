// What fingers do with messages: a swipe towards the beginning of the line answers, and where the browser has no
// event for a long press (iOS) one is counted here.
import { entity } from '#/store';
import { reply, rightsOn } from './actions';

const EDGE = 28;
const FAR = 56;
const MOST = 88;
const LONG = 500;
const ios = () =>
  /iP(hone|ad|od)/.test(navigator.userAgent) ||
  (navigator.maxTouchPoints > 1 && /Mac/.test(navigator.userAgent));

export function startTouch(pane: HTMLElement): () => void {
  let at: { x: number; y: number; row: HTMLElement; swiping: boolean } | undefined;
  let press: ReturnType<typeof setTimeout> | undefined;
  const inward = () => (document.documentElement.dir === 'rtl' ? 1 : -1);

  const rest = (row: HTMLElement) => {
    row.style.transition = 'transform 140ms ease-out';
    row.style.transform = '';
  };
  const end = () => {
    clearTimeout(press);
    if (at?.swiping) rest(at.row);
    at = undefined;
  };
  const start = (event: TouchEvent) => {
    end();
    const touch = event.touches[0];
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('article[data-row]');
    if (!touch || !row || event.touches.length > 1) return;
    // The edges belong to the panes; what scrolls sideways keeps its own swipes.
    if (touch.clientX < EDGE || touch.clientX > innerWidth - EDGE) return;
    if (target.closest('pre, table, input, textarea, [role="slider"]')) return;
    at = { x: touch.clientX, y: touch.clientY, row, swiping: false };
    const message = entity('messages', row.dataset['row']);
    if (ios() && message) {
      const point = { x: touch.clientX, y: touch.clientY };
      press = setTimeout(async () => {
        const { openMessageMenu } = await import('./menu');
        openMessageMenu(point, message, target);
        end();
      }, LONG);
    }
  };
  const move = (event: TouchEvent) => {
    const touch = event.touches[0];
    if (!touch || !at) return;
    const along = (touch.clientX - at.x) * inward();
    const across = Math.abs(touch.clientY - at.y);
    if (Math.abs(along) > 8 || across > 8) clearTimeout(press);
    if (!at.swiping) {
      if (across > 12 || along < -12) at = undefined;
      else if (along > 12) at.swiping = true;
      if (!at?.swiping) return;
    }
    at.row.style.transition = 'none';
    at.row.style.transform = `translateX(${Math.max(0, Math.min(MOST, along)) * inward()}px)`;
  };
  const lift = (event: TouchEvent) => {
    const touch = event.changedTouches[0];
    if (at?.swiping && touch && (touch.clientX - at.x) * inward() >= FAR) {
      const message = entity('messages', at.row.dataset['row']);
      if (message && rightsOn(message).reply) {
        navigator.vibrate?.(10);
        reply(message);
      }
    }
    end();
  };
  const passive = { passive: true };
  pane.addEventListener('touchstart', start, passive);
  pane.addEventListener('touchmove', move, passive);
  pane.addEventListener('touchend', lift, passive);
  pane.addEventListener('touchcancel', end, passive);
  return () => {
    end();
    pane.removeEventListener('touchstart', start);
    pane.removeEventListener('touchmove', move);
    pane.removeEventListener('touchend', lift);
    pane.removeEventListener('touchcancel', end);
  };
}
