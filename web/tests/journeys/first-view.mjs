// What the first view of a channel costs: bytes and requests, which are the same on every machine.
import { gzipSync } from 'node:zlib';
import { anybody, person } from '../lib/people.mjs';
import { ok } from '../lib/wait.mjs';

const SCRIPT = 220 * 1024;
const STYLES = 30 * 1024;
const REQUESTS = 8;

/** When the first rows stood, by the page's own mark; what comes later comes at the earliest half a second after. */
const stood = (page) =>
  page.evaluate(async () => {
    const mark = await new Promise((resolve) => {
      const observer = new PerformanceObserver((list) => {
        const [entry] = list.getEntriesByName('first view');
        if (entry) resolve(entry);
      });
      observer.observe({ type: 'mark', buffered: true });
    });
    return performance.timeOrigin + mark.startTime + 250;
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
    // Not what an earlier visit kept.
    const page = await windows.as(ana, { path, serviceWorkers: 'block' });
    await page.locator('[data-row]').first().waitFor();

    const asked = [];
    page.on('request', (request) => asked.push(request));
    await page.reload();
    const until = await stood(page);
    await page.locator('[data-row]').first().waitFor();
    const first = asked.filter(
      (request) =>
        /^http(?!.*\/(api|media|gateway)\b)/.test(request.url()) && request.timing().startTime < until,
    );
    const sizes = await Promise.all(
      first.map(async (request) => {
        const answer = await fetch(request.url(), { headers: { accept: 'text/html' } });
        const body = Buffer.from(await answer.arrayBuffer());
        return { type: answer.headers.get('content-type') ?? '', size: gzipSync(body, { level: 9 }).length };
      }),
    );
    const sum = (wanted) =>
      sizes.reduce((all, { type, size }) => (type.includes(wanted) ? all + size : all), 0);
    const told = first.map((request) => new URL(request.url()).pathname).join(' ');
    ok(first.length <= REQUESTS, `at most ${REQUESTS} requests, not ${first.length}: ${told}`);
    ok(sum('javascript') <= SCRIPT, `at most ${SCRIPT} bytes of script, not ${sum('javascript')}: ${told}`);
    ok(sum('css') <= STYLES, `at most ${STYLES} bytes of styles, not ${sum('css')}`);
    ok(sum('javascript') > 0 && sum('css') > 0, `the first view has script and styles: ${told}`);
  },
};
