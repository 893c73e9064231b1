// What the first view of a channel costs: bytes and requests, which are the same on every machine.
import { gzipSync } from 'node:zlib';
import { anybody, person } from '../lib/people.mjs';
import { ok } from '../lib/wait.mjs';

const SCRIPT = 220 * 1024;
const STYLES = 30 * 1024;
const REQUESTS = 8;

/** What the page had asked for when its first rows stood: by the page's own marks and its one clock. */
const askedFirst = (page) =>
  page.evaluate(async () => {
    const stood = await new Promise((resolve) => {
      const observer = new PerformanceObserver((list) => {
        const [mark] = list.getEntriesByName('first view');
        if (mark) resolve(mark.startTime);
      });
      observer.observe({ type: 'mark', buffered: true });
    });
    const asked = performance.getEntriesByType('resource').filter(({ startTime }) => startTime <= stood);
    return asked.map(({ name }) => name);
  });

export default {
  'first view: a channel with messages takes at most 8 requests and 220 KB of script': async (windows) => {
    const ana = await person('Ana');
    const guild = await ana.guild();
    // More than a page: neither the beginning of the history nor anything but text is in view.
    await anybody().post('/test/messages/seed', {
      channel_id: guild.general.id,
      author_id: ana.id,
      messages: Array.from({ length: 80 }, (_, n) => ({
        timestamp: new Date(Date.now() - 3_600_000 + n * 1000).toISOString(),
        content: `Message ${n} with **bold** text`,
      })),
    });
    const path = `/channels/${guild.id}/${guild.general.id}`;
    // Not what an earlier visit kept, and in a tab of its own: nothing of another page is still on its way.
    const before = await windows.as(ana, { path, serviceWorkers: 'block' });
    await before.locator('[data-row]').first().waitFor();
    const page = await before.context().newPage();
    let worker;
    page.on('worker', (one) => {
      worker ??= one.url();
    });
    await page.goto(path);
    await page.locator('[data-row]').first().waitFor();
    const asked = await askedFirst(page);
    ok(worker, 'the network worker runs');
    const first = [...new Set([page.url(), worker, ...asked])].filter(
      (url) => !/\/(api|media|gateway)\b/.test(url),
    );
    const sizes = await Promise.all(
      first.map(async (url) => {
        const answer = await fetch(url, { headers: { accept: 'text/html' } });
        const body = Buffer.from(await answer.arrayBuffer());
        return { type: answer.headers.get('content-type') ?? '', size: gzipSync(body, { level: 9 }).length };
      }),
    );
    const sum = (wanted) =>
      sizes.reduce((all, { type, size }) => (type.includes(wanted) ? all + size : all), 0);
    const told = first.map((url) => new URL(url).pathname).join(' ');
    ok(first.length <= REQUESTS, `at most ${REQUESTS} requests, not ${first.length}: ${told}`);
    ok(sum('javascript') <= SCRIPT, `at most ${SCRIPT} bytes of script, not ${sum('javascript')}: ${told}`);
    ok(sum('css') <= STYLES, `at most ${STYLES} bytes of styles, not ${sum('css')}`);
    ok(sum('javascript') > 0 && sum('css') > 0, `the first view has script and styles: ${told}`);
  },
};
