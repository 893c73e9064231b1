// All keys, on keyboards of three countries (28).
import { keyboard, LAYOUTS } from '../lib/keyboard.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const composer = (page) => page.locator('form[data-region="composer"] textarea');
const row = (page, text) => page.locator('article[data-row]').filter({ hasText: text }).last();
const aside = (page, name) => page.getByRole('complementary', { name, exact: true });
const gone = (locator, what) => eventually(what, async () => (await locator.count()) === 0);
const heading = (page, name) => page.getByRole('heading', { name, level: 1, exact: true }).waitFor();

async function place(windows) {
  const [ada, ben] = [await person('Ada'), await person('Ben')];
  const guild = await ada.guild('Quay');
  await ben.join((await ada.invite(guild.general.id)).code);
  const make = (name) =>
    ada.post(`/guilds/${guild.id}/channels`, { type: 0, name, parent_id: guild.general.parent_id });
  const [one, two, three] = [await make('one'), await make('two'), await make('three')];
  await ada.post(`/guilds`, { name: 'Wharf' });
  await ada.say(guild.general.id, 'mine');
  const message = await ben.say(guild.general.id, 'yours');
  const path = `/channels/${guild.id}/${guild.general.id}`;
  const page = await windows.as(ada, { path });
  await row(page, 'yours').waitFor();
  return { ada, ben, guild, one, two, three, message, path, page };
}

async function everywhere(page, press) {
  const layer = async (keys, what) => {
    await press(keys);
    await what.waitFor();
    await press('Escape');
    await gone(what, `${keys} is closed`);
  };
  await layer('Mod+K', page.getByRole('combobox', { name: 'Where to?' }));
  await layer('Mod+/', page.getByRole('heading', { name: 'Keys' }));
  await press('Mod+,');
  await page.waitForURL('**/settings**');
  await page.getByRole('dialog', { name: 'Settings' }).getByRole('heading', { level: 2 }).first().waitFor();
  await press('Escape');
  await page.waitForURL('**/channels/**');
  await composer(page).waitFor();
  await composer(page).focus();
  await layer('Mod+I', aside(page, 'Inbox'));
  await layer('Mod+P', aside(page, 'Pinned messages'));
  await layer('Mod+F', aside(page, 'Search'));
  await layer('Mod+Shift+F', aside(page, 'Search'));
  await composer(page).focus();
  await press('Mod+U');
  await gone(aside(page, 'Members'), 'the members are hidden');
  await press('Mod+U');
  await aside(page, 'Members').waitFor();
  await layer('Mod+E', page.getByRole('tab', { name: 'Emoji' }));
  await composer(page).focus();
  await layer('Mod+S', page.getByRole('tab', { name: 'Stickers' }));
  await composer(page).focus();
  let chosen = false;
  page.once('filechooser', () => {
    chosen = true;
  });
  await eventually('files are asked for', async () => {
    if (!chosen) await press('Mod+Shift+U');
    return chosen;
  });
}

async function ways(page, press, { ada, ben, guild, two, three }) {
  await press('Alt+Down');
  await heading(page, 'one');
  await press('Alt+Up');
  await heading(page, 'general');
  await press('Alt+Left');
  await heading(page, 'one');
  await press('Alt+Right');
  await heading(page, 'general');
  await ben.say(two.id, 'news');
  await ben.say(three.id, `<@${ada.id}>`);
  const link = (name) => page.locator(`nav[data-region="channels"] li[data-unread] a[data-item="${name}"]`);
  await link('two').waitFor();
  await page
    .locator('nav[data-region="channels"] li', { has: page.locator('a[data-item="three"]') })
    .getByText('1')
    .first()
    .waitFor();
  await press('Alt+Shift+Down');
  await heading(page, 'two');
  await press('Alt+Shift+Up');
  await heading(page, 'three');
  await press('Alt+Shift+Up');
  await ben.say(guild.general.id, `<@${ada.id}> again`);
  await press('Alt+Down');
  await press('Mod+Alt+Shift+Down');
  await heading(page, 'general');
  await press('Mod+Alt+Right');
  await heading(page, 'Friends');
  await press('Mod+Alt+Right');
  await heading(page, 'general');
  await press('Mod+Alt+Up');
  await eventually('another place', async () => !page.url().includes(guild.id));
  await press('Mod+Alt+Down');
  await heading(page, 'general');
  await ben.say(two.id, 'more news');
  await link('two').waitFor();
  await press('Shift+Escape');
  await gone(link('two'), 'the community is read');
  await ben.say(two.id, 'still more');
  await link('two').waitFor();
  await press('Mod+Shift+E');
  await gone(link('two'), 'the first unread is read');
}

