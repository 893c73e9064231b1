// Push for when no tab is open. Asked for by a click only; the subscription is looked at again at every start and
// repaired, for browsers drop them silently.
import { api } from '#/api/client';
import { read, write } from '#/net/db';
import { discovery, me } from '#/store';
import { setPreferences } from '#/ui/preferences';

const WANTED = (userId: string) => `${userId}/push`;

export function pushPossible(): boolean {
  return (
    typeof window !== 'undefined' &&
    'serviceWorker' in navigator &&
    'PushManager' in window &&
    !!discovery().push?.public_vapid_key
  );
}

/** From a click: may we notify? Remembers the wish. */
export async function askPermission(): Promise<NotificationPermission> {
  if (typeof Notification === 'undefined') return 'denied';
  const answer =
    Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission;
  setPreferences({ notify: answer === 'granted' });
  return answer;
}

async function subscribe(): Promise<string | undefined> {
  const worker = await navigator.serviceWorker.ready;
  const key = discovery().push?.public_vapid_key;
  if (!key) return undefined;
  let subscription = await worker.pushManager.getSubscription();
  const known = subscription?.options.applicationServerKey;
  if (subscription && known && base64url(known) !== key.replace(/=+$/, '')) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(key),
  });
  const { endpoint, keys } = subscription.toJSON();
  if (!endpoint || !keys?.['p256dh'] || !keys['auth']) return undefined;
  const { subscription_id } = await api('POST /users/@me/push/subscribe', {
    body: {
      endpoint,
      keys: { p256dh: keys['p256dh'], auth: keys['auth'] },
      user_agent: navigator.userAgent.slice(0, 200),
    },
  });
  return subscription_id;
}

export async function enablePush(): Promise<boolean> {
  const user = me()?.id;
  if (!user || !pushPossible() || (await askPermission()) !== 'granted') return false;
  const id = await subscribe();
  if (id) await write('settings', WANTED(user), id);
  return !!id;
}
export async function disablePush(): Promise<void> {
  const user = me()?.id;
  if (!user) return;
  const id = await read<string>('settings', WANTED(user));
  await write('settings', WANTED(user), '');
  const worker = await navigator.serviceWorker?.getRegistration();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
  if (id)
    await api('DELETE /users/@me/push/subscriptions/{subscription_id}', { path: { subscription_id: id } });
}
/** The id of this device's subscription, when push is on. */
export async function pushHere(): Promise<string | undefined> {
  const user = me()?.id;
  return (user && (await read<string>('settings', WANTED(user)))) || undefined;
}

export async function checkPush(): Promise<void> {
  const user = me()?.id;
  if (!user || !pushPossible() || Notification.permission !== 'granted') return;
  if (!(await read<string>('settings', WANTED(user)))) return;
  try {
    const id = await subscribe();
    if (id) await write('settings', WANTED(user), id);
  } catch {
    // tried again at the next start
  }
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
function base64url(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
