// Measures the client's budgets in Debian's Chromium against a running server that serves it:
//   FLUXER_CONFIG__SERVICES__SERVER__STATIC_DIR=web/dist scripts/with-server BINARY node web/scripts/budgets.mjs [part…]
// Parts: first, typing, switch, scroll, ready (all without an argument). `--write` puts the table into bench/RESULTS.md,
// `--files` lists what the first view asks for. BUDGET_DIST names another folder than web/dist.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const api = process.env.FLUXER_TEST_URL;
const origin = process.env.FLUXER_WEB_ORIGIN ?? api?.replace(/\/api$/, '');
if (!api) {
  console.error('FLUXER_TEST_URL is not set; run it by scripts/with-server');
  process.exit(2);
}
const args = process.argv.slice(2);
const parts = args.filter((arg) => !arg.startsWith('--'));
const wanted = (part) => parts.length === 0 || parts.includes(part);
const dist = process.env.BUDGET_DIST
  ? pathToFileURL(`${process.env.BUDGET_DIST}/`)
  : new URL('../dist/', import.meta.url);
const SCROLLED = Number(process.env.BUDGET_MESSAGES ?? 100_000);

const rows = [];
function record(what, value, budget, met) {
  rows.push({ what, value, budget, met });
  console.log(`${met ? 'ok  ' : 'MISS'} ${what}: ${value} (budget ${budget})`);
}

async function call(path, body, token, method = 'POST') {
  const answer = await fetch(api + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: token } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
const register = (name) =>
  call('/auth/register', {
    username: name,
    email: `${name}@example.com`,
    password: 'correct horse battery 9!',
    date_of_birth: '1990-01-01',
    consent: true,
  });
async function started(user) {
  await call(`/test/users/${user.user_id}/flags`, { flags: '549755813888' }, undefined, 'PATCH');
  return user;
}
const seed = (channel, author, from, count) =>
  call('/test/messages/seed', {
    channel_id: channel,
    author_id: author,
    messages: Array.from({ length: count }, (_, n) => ({
      timestamp: new Date(Date.now() - 86_400_000 + (from + n) * 400).toISOString(),
      content: `Message ${from + n}: ${'lorem ipsum dolor sit amet '.repeat((from + n) % 7)}`,
    })),
  });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--enable-precise-memory-info',
  ],
});

/** A page that is signed in: the account is put where the network worker keeps it, as it would. */
async function signedIn(user) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log('page error:', error.message));
  await page.goto(`${origin}/manifest.webmanifest`);
  await page.evaluate(async ({ token, user_id }) => {
    const stores = ['meta', 'keys', 'accounts', 'queue', 'drafts', 'snapshots', 'settings'];
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(token));
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('fluxer', 1);
      opening.onupgradeneeded = () => {
        for (const name of stores) opening.result.createObjectStore(name);
      };
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const about = { username: '', global_name: null, avatar: null };
    const transaction = database.transaction(stores, 'readwrite');
    transaction.objectStore('keys').put(key, 'token');
    transaction.objectStore('accounts').put({ id: user_id, iv, sealed, about, used: Date.now() }, user_id);
    transaction.objectStore('meta').put(user_id, 'current');
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    database.close();
  }, user);
  return page;
}
/** Asks again until the page says yes; its policy forbids `waitForFunction`, which makes code of text. */
async function until(page, ask) {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (await page.evaluate(ask)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`not in time: ${ask}`);
}
const ROW = '[data-row]';
const COMPOSER = 'textarea';
const slow = async (page, rate) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  return session;
};
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

// ---- The place everything is measured in ------------------------------------------------------------------

const ana = await started(await register('ana'));
const bob = await started(await register('bob'));
const guild = await call('/guilds', { name: 'Measured' }, bob.token);
const channel = guild.system_channel_id;
const invite = await call(`/channels/${channel}/invites`, {}, bob.token);
await call(`/invites/${invite.code}`, {}, ana.token);
const other = await call(`/guilds/${guild.id}/channels`, { name: 'other', type: 0 }, bob.token);
for (const id of [channel, other.id]) await seed(id, bob.user_id, 0, 200);
const home = `${origin}/channels/${guild.id}/${channel}`;
const open = async (page, url = home) => {
  await page.goto(url);
  await page.waitForSelector(ROW, { timeout: 60_000 });
};