async function letters(page, press, { ada, guild, message }) {
  const at = guild.general.id;
  const on = async (text) => {
    await row(page, text).focus();
    await eventually(`${text} has the focus`, () =>
      row(page, text).evaluate((element) => element === document.activeElement),
    );
  };
  await on('yours');
  await press('R');
  await page.getByText(/Replying to/).waitFor();
  await composer(page).focus();
  await press('Escape');
  await gone(page.getByText(/Replying to/), 'the answer is taken back');
  await on('mine');
  await press('E');
  await row(page, 'mine').getByRole('textbox').or(row(page, 'mine').getByRole('combobox')).first().waitFor();
  await press('Escape');
  await on('yours');
  await press('P');
  await eventually('pinned', async () => (await ada.get(`/channels/${at}/messages/${message.id}`)).pinned);
  await on('yours');
  await press('A');
  await page.getByRole('grid').first().waitFor();
  await press('Escape');
  await gone(page.getByRole('grid'), 'the picker is closed');
  await on('yours');
  await press('F');
  await page.getByRole('dialog', { name: 'Forward' }).waitFor();
  await press('Escape');
  await gone(page.getByRole('dialog'), 'the dialog is closed');
  await on('yours');
  await press('B');
  await eventually('saved', async () => (await ada.get('/users/@me/saved-messages')).length === 1);
  await on('yours');
  await press('C');
  await eventually(
    'copied',
    async () => (await page.evaluate(() => navigator.clipboard.readText())) === 'yours',
  );
  await on('yours');
  await press('L');
  await eventually('the link is copied', async () =>
    (await page.evaluate(() => navigator.clipboard.readText())).endsWith(`/${at}/${message.id}`),
  );
  await on('yours');
  await press('Up');
  await eventually('the row above', () => row(page, 'mine').evaluate((e) => e === document.activeElement));
  await press('Down');
  await press('Escape');
  await eventually('back in the composer', () =>
    composer(page).evaluate((e) => e === document.activeElement),
  );
  await press('Up');
  await row(page, 'mine').getByRole('textbox').or(row(page, 'mine').getByRole('combobox')).first().waitFor();
  await press('Escape');
  await on('mine');
  await press('D');
  await page
    .getByRole('dialog')
    .or(page.getByRole('alertdialog'))
    .getByRole('button', { name: 'Delete' })
    .waitFor();
  await press('Escape');
  await gone(page.getByRole('alertdialog').or(page.getByRole('dialog')), 'nothing is deleted');
  await on('yours');
  await press('U');
  await page.getByRole('separator', { name: /new/i }).or(page.getByText(/^new$/i)).first().waitFor();
}

/** Tab goes on, through every region, and is nobody's key. */
async function tabs(page) {
  await page.evaluate(() => document.activeElement?.blur());
  const seen = [];
  for (let step = 0; step < 70; step += 1) {
    await page.keyboard.press('Tab');
    seen.push(
      await page.evaluate(() => {
        const here = document.activeElement;
        return (
          here?.closest('[data-region]')?.getAttribute('data-region') ??
          here?.closest('header, aside')?.tagName ??
          ''
        );
      }),
    );
  }
  // From wherever the focus was, round to the beginning.
  const round = seen.slice(seen.indexOf('rail'));
  const order = round.filter((region, i) => region && region !== round[i - 1]);
  for (const region of ['rail', 'channels', 'messages', 'composer'])
    ok(order.includes(region), `Tab reaches ${region}: ${order.join(' ')}`);
  ok(order.indexOf('rail') < order.indexOf('channels'), `the order of the panes: ${order.join(' ')}`);
  ok(
    order.indexOf('messages') < order.lastIndexOf('composer'),
    `messages, then composer: ${order.join(' ')}`,
  );
}

async function regions(page, press) {
  await composer(page).focus();
  const region = () =>
    page.evaluate(
      () => document.activeElement?.closest('[data-region], aside')?.getAttribute('data-region') ?? 'aside',
    );
  const seen = [];
  for (let step = 0; step < 5; step += 1) {
    await press(step % 2 ? 'F6' : 'Mod+F6');
    seen.push(await region());
  }
  equal(seen, ['aside', 'rail', 'channels', 'messages', 'composer'], 'regions');
  await press('Mod+Shift+F6');
  equal(await region(), 'messages', 'and back');
}

export default Object.fromEntries(
  LAYOUTS.map((layout) => [
    `28 all keys on a keyboard of the layout ${layout}`,
    async (windows) => {
      const s = await place(windows);
      const press = await keyboard(s.page, layout);
      await everywhere(s.page, press);
      await regions(s.page, press);
      await letters(s.page, press, s);
      await ways(s.page, press, s);
      await tabs(s.page);
    },
  ]),
);
