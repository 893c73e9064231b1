// Ways in from outside and ways of fingers: themes that are shared, links of the system, swipes, formatted pastes.
import { axe } from '../lib/browser.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const writing = (page) => page.getByRole('textbox', { name: /^Message / });
const row = (page, text) => page.getByRole('article').filter({ hasText: text });
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

async function place() {
  const ada = await person('Ada');
  const bob = await person('Bob');
  const guild = await ada.guild('Circle');
  const { code } = await ada.invite(guild.general.id);
  await bob.join(code);
  return { ada, bob, guild, channel: guild.general.id, path: `/channels/${guild.id}/${guild.general.id}` };
}

export default {
  'a theme is shared by link, seen first, and used': async (windows) => {
    const { ada, bob } = await place();
    const page = await windows.as(ada, { path: '/settings/appearance' });
    await page.getByRole('textbox', { name: 'CSS' }).fill(':root { --surface-chat: rgb(250, 251, 252); }');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const link = page.getByRole('textbox', { name: 'Link to this theme' });
    await link.waitFor();
    const { pathname } = new URL(await link.inputValue());
    const other = await windows.as(bob, { path: pathname });
    await other.getByRole('img', { name: 'Preview of the theme' }).waitFor();
    await axe(other);
    const colour = () =>
      other.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--surface-chat').trim(),
      );
    ok((await colour()) !== 'rgb(250, 251, 252)', 'only the preview wears it');
    await other.getByRole('button', { name: 'Use this theme' }).click();
    await eventually('it is worn', async () => (await colour()) === 'rgb(250, 251, 252)');
    windows.allow(404);
    await other.goto('/theme/0123456789abcdef');
    await other.getByRole('heading', { name: 'This theme is not here' }).waitFor();
  },

  'shared by the system: a text goes into a draft, a link to its place': async (windows) => {
    const { ada, guild, path } = await place();
    const page = await windows.as(ada, {
      path: '/share?share_title=Look&share_url=https%3A%2F%2Fa.example%2Fx',
    });
    const dialog = page.getByRole('dialog', { name: 'Share with' });
    await dialog.getByRole('button', { name: /#general/ }).waitFor();
    await axe(page, 'dialog');
    await dialog.getByRole('button', { name: /#general/ }).click();
    await page.waitForURL((url) => url.pathname === path);
    await eventually(
      'the draft',
      async () => (await writing(page).inputValue()) === 'Look\nhttps://a.example/x',
    );
    await page.goto(
      `/share?link=${encodeURIComponent(`web+fluxer://channels/${guild.id}/${guild.general.id}`)}`,
    );
    await page.waitForURL((url) => url.pathname === path);
    await page.goto('/connection-callback?status=connected');
    await page.getByRole('heading', { name: 'Connected' }).waitFor();
    await axe(page);
  },

  'on a phone a swipe replies': async (windows) => {
    const { ada, bob, channel, path } = await place();
    await bob.say(channel, 'swipe me');
    const page = await windows.as(ada, { path, width: 390, height: 844, hasTouch: true, isMobile: true });
    const message = row(page, 'swipe me');
    await message.waitFor();
    await writing(page).waitFor();
    const session = await page.context().newCDPSession(page);
    // Fingers are listened to once that part of the code is there: the row follows one.
    let y = 0;
    const touch = (type, x) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: x === null ? [] : [{ x, y }] });
    await eventually('the row follows the finger', async () => {
      const box = await message.boundingBox();
      y = box.y + box.height - 8;
      await touch('touchStart', 300);
      for (let x = 290; x >= 200; x -= 10) await touch('touchMove', x);
      if (await message.evaluate((one) => one.style.transform !== '')) return true;
      await touch('touchCancel', null);
      return false;
    });
    await touch('touchEnd', null);
    await page
      .getByText(/Replying to/)
      .first()
      .waitFor();
    await writing(page).fill('swiped');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await eventually('the answer', async () => {
      const [last] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return last.content === 'swiped' && last.referenced_message?.content === 'swipe me';
    });
  },

  'files shared by the system go into a draft with their words': async (windows) => {
    const { ada, channel, path } = await place();
    const page = await windows.as(ada, { path });
    await writing(page).waitFor();
    await page.waitForFunction(() =>
      navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null),
    );
    // What the system sends: a form, to the address of the manifest.
    const manifest = await (await page.request.get('/manifest.webmanifest')).json();
    await page.evaluate(({ action, enctype, params }) => {
      const form = Object.assign(document.createElement('form'), { method: 'POST', action, enctype });
      const add = (fields) => form.append(Object.assign(document.createElement('input'), fields));
      add({ name: params.text, value: 'from the camera' });
      const data = new DataTransfer();
      for (const name of ['one.txt', 'zwei & drei.txt'])
        data.items.add(new File([`this is ${name}`], name, { type: 'text/plain' }));
      add({ type: 'file', multiple: true, name: params.files[0].name, files: data.files });
      document.body.append(form);
      setTimeout(() => form.submit());
    }, manifest.share_target);
    const dialog = page.getByRole('dialog', { name: 'Share with' });
    await dialog.getByRole('button', { name: /#general/ }).click();
    await page.waitForURL((url) => url.pathname === path);
    const tray = page.getByRole('list', { name: 'Files of this message' });
    await tray.getByText('zwei & drei.txt').waitFor();
    await writing(page).press('Enter');
    await eventually('all of it is sent', async () => {
      const [last] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return last?.content === 'from the camera' && last.attachments.length === 2;
    });
    await eventually('the tray is empty', async () => (await tray.count()) === 0);
    // Taken once: coming back with the same address finds nothing more.
    await page.goto('/share?share_files=2');
    await page.waitForURL((url) => url.pathname === path);
    await row(page, 'from the camera').waitFor();
    equal(await dialog.count(), 0, 'asked again');
  },

  'links to a theme and an invite are cards in the conversation': async (windows) => {
    const { ada, bob, channel, path } = await place();
    const other = await bob.guild('Elsewhere');
    const { code } = await bob.invite(other.general.id);
    const { id } = await bob.post('/users/@me/themes', {
      css: ':root { --surface-chat: rgb(250, 240, 230); }',
    });
    const page = await windows.as(ada, { path });
    const { origin } = new URL(page.url());
    await bob.say(channel, `look: ${origin}/theme/${id}`);
    await bob.say(channel, `come: ${origin}/invite/${code}`);
    await bob.say(channel, `not this: <${origin}/theme/${id}>`);
    const themed = row(page, 'look:').first();
    await themed.getByRole('img', { name: 'Preview of the theme' }).waitFor();
    await row(page, 'not this:').first().waitFor();
    equal(await page.getByRole('img', { name: 'Preview of the theme' }).count(), 1, 'cards of the theme');
    await axe(page, 'main');
    const card = page.locator('article[data-row]').filter({ hasText: 'come:' });
    await card.getByText('Elsewhere').waitFor();
    await card.getByRole('button', { name: 'Join', exact: true }).click();
    await page.waitForURL(`**/channels/${other.id}/${other.general.id}`);
    await page.goBack();
    await card.getByRole('button', { name: 'Open', exact: true }).waitFor();
    await themed.getByRole('link', { name: 'Look at it' }).click();
    await page.getByRole('heading', { name: 'A theme for you' }).waitFor();
  },

  'in a group people have names of the group': async (windows) => {
    const [ada, bob, eve] = [await person('Ada'), await person('Bob'), await person('Eve')];
    for (const one of [bob, eve]) await ada.befriend(one);
    const group = await ada.post('/users/@me/channels', { recipients: [bob.id, eve.id] });
    await bob.say(group.id, 'who cooks?');
    const path = `/channels/@me/${group.id}`;
    const [page, other] = [await windows.as(ada, { path }), await windows.as(eve, { path })];
    for (const one of [page, other]) await row(one, 'who cooks?').first().waitFor();
    const member = (one, name) =>
      one.getByRole('complementary').getByRole('button', { name: new RegExp(`^${name}\\b`) });
    await member(page, 'Bob').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Nickname in this group…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Nickname for Bob' });
    await axe(page, 'dialog');
    await dialog.getByLabel('Nickname').fill('Chef');
    await dialog.getByRole('button', { name: 'Save' }).click();
    for (const one of [page, other]) {
      await row(one, 'who cooks?').first().getByRole('button', { name: 'Chef' }).first().waitFor();
      await member(one, 'Chef').waitFor();
    }
    // Others name only themselves.
    await member(other, 'Chef').click({ button: 'right' });
    await other.getByRole('menuitem', { name: 'Profile' }).waitFor();
    equal(
      await other.getByRole('menuitem', { name: 'Nickname in this group…' }).count(),
      0,
      'not for others',
    );
  },

  'formatted text is pasted as Markdown': async (windows) => {
    const { ada, path } = await place();
    const page = await windows.as(ada, { path });
    await writing(page).waitFor();
    await writing(page).fill('> ');
    await writing(page).evaluate((field) => {
      const data = new DataTransfer();
      data.setData('text/plain', 'a bold link');
      data.setData(
        'text/html',
        '<p>a <b>bold</b> <a href="https://a.example/">link</a><img src=x onerror=alert(1)></p>',
      );
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await eventually(
      'the marks',
      async () => (await writing(page).inputValue()) === '> a **bold** [link](https://a.example/)',
    );
  },

  'a picture is saved to the collection and sent from the picker': async (windows) => {
    const { ada, bob, channel, path } = await place();
    const form = new FormData();
    form.append(
      'payload_json',
      JSON.stringify({
        content: 'look',
        attachments: [{ id: 0, filename: 'dot.png', description: 'a red dot' }],
      }),
    );
    form.append('files[0]', new Blob([DOT], { type: 'image/png' }), 'dot.png');
    await bob.post(`/channels/${channel}/messages`, form);
    const page = await windows.as(ada, { path });
    await row(page, 'look').waitFor();
    await row(page, 'look').click({ button: 'right', position: { x: 300, y: 10 } });
    await page.getByRole('menuitem', { name: 'Save media' }).click();
    await eventually('it is in the collection', async () => (await ada.get('/users/@me/memes')).length === 1);
    await page.getByRole('button', { name: 'Emoji', exact: true }).click();
    await page.getByRole('tab', { name: 'Saved' }).click();
    equal(
      await page.getByRole('tab', { name: 'GIFs' }).count(),
      1,
      'the service of the instance has its tab',
    );
    const saved = page.getByRole('button', { name: 'a red dot', exact: true });
    await saved.waitFor();
    await axe(page, '[aria-label="Picker"]');
    await saved.click();
    await eventually('it is sent', async () => {
      const [last] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return last.author.id === ada.id && last.attachments.length === 1;
    });
    await page.getByRole('button', { name: 'Emoji', exact: true }).click();
    await page.getByRole('tab', { name: 'Saved' }).click();
    await saved.hover();
    await page.getByRole('button', { name: /^Remove / }).click();
    await page.getByText('Nothing saved yet').waitFor();
    equal((await ada.get('/users/@me/memes')).length, 0, 'left');
  },
};