async function first() {
  const page = await signedIn(ana);
  await open(page);
  await page.waitForTimeout(2000);
  const loaded = new Set();
  // The page is opened several times; what counts is what one opening asks for.
  const asked = new Set();
  let textSeen = false;
  page.on('request', (request) => {
    if (!textSeen && !/\/(api|media|gateway)/.test(request.url())) asked.add(request.url());
    const file = /\/(assets\/[^?]+)/.exec(request.url())?.[1];
    if (file && !textSeen) loaded.add(file);
  });
  await slow(page, 4);
  await page.addInitScript(() => {
    window.long = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.long.push(entry.startTime + entry.duration);
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      if (!window.rowsAt && document.querySelector('[data-row]') && document.querySelector('textarea')) {
        window.rowsAt = performance.now();
      } else if (!window.rowsAt) requestAnimationFrame(look);
    };
    look();
  });
  const settled = [];
  for (let turn = 0; turn < 3; turn++) {
    await page.reload();
    await until(page, () => Boolean(window.rowsAt));
    textSeen = true;
    settled.push(await page.evaluate(() => window.rowsAt));
    await page.waitForTimeout(1500);
  }
  let script = 0;
  let style = 0;
  let fonts = 0;
  for (const file of loaded) {
    const body = await readFile(new URL(file, dist)).catch(() => undefined);
    if (!body) continue;
    if (file.endsWith('.js')) script += gzipSync(body, { level: 9 }).length;
    if (file.endsWith('.css')) style += gzipSync(body, { level: 9 }).length;
    if (file.endsWith('.woff2')) fonts += body.length;
  }
  if (args.includes('--files')) console.log([...asked].join('\n'));
  const kb = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;
  record('first view: script, gzip', kb(script), '220 KB', script <= 220 * 1024);
  record('first view: styles, gzip', kb(style), '30 KB', style <= 30 * 1024);
  record('first view: fonts', kb(fonts), '50 KB', fonts <= 50 * 1024);
  record('first view: requests before text', asked.size, 8, asked.size <= 8);
  const ms = Math.round(quantile(settled, 0.5));
  record('messages and composer painted, loopback, 4× slower CPU', `${ms} ms`, '1000 ms', ms <= 1000);
  await page.context().close();
}

async function typing() {
  const page = await signedIn(ana);
  await open(page);
  await page.click(COMPOSER);
  await slow(page, 4);
  await page.evaluate(() => {
    window.latencies = [];
    window.addEventListener(
      'keydown',
      (event) => {
        const at = event.timeStamp;
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => window.latencies.push(performance.now() - at);
          channel.port2.postMessage(0);
        });
      },
      true,
    );
  });
  let on = true;
  let sent = 0;
  const talking = (async () => {
    while (on) {
      const began = Date.now();
      const batch = Array.from({ length: 5 }, () =>
        call(`/channels/${channel}/messages`, { content: `flood ${sent++} lorem ipsum` }, bob.token),
      );
      await Promise.all(batch);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 100 - (Date.now() - began))));
    }
  })();
  const began = Date.now();
  const before = sent;
  await page.keyboard.type('the quick brown fox jumps over the lazy dog and on '.repeat(4), { delay: 60 });
  const rate = ((sent - before) / (Date.now() - began)) * 1000;
  on = false;
  await talking;
  const all = await page.evaluate(() => window.latencies);
  const p95 = quantile(all, 0.95);
  record(
    `typing, ${rate.toFixed(0)} messages a second, 4× slower CPU: p95 (p98)`,
    `${p95.toFixed(0)} ms (${quantile(all, 0.98).toFixed(0)} ms)`,
    '50 ms',
    p95 <= 50,
  );
  const typed = await page.inputValue(COMPOSER);
  if (!typed.startsWith('the quick brown fox'))
    console.log('the composer did not take the text:', typed.slice(0, 40));
  await page.context().close();
}

