// Communities, channels and people: what stands around the messages.
import { axe } from '../lib/browser.mjs';
import { person, unique } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const channelNames = (page) =>
  page
    .locator('nav[data-region="channels"] [data-item]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-item')));
const orderIs = (page, wanted, what) =>
  eventually(`${what}: ${wanted}`, async () => (await channelNames(page)).join() === wanted.join());
const openChannel = (page, name) =>
  page.locator(`nav[data-region="channels"] a[data-item="${name}"]`).click();
const menu = (page, item) => page.getByRole('menuitem', { name: item, exact: true }).click();

export default {
  '29 a community, its categories and their order, by mouse and by keys': async (windows) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const page = await windows.as(ada);
    await page.getByRole('button', { name: 'Create or join a community' }).click();
    await axe(page, 'dialog');
    await page.getByRole('button', { name: /^Create a community/ }).click();
    await page.getByLabel('Name').fill('Harbour');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const link = page.getByLabel('Invite link');
    await link.waitFor();
    await axe(page, 'dialog');
    const code = (await link.inputValue()).split('/').at(-1);
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/channels\/\d+\/\d+$/);
    const [, , guild] = new URL(page.url()).pathname.split('/');

    await page.getByRole('button', { name: /^Harbour, menu/ }).click();
    await menu(page, 'Create a category…');
    await page.getByLabel('Name').fill('Boats');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'Boats, category' }).waitFor();
    for (const name of ['sails', 'ropes']) {
      await page.getByRole('button', { name: 'Create a channel in Boats' }).click();
      await axe(page, 'dialog');
      await page.getByLabel('Name').fill(name);
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.waitForFunction((word) => document.querySelector('h1')?.textContent === word, name);
    }
    await ben.join(code);
    const other = await windows.as(ben, { path: `/channels/${guild}` });
    const before = ['Text Channels', 'general', 'Voice Channels', 'General', 'Boats', 'sails', 'ropes'];
    await orderIs(page, before, 'as created');
    await orderIs(other, before, 'as created, on the second client');

    // By mouse: into another category, and a category before another.
    const row = (name) => page.locator(`nav[data-region="channels"] [data-item="${name}"]`);
    await row('ropes').dragTo(row('general'), { targetPosition: { x: 40, y: 4 } });
    const byMouse = ['Text Channels', 'ropes', 'general', 'Voice Channels', 'General', 'Boats', 'sails'];
    await orderIs(page, byMouse, 'dragged');
    await orderIs(other, byMouse, 'dragged, on the second client');

    // By keys: down within the category, then the whole category up.
    await row('ropes').focus();
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await orderIs(other, ['Text Channels', 'general', 'ropes', ...byMouse.slice(3)], 'moved by keys');
    await row('Boats').focus();
    await page.keyboard.press('Alt+Shift+ArrowUp');
    const last = ['Text Channels', 'general', 'ropes', 'Boats', 'sails', 'Voice Channels', 'General'];
    await orderIs(page, last, 'a category moved by keys');
    await orderIs(other, last, 'a category moved by keys, on the second client');
    await axe(page);
  },

  '30 a channel that is hidden while it is open, and comes back': async (windows) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const guild = await ada.guild('Quay');
    const { code } = await ada.invite(guild.general.id);
    await ben.join(code);
    const page = await windows.as(ben, { path: `/channels/${guild.id}/${guild.general.id}` });
    await page.getByRole('heading', { name: 'general', level: 1 }).waitFor();
    const rule = `/channels/${guild.general.id}/permissions/${guild.id}`;
    await ada.put(rule, { type: 0, allow: '0', deny: '1024' });
    await page.getByText(/cannot see this channel|Nothing here/).waitFor();
    await ada.delete(rule);
    await page.getByRole('heading', { name: 'general', level: 1 }).waitFor();
  },

  'friends: asked by name and number, accepted, written to, blocked': async (windows) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const { username, discriminator } = await ben.get('/users/@me');
    const [page, other] = [await windows.as(ada), await windows.as(ben)];
    await page.getByRole('tab', { name: 'Add friend' }).click();
    await axe(page);
    windows.allow(400);
    await page.getByLabel('Name and number').fill('nobodyatall#0001');
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByText(/Nobody has that name/).waitFor();
    await page.getByLabel('Name and number').fill(`${username}#${discriminator}`);
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByText(/request to .* is sent/).waitFor();

    await other.getByRole('tab', { name: /Pending/ }).click();
    await axe(other);
    await other.getByRole('button', { name: 'Accept Ada' }).click();
    await page.getByRole('tab', { name: 'All', exact: true }).click();
    await page.getByRole('button', { name: 'Message to Ben' }).click();
    await page.getByRole('heading', { name: 'Ben', level: 1 }).waitFor();
    await axe(page);

    await other.getByRole('tab', { name: 'All', exact: true }).click();
    await other.getByRole('button', { name: 'More for Ada' }).click();
    await menu(other, 'Block…');
    await other.getByRole('button', { name: 'Block', exact: true }).click();
    await other.getByRole('tab', { name: 'Blocked' }).click();
    await other.getByRole('button', { name: 'Unblock Ada' }).waitFor();
  },

  'joining with an invite that is pasted; bad ones say why': async (windows) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const guild = await ada.guild(unique('Pier '));
    const { code } = await ada.invite(guild.general.id);
    const page = await windows.as(ben);
    windows.allow(404);
    await page.getByRole('button', { name: 'Create or join a community' }).click();
    await page.getByRole('button', { name: /^Join with an invite/ }).click();
    await page.getByRole('textbox', { name: 'Invite' }).fill('https://elsewhere.example/invite/nope1234');
    await page.getByText(/does not exist, or has run out/).waitFor();
    await page.getByRole('textbox', { name: 'Invite' }).fill(`${new URL(page.url()).origin}/invite/${code}`);
    await page.getByRole('heading', { name: guild.name }).waitFor();
    await axe(page, 'dialog');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.waitForURL(`**/channels/${guild.id}/${guild.general.id}`);
    await page.getByRole('link', { name: guild.name }).waitFor();
  },

  'the panels and dialogs around a channel are accessible, in light and dark': async (windows) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const guild = await ada.guild('Lighthouse');
    const { code } = await ada.invite(guild.general.id);
    await ben.join(code);
    await ada.befriend(ben);
    for (const colorScheme of ['dark', 'light']) {
      const page = await windows.as(ada, { path: `/channels/${guild.id}/${guild.general.id}`, colorScheme });
      await page.getByRole('button', { name: /^Ben, / }).waitFor();
      await axe(page);
      await page.getByRole('button', { name: /^Ben, / }).click();
      await page.getByRole('dialog', { name: 'Profile of Ben' }).waitFor();
      await axe(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Ben, / }).click({ button: 'right' });
      await page.getByRole('menu').first().waitFor();
      await axe(page, '[role="menu"]');
      await menu(page, 'Profile');
      await page.getByRole('dialog', { name: 'Profile of Ben' }).waitFor();
      await axe(page, 'dialog');
      await page.keyboard.press('Escape');
      for (const item of ['Notifications…', 'Privacy…', 'Create a channel…']) {
        await page.getByRole('button', { name: /^Lighthouse, menu/ }).click();
        await menu(page, item);
        await page.getByRole('dialog').waitFor();
        await axe(page, 'dialog');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.keyboard.press('Control+/');
      await page.getByRole('heading', { name: 'Keys' }).waitFor();
      await axe(page, 'dialog');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Where to?' }).fill('ben');
      await axe(page);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Ben', level: 1 }).waitFor();
      await page.goto('/discover');
      await page.getByRole('heading', { name: 'Find a community' }).waitFor();
      await axe(page);
    }
  },

  'keys: channels up and down, communities, the switcher; focus returns where it was': async (windows) => {
    const ada = await person('Ada');
    const guild = await ada.guild('Mole');
    const make = (name) => ada.post(`/guilds/${guild.id}/channels`, { type: 0, name });
    const [one] = [await make('one'), await make('two')];
    const page = await windows.as(ada, { path: `/channels/${guild.id}/${one.id}` });
    const at = (name) => page.getByRole('heading', { name, level: 1 }).waitFor();
    await at('one');
    await page.keyboard.press('Alt+ArrowDown');
    await at('two');
    await page.keyboard.press('Alt+ArrowUp');
    await at('one');
    await page.keyboard.press('Control+Alt+ArrowUp');
    await at('Friends');
    await page.keyboard.press('Control+Alt+ArrowDown');
    await at('one');
    const gear = page.getByRole('button', { name: 'Settings', exact: true });
    await gear.focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Where to?' }).fill('#tw');
    await page.keyboard.press('Escape');
    ok(await gear.evaluate((element) => element === document.activeElement), 'focus is back on the button');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Where to?' }).fill('#tw');
    await page.keyboard.press('Enter');
    await at('two');
    // One tab stop in the list of channels: arrows move in it.
    await openChannel(page, 'one');
    await page.locator('nav[data-region="channels"] a[data-item="one"]').focus();
    await page.keyboard.press('ArrowDown');
    equal(
      await page.evaluate(() => document.activeElement?.getAttribute('data-item')),
      'two',
      'the next row',
    );
    equal(
      await page.locator('nav[data-region="channels"] [data-item][tabindex="0"]').count(),
      1,
      'tab stops of the list',
    );
  },

  '43 on a phone the panes come one after the other, and back leads through them': async (windows) => {
    const ada = await person('Ada');
    const guild = await ada.guild('Jetty');
    const page = await windows.as(ada, { width: 390, height: 844, hasTouch: true, path: '/channels/@me' });
    await page.getByRole('heading', { name: 'Messages', exact: true }).waitFor();
    await axe(page);
    await page.getByRole('link', { name: 'Jetty' }).click();
    await page.locator('nav[data-region="channels"] a[data-item="general"]').click();
    await page.getByRole('heading', { name: 'general', level: 1 }).waitFor();
    await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'hidden' });
    await axe(page);
    await page.goBack();
    await page.locator('nav[data-region="channels"] a[data-item="general"]').waitFor();
    equal(new URL(page.url()).pathname, `/channels/${guild.id}`, 'the list of the community');
    await page.goBack();
    await page.getByRole('heading', { name: 'Messages', exact: true }).waitFor();
    await page.getByRole('link', { name: 'You' }).click();
    await page.getByRole('heading', { name: 'You', level: 1 }).waitFor();
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    ok(!wide, 'nothing sticks out sideways');
  },
};
