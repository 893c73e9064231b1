// Pictures of every page in three widths, light and dark, with the same data every time, into web/screenshots/:
// `make screenshots`, or `node tests/screenshots.mjs [WORD…]` for pages whose name holds a word.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chrome, closeChrome } from './lib/browser.mjs';
import { person } from './lib/people.mjs';
import { ORIGIN } from './lib/server.mjs';

const out = fileURLToPath(new URL('../screenshots/', import.meta.url));
const words = process.argv.slice(2);
const WIDTHS = [
  [390, 844],
  [820, 1180],
  [1440, 900],
];

await mkdir(out, { recursive: true });
const ada = await person('Ada Lovelace');
const grace = await person('Grace Hopper');
const alan = await person('Alan Turing');
const guild = await ada.guild('Reading circle');
const { code } = await ada.invite(guild.general.id);
for (const one of [grace, alan]) await one.join(code);
for (const [name, color] of [
  ['Moderators', 0x3f8efc],
  ['Authors', 0xe4793a],
]) {
  const role = await ada.post(`/guilds/${guild.id}/roles`, { name, color });
  await ada.patch(`/guilds/${guild.id}/roles/${role.id}`, { hoist: true });
  await ada.put(`/guilds/${guild.id}/members/${name === 'Authors' ? alan.id : grace.id}/roles/${role.id}`);
}
for (const name of ['announcements', 'books-of-the-month', 'off-topic'])
  await ada.post(`/guilds/${guild.id}/channels`, { name, type: 0 });
const talk = [
  [grace, 'Has anybody finished the third chapter?'],
  [alan, 'Yesterday night. **Do not** skip the footnotes, half of the story is in there.'],
  [alan, '> We can only see a short distance ahead, but we can see plenty there that needs to be done.'],
  [
    ada,
    'I made a list of what to read next:\n- *Gödel, Escher, Bach*\n- *The Sense of Style*\n- `man bash`, for the brave',
  ],
  [grace, 'Adding ||the one with the twist|| to it. Shall we say Thursday, 20:00?'],
  [ada, 'Thursday it is. 🎉'],
];
let last;
for (const [who, text] of talk) last = await who.say(guild.general.id, text);
await grace.put(
  `/channels/${guild.general.id}/messages/${last.id}/reactions/${encodeURIComponent('🎉')}/@me`,
);
await alan.put(`/channels/${guild.general.id}/messages/${last.id}/reactions/${encodeURIComponent('📚')}/@me`);
await ada.befriend(grace);
await ada.befriend(alan);
const dm = await ada.dm(grace);
await grace.say(dm.id, 'Lunch tomorrow?');
await ada.say(dm.id, 'Gladly. The usual place.');

const settings =
  'profile account security devices privacy data blocked apps appearance accessibility chat notifications keys language developer about';
const community =
  'overview roles members invites bans moderation audit emoji stickers vanity discovery danger';
const outside = {
  login: '/login',
  register: '/register',
  forgot: '/forgot',
  reset: '/reset#token=x',
  verify: '/verify#token=x',
  'authorize-ip': '/authorize-ip#token=x',
  handoff: '/handoff',
  invite: `/invite/${code}`,
  'invite-gone': '/invite/gone',
};
const inside = {
  community: `/channels/${guild.id}/${guild.general.id}`,
  friends: '/channels/@me',
  conversation: `/channels/@me/${dm.id}`,
  discover: '/discover',
  members: `/channels/${guild.id}/members`,
  'nothing-here': '/nothing/here',
  gallery: '/gallery',
  ...Object.fromEntries(settings.split(' ').map((page) => [`settings-${page}`, `/settings/${page}`])),
  ...Object.fromEntries(
    community.split(' ').map((page) => [`community-${page}`, `/channels/${guild.id}/settings/${page}`]),
  ),
  ...Object.fromEntries(
    ['overview', 'permissions', 'invites'].map((page) => [
      `channel-${page}`,
      `/channels/${guild.id}/${guild.general.id}/settings/${page}`,
    ]),
  ),
};

const chosen = (pages) =>
  Object.entries(pages).filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));

/** Still: what is loading has come, what moves has stopped. */
async function settled(page) {
  await page.waitForLoadState('networkidle').catch(() => {});
  await page
    .waitForFunction(() => !document.querySelector('[class*=skeleton]'), undefined, { timeout: 3000 })
    .catch(() => {});
  await page.evaluate(() => document.fonts.ready);
}

let count = 0;
for (const colorScheme of ['light', 'dark']) {
  const options = {
    colorScheme,
    baseURL: ORIGIN,
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  };
  const shoot = async (page, name, path) => {
    await page.goto(path);
    for (const [width, height] of WIDTHS) {
      await page.setViewportSize({ width, height });
      await settled(page);
      await page.screenshot({ path: `${out}${name}-${width}-${colorScheme}.png`, caret: 'hide' });
      count += 1;
    }
  };
  const stranger = await (await chrome()).newContext(options);
  for (const [name, path] of chosen(outside)) {
    const page = await stranger.newPage();
    await shoot(page, name, path);
    await page.close();
  }
  await stranger.close();
  const context = await (await chrome()).newContext(options);
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/channels\//);
  for (const [name, path] of chosen(inside)) await shoot(page, name, path);
  await context.close();
}
await closeChrome();
console.log(`${count} pictures in web/screenshots`);
