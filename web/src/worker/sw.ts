// The service worker: keeps the client itself and the small pictures of people, never an answer of the API.
// It is built into one file; the list of files is put in by the build.
/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

export {};

const SHELL = `shell-${__VERSION__}`;
const LATER = `later-${__VERSION__}`;
const PICTURES = 'pictures';
/** Files that the system shared, until the page has taken them. */
const SHARED = 'shared';
const HOME = '/channels/@me';
/** Kept for all addresses, which are one page. This one is the client's whoever asks; HOME is also the API's. */
const PAGE = '/login';
/** Addresses of the client; others (files, the administration) are none of the worker's business. */
const CLIENT =
  /^\/(?:$|(?:channels|login|register|discover|inbox|you|settings|invite|mentions|bookmarks|notifications|share)(?:\/|$))/;
/** Some 50 MB of small pictures. */
const MOST_PICTURES = 2500;
const LARGEST = 256 * 1024;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const shell = await caches.open(SHELL);
      await shell.addAll([...__FILES__]);
      const page = await fetch(PAGE, { cache: 'no-store' });
      if (!page.ok) throw new Error('no page to keep');
      await shell.put(PAGE, page);
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => ![SHELL, LATER, PICTURES, SHARED].includes(name));
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  // From the page, when the person or an idle moment allows the change.
  if (event.data === 'take over') void self.skipWaiting();
  // On signing out nothing of the account's pictures stays.
  if (event.data === 'forget') event.waitUntil(caches.delete(PICTURES));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === 'POST' && request.mode === 'navigate' && url.pathname === '/share')
    return event.respondWith(shared(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    if (url.origin === self.location.origin && CLIENT.test(url.pathname)) event.respondWith(page(request));
    return;
  }
  if (url.origin === self.location.origin && url.pathname.startsWith('/assets/')) {
    event.respondWith(asset(request));
    return;
  }
  if (request.destination === 'image' && /\/(avatars|icons|emojis|stickers|banners)\//.test(url.pathname))
    event.respondWith(picture(request, event));
});

/** Shared by the system: words go on in the address, files wait in a cache for the page. */
async function shared(request: Request): Promise<Response> {
  const form = await request.formData();
  const words = new URLSearchParams();
  for (const name of ['share_title', 'share_text', 'share_url']) {
    const word = form.get(name);
    if (typeof word === 'string' && word) words.set(name, word);
  }
  const files = form.getAll('share_files').filter((file) => file instanceof File && file.size > 0) as File[];
  if (files.length) {
    await caches.delete(SHARED);
    const cache = await caches.open(SHARED);
    for (const [at, file] of files.slice(0, 10).entries())
      await cache.put(
        `/shared/${at}/${encodeURIComponent(file.name)}`,
        new Response(file, { headers: { 'content-type': file.type || 'application/octet-stream' } }),
      );
    words.set('share_files', String(files.length));
  }
  return Response.redirect(`/share?${words}`, 303);
}

const late = () => new Promise<undefined>((resolve) => setTimeout(resolve, 6000));

/** The server's page when it answers soon, else the kept one: all addresses are one page. */
async function page(request: Request): Promise<Response> {
  const kept = async () => (await caches.open(SHELL)).match(PAGE, { ignoreVary: true });
  try {
    // The request as it is: with options of ours it would no longer be a navigation to the server.
    const answer = await Promise.race([fetch(request), late()]);
    if (answer && answer.status < 500) return answer;
    return (await kept()) ?? answer ?? fetch(request);
  } catch (error) {
    const page = await kept();
    if (page) return page;
    throw error;
  }
}

/** Hashed files never change: what is kept is right. */
async function asset(request: Request): Promise<Response> {
  const known = await caches.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(LATER)).put(request, answer.clone());
  return answer;
}

async function picture(request: Request, event: FetchEvent): Promise<Response> {
  const cache = await caches.open(PICTURES);
  const known = await cache.match(request.url);
  if (known) return known;
  const answer = await fetch(request);
  const size = Number(answer.headers.get('content-length') ?? LARGEST);
  if (answer.ok && answer.type !== 'opaque' && size <= LARGEST) {
    const copy = answer.clone();
    event.waitUntil(cache.put(request.url, copy).then(trim));
  }
  return answer;
}

let puts = 0;
async function trim(): Promise<void> {
  puts += 1;
  if (puts % 50) return;
  const cache = await caches.open(PICTURES);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST_PICTURES))) await cache.delete(old);
}

// ---- Push ----------------------------------------------------------------------------------------------------

interface Pushed {
  title?: string;
  body?: string;
  icon?: string;
  data?: { channel_id?: string; message_id?: string; guild_id?: string | null; badge_count?: number };
}

self.addEventListener('push', (event) => {
  let pushed: Pushed = {};
  try {
    pushed = (event.data?.json() ?? {}) as Pushed;
  } catch {
    // Something else than ours: the browser demands a notification all the same.
  }
  const { channel_id, message_id, guild_id, badge_count } = pushed.data ?? {};
  const path = channel_id
    ? `/channels/${guild_id ?? '@me'}/${channel_id}${message_id ? `/${message_id}` : ''}`
    : HOME;
  event.waitUntil(
    (async () => {
      const app = self.navigator as Navigator & { setAppBadge?(count: number): Promise<void> };
      if (badge_count) await app.setAppBadge?.(badge_count).catch(() => undefined);
      const open = await self.clients.matchAll({ type: 'window' });
      // A page that is being looked at tells of it itself.
      if (open.some((client) => client.focused)) return;
      await self.registration.showNotification(pushed.title || 'Fluxer', {
        body: pushed.body ?? '',
        icon: pushed.icon ?? '/icons/icon-192.png',
        badge: '/icons/badge-96.png',
        tag: channel_id ?? 'message',
        data: { path },
      });
    })(),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path = HOME } = (event.notification.data ?? {}) as { path?: string };
  event.waitUntil(
    (async () => {
      const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      const page = open.find((client) => client.focused) ?? open[0];
      if (!page) return void (await self.clients.openWindow(path));
      await page.focus();
      page.postMessage({ type: 'open', path });
    })(),
  );
});