async function change() {
  const page = await signedIn(ana);
  await open(page);
  await open(page, `${origin}/channels/${guild.id}/${other.id}`);
  const times = [];
  const link = (id) => `a[href$="/channels/${guild.id}/${id}"]`;
  for (let turn = 0; turn < 11; turn++) {
    const target = turn % 2 ? other.id : channel;
    await page.waitForSelector(link(target));
    const ms = await page.evaluate(
      async ({ selector, path }) => {
        const before = document.querySelector('[data-row]')?.getAttribute('data-row');
        const began = performance.now();
        document.querySelector(selector).click();
        return new Promise((resolve) => {
          const look = () => {
            const row = document.querySelector('[data-row]')?.getAttribute('data-row');
            if (location.pathname.endsWith(path) && row && row !== before) {
              const channel = new MessageChannel();
              channel.port1.onmessage = () => resolve(performance.now() - began);
              channel.port2.postMessage(0);
            } else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      },
      { selector: link(target), path: target },
    );
    if (turn > 1) times.push(ms);
    await page.waitForTimeout(150);
  }
  const ms = quantile(times, 0.5);
  record('switch of channel, known messages, median', `${ms.toFixed(0)} ms`, '100 ms', ms <= 100);
  await page.context().close();
}

async function scroll() {
  const long = await call(`/guilds/${guild.id}/channels`, { name: 'long', type: 0 }, bob.token);
  for (let from = 0; from < SCROLLED; from += 1000) await seed(long.id, bob.user_id, from, 1000);
  const page = await signedIn(ana);
  await open(page, `${origin}/channels/${guild.id}/${long.id}`);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const memory = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const nodes = await page.evaluate(() => document.getElementsByTagName('*').length);
    return { heap: usedSize / 2 ** 20, nodes };
  };
  const began = Date.now();
  let most = { heap: 0, nodes: 0 };
  let pages = 0;
  let oldest = '';
  for (let stuck = 0; stuck < 40; ) {
    const top = await page.evaluate(async () => {
      const rows = document.querySelector('[data-row]');
      const scroller = rows?.closest('[role=list]');
      if (scroller) scroller.scrollTop = 0;
      scroller?.dispatchEvent(new WheelEvent('wheel', { deltaY: -100 }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return document.querySelector('[data-row]')?.getAttribute('data-row') ?? '';
    });
    if (top === oldest) stuck++;
    else stuck = 0;
    oldest = top;
    if (++pages % 200 === 0) {
      const now = await memory();
      most = { heap: Math.max(most.heap, now.heap), nodes: Math.max(most.nodes, now.nodes) };
    }
    if (Date.now() - began > 15 * 60_000) break;
  }
  const now = await memory();
  most = { heap: Math.max(most.heap, now.heap), nodes: Math.max(most.nodes, now.nodes) };
  const text = await page.evaluate(() => document.querySelector('[data-row]')?.textContent ?? '');
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(`scrolled up in ${seconds} s; the topmost row says: ${text.slice(0, 80)}`);
  record(
    `${SCROLLED} messages scrolled: heap after collection`,
    `${most.heap.toFixed(0)} MB`,
    '180 MB',
    most.heap <= 180,
  );
  record(`${SCROLLED} messages scrolled: nodes`, most.nodes, 6000, most.nodes <= 6000);
  await page.context().close();
}

async function ready() {
  const carl = await started(await register('carl'));
  const jobs = [];
  for (let n = 0; n < 100; n++) {
    const made = await call('/guilds', { name: `Community ${n}` }, carl.token);
    for (let c = 0; c < 196; c++) jobs.push([made.id, c]);
  }
  const work = async () => {
    for (let job = jobs.pop(); job; job = jobs.pop()) {
      await call(
        `/guilds/${job[0]}/channels`,
        { name: `channel-${job[1]}`, type: 0, topic: 'a topic' },
        carl.token,
      );
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  const page = await signedIn(carl);
  await page.addInitScript(() => {
    window.long = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.long.push(Math.round(entry.duration));
    }).observe({ type: 'longtask', buffered: true });
  });
  const began = Date.now();
  await page.goto(`${origin}/channels/@me`);
  await until(page, () => document.querySelectorAll('nav a[href*="/channels/"]').length >= 90);
  const ms = Date.now() - began;
  await page.waitForTimeout(1500);
  const long = await page.evaluate(() => window.long);
  record('100 communities, 20 000 channels: the page with its rail', `${ms} ms`, '1700 ms', ms <= 1700);
  record('… longest task of the page', `${Math.max(0, ...long)} ms`, '50 ms', Math.max(0, ...long) <= 50);
  await page.context().close();
}

try {
  if (wanted('first')) await first();
  if (wanted('switch')) await change();
  if (wanted('typing')) await typing();
  if (wanted('ready')) await ready();
  if (wanted('scroll')) await scroll();
} finally {
  await browser.close();
}

if (args.includes('--write')) {
  const file = new URL('../../bench/RESULTS.md', import.meta.url);
  const text = await readFile(file, 'utf8');
  const head = '## The web client';
  const table = rows
    .map((row) => `| ${row.what} | ${row.value} | ${row.budget} | ${row.met ? 'yes' : 'no'} |`)
    .join('\n');
  const files = (await readdir(new URL('assets/', dist)).catch(() => [])).filter((name) =>
    name.endsWith('.js'),
  ).length;
  const section = `${head}\n\nBy \`web/scripts/budgets.mjs\`, headless Chromium on the machine of the other figures; ${files} chunks of script.\n\n| What | Measured | Budget | Met |\n|---|---|---|---|\n${table}\n`;
  const rest = text.includes(head) ? text.slice(0, text.indexOf(head)) : `${text.trimEnd()}\n\n`;
  await writeFile(file, rest + section);
}
