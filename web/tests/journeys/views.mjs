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

/**
 * Views that an address alone shows: what has to be pressed has a name in another language. Without the settings: one
 * account cannot begin that many sessions at the gateway so quickly.
 */
const addresses = (all) =>
  Object.entries(all)
    .filter(([family]) => !/over|dialogs|panels|states|settings/.test(family))
    .flatMap(([, list]) => list.filter(({ open, name }) => !open && name !== 'gallery'));

async function fits(windows, options, { large = false, direction = 'ltr' } = {}) {
  const s = await shared();
  windows.allow(400, 403, 404, /ERR_INTERNET_DISCONNECTED|fetching the script/);
  const page = await pagesOf(windows, s, options);
  const told = [];
  for (const view of addresses(views(s))) {
    const one = await page(view.who);
    await show(one, view);
    if (large)
      await one.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
    const dir = await one.evaluate(() => document.documentElement.dir || 'ltr');
    if (dir !== direction) told.push(`${view.name}: reads ${dir}`);
    for (const fault of await faults(one)) told.push(`${view.name}: ${fault}`);
  }
  ok(told.length === 0, `${told.length} faults\n    ${told.join('\n    ')}`);
}

const family = (name, from = 0, to = undefined) => [
  `accessible: ${name}${to === undefined && from > 0 ? ', the rest' : ''}`,
  (windows) => accessible(windows, (all) => all[name].slice(from, to)),
];

export default {
  ...Object.fromEntries([
    family('before the sign-in'),
    family('panels beside a channel'),
    family('dialogs about people'),
    family('dialogs of a community'),
    family('settings', 0, 9),
    family('settings', 9),
    family('settings of a community', 0, 9),
    family('settings of a community', 9),
    family('others'),
    family('states'),
  ]),
  '41 Arabic, 320 pixels wide': (windows) =>
    fits(windows, { locale: 'ar', width: 320, height: 800 }, { direction: 'rtl' }),
  '41 German, 320 pixels wide': (windows) => fits(windows, { locale: 'de-DE', width: 320, height: 800 }),
  '41 German with text twice as large': (windows) =>
    fits(windows, { locale: 'de-DE', width: 1280, height: 900 }, { large: true }),
  '41 Arabic with text twice as large': (windows) =>
    fits(windows, { locale: 'ar', width: 1280, height: 900 }, { large: true, direction: 'rtl' }),
};
