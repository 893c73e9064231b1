// The number of what waits, in the page's title, its icon and the app's badge. One number, from the store.
import { session, unread } from '#/store';
import { unreads } from '#/store/unread';
import { markPath, streamPath } from '#/ui/icons/Logo';
import { preferences, usePreferences } from '#/ui/preferences';

const PREFIX = /^(\(\d+\+?\)|•) /;

const mark = (count: number, dot: boolean): string => {
  const badge = count
    ? `<circle cx="47" cy="47" r="17" fill="#e0344a"/><text x="47" y="54" font-family="system-ui,sans-serif" font-weight="700" font-size="20" text-anchor="middle" fill="#fff">${count > 9 ? '9+' : count}</text>`
    : dot
      ? '<circle cx="50" cy="50" r="11" fill="#e0344a"/>'
      : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="${markPath}" fill="#5b4fe0"/><path d="${streamPath}" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>${badge}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};

/** Starts keeping them; the result ends it and takes the number away. */
export function watchBadge(): () => void {
  let last = '';
  const apply = () => {
    const on = preferences().badge && session.get().phase !== 'signed-out';
    const { mentions, unread: dot } = unread('app');
    const count = on ? mentions : 0;
    title(count, on && dot);
    const state = `${count}/${on && dot}`;
    if (state === last) return;
    last = state;
    icon(count, on && dot);
    const badge = navigator as Navigator & {
      setAppBadge?(n?: number): Promise<void>;
      clearAppBadge?(): Promise<void>;
    };
    if (count) void badge.setAppBadge?.(count).catch(() => {});
    else void badge.clearAppBadge?.().catch(() => {});
  };
  // Whoever names the page sets the plain title; the number is put before it again.
  const watcher = new MutationObserver(apply);
  watcher.observe(document.head, { subtree: true, childList: true, characterData: true });
  const ends = [unreads.app.subscribe('', apply), usePreferences.subscribe(apply), session.subscribe(apply)];
  apply();
  return () => {
    watcher.disconnect();
    for (const end of ends) end();
    title(0, false);
    icon(0, false);
  };
}

function title(count: number, dot: boolean): void {
  const plain = document.title.replace(PREFIX, '');
  const prefix = count ? `(${count > 99 ? '99+' : count}) ` : dot ? '• ' : '';
  const wanted = prefix + plain;
  if (document.title !== wanted) document.title = wanted;
}
function icon(count: number, dot: boolean): void {
  let link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) {
    link = document.createElement('link');
    link.rel = 'icon';
    document.head.append(link);
  }
  link.href = mark(count, dot);
}
