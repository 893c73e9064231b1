// The page's side of the service worker: registration, a new version, and what a clicked notification opens.
import { create } from 'zustand';
import { goTo } from '#/app/layout';

/** Whether a new version waits to be used. */
export const useUpdate = create<{ ready: boolean; apply: () => void }>(() => ({
  ready: false,
  apply: () => location.reload(),
}));

const IDLE = 5 * 60_000;
let touched = Date.now();

/** Nothing is being written and nobody has touched the page for a while. */
const idle = () =>
  Date.now() - touched > IDLE &&
  document.visibilityState === 'hidden' &&
  ![...document.querySelectorAll('textarea')].some((field) => field.value);

export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const registration = await navigator.serviceWorker.register('/sw.js');
  let asked = false;
  const apply = () => {
    asked = true;
    if (registration.waiting) registration.waiting.postMessage('take over');
    else location.reload();
  };
  const waits = () => {
    if (registration.waiting && navigator.serviceWorker.controller)
      useUpdate.setState({ ready: true, apply });
  };
  waits();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', waits);
  });
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload();
  });
  navigator.serviceWorker.addEventListener(
    'message',
    (event: MessageEvent<{ type?: string; path?: string }>) => {
      if (event.data?.type === 'open' && event.data.path?.startsWith('/channels/')) goTo(event.data.path);
    },
  );
  for (const kind of ['pointerdown', 'keydown'])
    addEventListener(kind, () => {
      touched = Date.now();
    });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
    else
      setTimeout(() => {
        if (useUpdate.getState().ready && idle()) apply();
      }, IDLE + 1000);
  });
}

/** On signing out: the pictures of people go too. */
export const forgetPictures = () => navigator.serviceWorker?.controller?.postMessage('forget');
