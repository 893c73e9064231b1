// Chromium, one process for all journeys; each window is a context of its own, watched for what must not happen:
// an error on the console, a request to another origin, a violation of accessibility.
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { ORIGIN } from './server.mjs';
import { ok } from './wait.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // A microphone that beeps, allowed without asking.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

let browser;
export async function chrome() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  return browser;
}
export const closeChrome = () => browser?.close();

/** What a journey may expect of the console: refusals that the journey itself provokes. */
const refusal = /Failed to load resource: the server responded with a status of (\d+)/;

export class Windows {
  constructor(name) {
    this.name = name;
    this.contexts = [];
    this.complaints = [];
    this.allowed = [];
    this.hosts = [];
  }

  /** Expects requests to this host, which the journey answers itself. */
  allowHost(host) {
    this.hosts.push(host);
  }

  /** Expects refusals with these statuses (or anything matching), which the console reports as errors. */
  allow(...what) {
    this.allowed.push(
      ...what.map((one) => (one instanceof RegExp ? one : new RegExp(`status of ${one}\\b`))),
    );
  }

  /** A new window: nothing is shared with others but the server. */
  async open({ origin = ORIGIN, path = '/', width = 1440, height = 900, ...options } = {}) {
    const context = await (await chrome()).newContext({
      viewport: { width, height },
      locale: 'en-US',
      timezoneId: 'Europe/Berlin',
      baseURL: origin,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    this.contexts.push(context);
    context.setDefaultTimeout(30_000);
    context.on('page', (page) => this.watch(page, origin));
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  watch(page, origin) {
    const { host } = new URL(origin);
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const text = message.text();
      if (this.allowed.some((allowed) => allowed.test(text))) return;
      const where = message.location().url;
      this.complaints.push(`console: ${text}${refusal.test(text) ? ` (${where})` : ''}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(http|ws)s?:$/.test(url.protocol) && url.host !== host && !this.hosts.includes(url.host))
        this.complaints.push(`request to another origin: ${url.href}`);
    });
  }

  /** Signs a person in through the form. */
  async as(person, options = {}) {
    const page = await this.open({ ...options, path: '/login' });
    // In any language.
    await page.locator('input[name="email"]').fill(person.email);
    await page.locator('input[name="password"]').fill(person.password);
    await page.locator('form button[type="submit"]').click();
    await page.waitForURL(/\/channels\//);
    if (options.path) await page.goto(options.path);
    return page;
  }

  check() {
    ok(this.complaints.length === 0, `a quiet run:\n    ${[...new Set(this.complaints)].join('\n    ')}`);
  }

  /** A picture of every window, for a journey that failed. */
  async pictures(folder) {
    let number = 0;
    for (const context of this.contexts)
      for (const page of context.pages())
        await page.screenshot({ path: `${folder}/${this.name}-${number++}.png` }).catch(() => {});
  }

  async close() {
    for (const context of this.contexts) await context.close().catch(() => {});
  }
}

/** How long what is shown may take to become what it will be: a view comes in a chunk of its own, text fades in. */
const SETTLES = 15_000;

/** No violation in what is shown, or in the part that `within` names, once it has settled; of all rules, or
 * of `rules`. */
export async function axe(page, within, rules) {
  await page
    .locator(within ?? 'main, dialog, h1')
    .first()
    .waitFor({ state: 'attached' });
  let builder = new AxeBuilder({ page });
  if (rules) builder = builder.withRules(rules);
  else builder = builder.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']);
  if (within) builder = builder.include(within);
  // A separator stands between two panes; the rule wants it inside one.
  builder = builder.exclude('[role="separator"]');
  let told;
  const end = Date.now() + SETTLES;
  do {
    // Half-faded text has half its contrast.
    await page.evaluate(() => {
      for (const animation of document.getAnimations())
        if (animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY) animation.finish();
    });
    const { violations } = await builder.analyze();
    told = violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n      ${nodes
          .slice(0, 4)
          .map((node) => node.html.slice(0, 160))
          .join('\n      ')}`,
    );
  } while (told.length > 0 && Date.now() < end);
  ok(told.length === 0, `accessible at ${new URL(page.url()).pathname}:\n    ${told.join('\n    ')}`);
}
