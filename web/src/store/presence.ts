// One's own presence: idle after ten minutes without a key, a pointer or a touch, in no matter which tab.
import { call } from '#/net/client';
import { single } from './state';

const IDLE_AFTER = 10 * 60_000;
const LOOK_EVERY = 30_000;
const EVENTS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/** Watches until the result is called. */
export function watchIdle(): () => void {
  let last = Date.now();
  let idle = false;
  let noted = 0;
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('fluxer:active');
  const say = (now: boolean) => {
    idle = now;
    const status = single('settings')?.status ?? 'online';
    void call('presence', now && status === 'online' ? 'idle' : status, now);
  };
  const active = () => {
    last = Date.now();
    if (idle) say(false);
  };
  const here = () => {
    const now = Date.now();
    if (now - noted < 5000) return;
    noted = now;
    channel?.postMessage(now);
    active();
  };
  if (channel) channel.onmessage = active;
  for (const name of EVENTS) window.addEventListener(name, here, { passive: true });
  const timer = setInterval(() => {
    if (!idle && Date.now() - last >= IDLE_AFTER) say(true);
  }, LOOK_EVERY);
  return () => {
    clearInterval(timer);
    channel?.close();
    for (const name of EVENTS) window.removeEventListener(name, here);
  };
}
