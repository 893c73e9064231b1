// Every view, family by family: accessible in each theme; and whole in other languages and sizes (41).
import { axe } from '../lib/browser.mjs';
import { faults } from '../lib/layout.mjs';
import { person, unique } from '../lib/people.mjs';
import { sample } from '../lib/sample.mjs';
import { ready, views } from '../lib/views.mjs';
import { ok } from '../lib/wait.mjs';

let made;
/** One sample for all of these journeys: they only look. */
const shared = () => {
  made ??= sample({ tag: unique('') }).then(async (s) => ({ ...s, newcomer: await person('Newcomer') }));
  return made;
};

/** What another theme can change about a view. */
const COLORS = ['color-contrast', 'link-in-text-block'];
const PLACES = ['target-size', 'scrollable-region-focusable'];
const usual = { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' };
const themes = [{ colorScheme: 'light' }, { contrast: 'more' }, { forcedColors: 'active' }];

async function pagesOf(windows, s, options) {
  const pages = new Map();
  return async (who) => {
    if (!pages.has(who))
      pages.set(
        who,
        who ? await windows.as(s[who], options) : await windows.open({ ...options, path: '/login' }),
      );
    return pages.get(who);
  };
}

async function show(page, { name, path, open }) {
  try {
    await page.emulateMedia(usual);
    await page.goto(path);
    await ready(page);
    await open?.(page);
    await ready(page);
  } catch (error) {
    throw new Error(`${name} at ${page.url()}: ${error.message}`);
  }
}

/** To another page of the settings within the open one: a session at the gateway for each would be too many. */
async function turn(page, { name, path }) {
  const title = page.locator('dialog[open] h2').first();
  const before = await title.textContent();
  try {
    await page.evaluate((path) => {
      history.pushState(null, '', path);
      dispatchEvent(new PopStateEvent('popstate', { state: null }));
    }, path);
    await page.waitForFunction(
      (before) => document.querySelector('dialog[open] h2')?.textContent !== before,
      before,
    );
    await ready(page);
  } catch (error) {
    throw new Error(`${name} at ${page.url()}: ${error.message}`);
  }
}

async function accessible(windows, chosen) {
  const s = await shared();
  windows.allow(400, 403, 404, /ERR_INTERNET_DISCONNECTED|fetching the script/);
  const page = await pagesOf(windows, s, {});
  const told = [];
  const look = (what) => (error) => told.push(`${what}: ${error.message}`);
  for (const view of chosen(views(s))) {
    const one = await page(view.who);
    await show(one, view);
    // A layer over the page is looked at alone: the page is a view of its own.
    const layers = [
      'dialog[open]',
      '[role="menu"]',
      '[role="dialog"]',
      ...(view.within ? [view.within] : []),
    ];
    const open = await Promise.all(layers.map((layer) => one.locator(layer).count()));
    const within = layers.find((_, i) => open[i] > 0);
    await axe(one, within).catch(look(view.name));
    for (const theme of themes) {
      await one.emulateMedia({ ...usual, ...theme });
      await axe(one, within, COLORS).catch(look(`${view.name} ${JSON.stringify(theme)}`));
    }
    await one.emulateMedia(usual);
    await one.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await axe(one, within, PLACES).catch(look(`${view.name} from right to left`));
  }
  ok(told.length === 0, told.join('\n'));
}

/** Views that an address alone shows: what has to be pressed has a name in another language. */
const alone = (list) => list.filter(({ open, name }) => !open && name !== 'gallery');
const addresses = (all) =>
  alone(
    Object.entries(all)
      .filter(([family]) => !/over|dialogs|panels|states|settings/.test(family))
      .flatMap(([, list]) => list),
  );
const settings = (all) => [alone(all.settings), alone(all['settings of a community'])];

/** Looks at views with what is wrong of each; `lists` whose views follow one another in place. */
async function fits(windows, options, { large = false, direction = 'ltr', lists } = {}) {
  const s = await shared();
  windows.allow(400, 403, 404, /ERR_INTERNET_DISCONNECTED|fetching the script/);
  const page = await pagesOf(windows, s, options);
  const told = [];
  const look = async (one, view) => {
    if (large)
      await one.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
    const dir = await one.evaluate(() => document.documentElement.dir || 'ltr');
    if (dir !== direction) told.push(`${view.name}: reads ${dir}`);
    for (const fault of await faults(one)) told.push(`${view.name}: ${fault}`);
  };
  for (const list of lists?.(views(s)) ?? [])
    for (const [at, view] of list.entries()) {
      const one = await page(view.who);
      await (at === 0 ? show : turn)(one, view);
      await look(one, view);
    }
  for (const view of lists ? [] : addresses(views(s))) {
    const one = await page(view.who);
    await show(one, view);
    await look(one, view);
  }
  ok(told.length === 0, `${told.length} faults\n    ${told.join('\n    ')}`);
}

const family = (name, from = 0, to = undefined) => [
  `accessible: ${name}${to === undefined ? (from > 0 ? ', the rest' : '') : from > 0 ? `, from the ${from + 1}th` : ''}`,
  (windows) => accessible(windows, (all) => all[name].slice(from, to)),
];

export default {
  ...Object.fromEntries([
    family('before the sign-in'),
    family('the daily places', 0, 6),
    family('the daily places', 6, 12),
    family('the daily places', 12),
    family('panels beside a channel'),
    family('what opens over a channel', 0, 5),
    family('what opens over a channel', 5, 10),
    family('what opens over a channel', 10),
    family('dialogs about people'),
    family('dialogs of a community'),
    family('settings', 0, 9),
    family('settings', 9),
    family('settings of a community', 0, 9),
    family('settings of a community', 9),
    family('others'),
    family('states'),
  ]),
  ...Object.fromEntries(
    Object.entries({
      'Arabic, 320 pixels wide': [{ locale: 'ar', width: 320, height: 800 }, { direction: 'rtl' }],
      'German, 320 pixels wide': [{ locale: 'de-DE', width: 320, height: 800 }],
      'German with text twice as large': [{ locale: 'de-DE', width: 1280, height: 900 }, { large: true }],
      'Arabic with text twice as large': [
        { locale: 'ar', width: 1280, height: 900 },
        { large: true, direction: 'rtl' },
      ],
      'at 400 % zoom': [{ width: 320, height: 256, deviceScaleFactor: 4 }],
    }).flatMap(([name, [options, more]]) => [
      [`41 ${name}`, (windows) => fits(windows, options, more)],
      [`41 settings, ${name}`, (windows) => fits(windows, options, { ...more, lists: settings })],
    ]),
  ),
};
