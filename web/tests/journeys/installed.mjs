// The client as it is kept on the device: reading without a server, a new version, push.
import { person } from '../lib/people.mjs';
import { changedServer } from '../lib/proxy.mjs';
import { ownServer } from '../lib/server.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const composer = (page) => page.locator('form[data-region="composer"] textarea');
const row = (page, text) => page.getByRole('article').filter({ hasText: text });
/** The service worker has the client and answers for this page. */
const kept = (page) =>
  page.waitForFunction(() =>
    navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null),
  );

async function place(server) {
  const options = server ? { api: server.api } : {};
  const ada = await person('Ada', options);
  const guild = await ada.guild('Harbour');
  const other = await ada.post(`/guilds/${guild.id}/channels`, { name: 'elsewhere', type: 0 });
  await ada.say(guild.general.id, 'read me on the train');
  return { ada, guild, other, path: `/channels/${guild.id}/${guild.general.id}` };
}

export default {
  'without the server a reload still shows what was read, and keeps what is written': async (windows) => {
    const server = await ownServer();
    try {
      windows.allow(/WebSocket|ERR_|fetching the script|Failed to load resource/);
      const { ada, guild, path } = await place(server);
      const page = await windows.as(ada, { origin: server.origin, path });
      await row(page, 'read me on the train').waitFor();
      await kept(page);
      // The newest messages go to the device a moment after they came.
      await eventually('the messages are kept', () =>
        page.evaluate(async (channel) => {
          const names = await indexedDB.databases();
          for (const { name } of names) {
            const db = await new Promise((done, no) => {
              const open = indexedDB.open(name);
              open.onsuccess = () => done(open.result);
              open.onerror = no;
            });
            for (const store of db.objectStoreNames) {
              const all = await new Promise((done) => {
                const get = db.transaction(store).objectStore(store).getAll();
                get.onsuccess = () => done(get.result);
                get.onerror = () => done([]);
              });
              const text = JSON.stringify(all);
              if (text.includes('read me on the train') && text.includes(channel)) return true;
            }
            db.close();
          }
          return false;
        }, guild.general.id),
      );
      await server.stop();
      await page.reload();
      await row(page, 'read me on the train').waitFor({ timeout: 60_000 });
      await page.getByRole('link', { name: /elsewhere/ }).waitFor();
      await page
        .getByText(/offline|reconnecting|cannot be reached/i)
        .first()
        .waitFor({ timeout: 60_000 });
      await composer(page).fill('written in the tunnel');
      await composer(page).press('Enter');
      await row(page, 'written in the tunnel').waitFor();
      await server.start();
      await eventually(
        'it is sent when the server is back',
        async () =>
          (await ada.get(`/channels/${guild.general.id}/messages?limit=1`))[0]?.content ===
          'written in the tunnel',
        90_000,
      );
    } finally {
      await server.end();
    }
  },

  '46 a new version waits while something is written; used by a click, nothing is lost': async (windows) => {
    let version = 0;
    const server = await changedServer((path, body) =>
      path === '/sw.js' && version > 0 ? `${body}\n// ${version}` : undefined,
    );
    // The server goes before the window does.
    windows.allow(/ERR_CONNECTION|ERR_EMPTY|WebSocket|Failed to fetch/);
    try {
      const { ada, path } = await place(server);
      const page = await windows.as(ada, { origin: server.origin, path });
      await row(page, 'read me on the train').waitFor();
      await kept(page);
      await page.evaluate(() => {
        window.notReloaded = true;
      });
      await composer(page).fill('half a sente');
      version = 1;
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
      const use = page.getByRole('button', { name: /A new version is ready/ });
      await use.waitFor();
      ok(await page.evaluate(() => window.notReloaded === true), 'not loaded anew while one writes');
      equal(await composer(page).inputValue(), 'half a sente');
      await composer(page).press('End');
      await page.keyboard.type('nce');
      await use.click();
      await page.waitForFunction(() => window.notReloaded !== true);
      await eventually(
        'the draft is there',
        async () => (await composer(page).inputValue()) === 'half a sentence',
      );
      await use.waitFor({ state: 'detached' });
    } finally {
      await server.end();
    }
  },

  '39 a lost push subscription is made again at the start': async (windows) => {
    const { ada, path } = await place();
    const page = await windows.as(ada, { path, permissions: ['notifications'] });
    await kept(page);
    // The browser's push service is elsewhere; what it hands out is made up here.
    await page.context().addInitScript(() => {
      const KEY = 'made-up-subscription';
      const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
      const subscription = (endpoint, key) => ({
        endpoint,
        options: { applicationServerKey: key ? bytes(key) : null },
        async unsubscribe() {
          localStorage.removeItem(KEY);
          return true;
        },
        toJSON: () => ({
          endpoint,
          keys: {
            p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
            auth: 'tBHItJI5svbpez7KI4CCXg',
          },
        }),
      });
      PushManager.prototype.getSubscription = async () => {
        const known = localStorage.getItem(KEY);
        return known ? subscription(...JSON.parse(known)) : null;
      };
      PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
        const key = btoa(String.fromCharCode(...new Uint8Array(applicationServerKey)));
        const made = [`https://push.example.org/${Math.random().toString(36).slice(2)}`, key];
        localStorage.setItem(KEY, JSON.stringify(made));
        return subscription(...made);
      };
    });
    await page.goto('/settings/notifications');
    await page.getByRole('switch', { name: 'Push on this device' }).click();
    const known = async () => (await ada.get('/users/@me/push/subscriptions')).subscriptions;
    const [first] = await eventually('the server knows it', async () => {
      const all = await known();
      return all.length === 1 && all;
    });
    // The browser drops it, without a word.
    await page.evaluate(() => localStorage.removeItem('made-up-subscription'));
    await page.goto(path);
    await eventually('there is a new one', () =>
      page.evaluate(() => localStorage.getItem('made-up-subscription') !== null),
    );
    await eventually('the server knows the new one', async () =>
      (await known()).some((one) => one.subscription_id !== first.subscription_id),
    );
  },

  '39 a pushed notification names the message, and a click opens it': async (windows) => {
    const { ada, guild, other, path } = await place();
    const message = await ada.say(other.id, 'look here');
    const page = await windows.as(ada, { path, permissions: ['notifications'] });
    await row(page, 'read me on the train').waitFor();
    await kept(page);
    const [worker] = page.context().serviceWorkers();
    ok(worker, 'the service worker runs');
    await worker.evaluate(
      ({ channel_id, message_id, guild_id }) => {
        // Somebody may be looking at the page: then it would tell of it itself.
        self.clients.matchAll = (
          (all) => async (options) =>
            (await all.call(self.clients, options)).map((client) => ({
              focused: false,
              focus: async () => client,
              postMessage: (data) => client.postMessage(data),
            }))
        )(self.clients.matchAll);
        const data = {
          title: 'Ada in #elsewhere',
          body: 'look here',
          data: { channel_id, message_id, guild_id },
        };
        self.dispatchEvent(new PushEvent('push', { data: JSON.stringify(data) }));
      },
      { channel_id: other.id, message_id: message.id, guild_id: guild.id },
    );
    const shown = await eventually('it is shown', () =>
      worker.evaluate(async () => {
        const [one] = await self.registration.getNotifications();
        return one && { title: one.title, body: one.body };
      }),
    );
    equal(shown, { title: 'Ada in #elsewhere', body: 'look here' });
    await worker.evaluate(async () => {
      const [notification] = await self.registration.getNotifications();
      self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    });
    await page.waitForURL(`**/channels/${guild.id}/${other.id}/${message.id}`);
    await row(page, 'look here').waitFor();
    await eventually('it is closed', () =>
      worker.evaluate(async () => (await self.registration.getNotifications()).length === 0),
    );
  },
};
