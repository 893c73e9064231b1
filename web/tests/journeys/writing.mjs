// Writing: without a server, unfinished, slowed down, by commands, suggested, later, chosen and deleted.
import { axe } from '../lib/browser.mjs';
import { choose, composer, gone, newest, row, settled, texts, two, write } from '../lib/chat.mjs';
import { anybody, letter, person, unique } from '../lib/people.mjs';
import { dataUrl, disc } from '../lib/picture.mjs';
import { ownServer } from '../lib/server.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const OFFLINE =
  /WebSocket|ERR_CONNECTION|error occurred when fetching the script|Failed to load resource|ERR_EMPTY_RESPONSE/;

export default {
  '10 without the server three are written and one is changed: all come, in order': async (windows) => {
    const server = await ownServer();
    try {
      windows.allow(OFFLINE);
      const { ada, channel, open } = await two(windows, { api: server.api });
      const page = await open(ada, { origin: server.origin });
      // What comes later is there without the server, too.
      await page.waitForFunction(() =>
        navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null),
      );
      await write(page, 'line 1');
      await eventually('it is sent', async () => (await texts(ada, channel)).length === 1);
      await settled(page);
      await server.stop();
      for (const text of ['line 2', 'line 3', 'line 4']) {
        await write(page, text);
        await row(page, text).waitFor();
      }
      // The first is being tried; the last still waits.
      await composer(page).press('ArrowUp');
      const box = page.locator('article textarea');
      await eventually('the last is changed', async () => (await box.inputValue()) === 'line 4');
      await box.fill('line 4, changed');
      await box.press('Enter');
      await row(page, 'line 4, changed').waitFor();
      await row(page, 'line 3').getByRole('button', { name: 'Edit' }).click();
      await box.waitFor();
      await box.press('Escape');
      await gone(box, 'nothing is changed any more');
      await server.start();
      const expected = ['line 1', 'line 2', 'line 3', 'line 4, changed'];
      await eventually('all of it is there', async () => (await texts(ada, channel)).length === 4, 120_000);
      equal(await texts(ada, channel), expected, 'the server');
      await settled(page);
      const shown = (await page.locator('article[data-row]').allTextContents()).flatMap(
        (text) => text.match(/line \d(, changed)?/) ?? [],
      );
      equal(
        shown.filter((text) => text?.startsWith('line')),
        expected,
        'the page',
      );
    } finally {
      await server.end();
    }
  },

  '7 an account that is not finished writes, is finished, and the same text is sent': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    windows.allow(400);
    const page = await open(ben);
    await anybody().post(`/test/users/${ben.id}/unclaim`);
    await write(page, 'my first words');
    await row(page, 'my first words').getByRole('button', { name: 'Finish your account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Finish your account' });
    await axe(page, 'dialog');
    const email = `${unique('ben')}@example.com`;
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByLabel('Password', { exact: true }).fill('a long enough password');
    await dialog.getByRole('button', { name: 'Send me a code' }).click();
    const { code } = await letter(email, 'email_change_new');
    await dialog.getByLabel('Code from the mail').fill(code);
    await dialog.getByRole('button', { name: 'Finish', exact: true }).click();
    await gone(dialog, 'the dialog is gone');
    await eventually('it is sent', async () => (await texts(ada, channel)).includes('my first words'));
    equal(await texts(ada, channel), ['my first words']);
    await settled(page);
    equal(await row(page, 'my first words').count(), 1, 'rows');
  },

  '32 slow mode: the button counts down, the draft stays, then it is sent': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    await ada.patch(`/channels/${channel}`, { rate_limit_per_user: 10 });
    const page = await open(ben);
    await write(page, 'once');
    await eventually('it is sent', async () => (await texts(ada, channel)).length === 1);
    const clock = page.getByRole('status', { name: /^Slow mode/ });
    await clock.waitFor();
    await write(page, 'twice');
    equal(await composer(page).inputValue(), 'twice', 'the draft stays');
    await axe(page, 'form[data-region="composer"]');
    const left = async () => Number(/(\d+) seconds/.exec(await clock.getAttribute('aria-label'))?.[1]);
    const first = await left();
    await eventually('it counts down', async () => (await left()) < first);
    await gone(clock, 'the wait is over');
    equal(await texts(ada, channel), ['once'], 'sent meanwhile');
    await composer(page).press('Enter');
    await eventually('the second is sent', async () => (await texts(ada, channel)).length === 2);
    // Whom it does not bind has no clock: the owner sends two at once.
    const owner = await open(ada);
    await write(owner, 'at once');
    await write(owner, 'and again');
    await eventually('both are sent', async () => (await texts(ada, channel)).length === 4);
  },

  'typed commands: faces, doing, hiding, a name, a private message, a dialog; other text is text': async (
    windows,
  ) => {
    const { ada, ben, guild, channel, open } = await two(windows);
    const page = await open(ada);
    const sends = async (typed, expected) => {
      await write(page, typed);
      await eventually(
        `${typed} is sent as ${expected}`,
        async () => (await newest(ada, channel))?.content === expected,
      );
    };
    await sends('/shrug well', 'well ¯\\_(ツ)_/¯');
    await sends('/me waves', '_waves_');
    await sends('/spoiler he did it', '||he did it||');
    await sends('/etc/passwd is a file', '/etc/passwd is a file');
    const aloud = page.context().waitForEvent('request', {
      predicate: (request) => request.method() === 'POST' && request.postDataJSON()?.tts === true,
    });
    await sends('/tts hear me', 'hear me');
    await aloud;
    await write(page, '/nick Countess');
    await eventually(
      'the name',
      async () => (await ada.get(`/guilds/${guild.id}/members/@me`)).nick === 'Countess',
    );
    const before = await texts(ada, channel);
    // By keys: the list of commands, then the person.
    await composer(page).fill('');
    await composer(page).focus();
    await page.keyboard.type('/ba');
    await page.getByRole('option', { name: /\/ban/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('@Be');
    await page.getByRole('option', { name: /Ben/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /Ban Ben/ });
    await dialog.waitFor();
    await axe(page, 'dialog');
    await page.keyboard.press('Escape');
    await gone(dialog, 'nothing is done at once');
    equal((await ada.get(`/guilds/${guild.id}/bans`)).length, 0, 'bans');
    await ada.befriend(ben);
    await composer(page).fill(`/msg <@${ben.id}> between us`);
    await composer(page).press('Enter');
    await page.getByRole('heading', { name: 'Ben', level: 1 }).waitFor();
    await row(page, 'between us').waitFor();
    const dm = await ada.dm(ben);
    await eventually('in private', async () => (await newest(ben, dm.id))?.content === 'between us');
    equal(await texts(ada, channel), before, 'nothing of it in the channel');
  },

  '23 suggestions by keyboard only: the best first, names shown, tokens sent': async (windows) => {
    const { ada, guild, channel, open, another } = await two(windows);
    const { code } = await ada.invite(channel);
    const people = {};
    for (const name of ['Sally', 'Alan', 'Rosalind']) {
      people[name] = await person(name);
      await people[name].join(code);
    }
    const garden = await another('garden');
    await another('secret-garden');
    const emoji = await ada.post(`/guilds/${guild.id}/emojis`, {
      name: 'gardener',
      image: dataUrl(disc(0x5b8c5a, 0xf2e8cf)),
    });
    const page = await open(ada);
    await composer(page).focus();
    const option = (at) => page.getByRole('option').nth(at);
    const first = (name) =>
      eventually(`${name} comes first`, async () => (await option(0).textContent()).includes(name));
    await page.keyboard.type('see @al');
    await page.getByRole('option', { name: 'Sally' }).waitFor();
    await first('Alan');
    equal(await option(0).getAttribute('aria-selected'), 'true', 'the first is chosen');
    equal(
      await composer(page).getAttribute('aria-activedescendant'),
      await option(0).getAttribute('id'),
      'the field tells of it',
    );
    await axe(page, 'form[data-region="composer"]');
    await page.keyboard.press('ArrowDown');
    equal(await option(1).getAttribute('aria-selected'), 'true', 'the next by the arrow');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await eventually('the name', async () => (await composer(page).inputValue()) === 'see @Alan ');
    await page.keyboard.type('in #gar');
    await page.getByRole('option', { name: /secret-garden/ }).waitFor();
    await first('garden');
    ok(!(await option(0).textContent()).includes('secret'), 'the whole word before a part of it');
    await page.keyboard.press('Tab');
    await page.keyboard.type(':gardene');
    await first('gardener');
    await page.keyboard.press('Tab');
    await page.keyboard.type(':tada');
    await first('tada');
    await page.keyboard.press('Tab');
    // Esc closes the list of this word only; the words stay.
    await page.keyboard.type('@sal');
    await page.getByRole('option', { name: 'Sally' }).waitFor();
    await page.keyboard.press('Escape');
    await gone(page.getByRole('listbox', { name: 'Suggestions' }), 'the list is closed');
    await page.keyboard.press('Enter');
    const sent = `see <@${people.Alan.id}> in <#${garden.id}> <:gardener:${emoji.id}> 🎉 @sal`;
    await eventually('it is sent', async () => (await newest(ada, channel))?.content === sent);
    await row(page, 'see @Alan in garden').waitFor();
  },

  'written now, sent later: scheduled, listed, cancelled, and sent at its time': async (windows) => {
    const { ada, ben, guild, channel, open } = await two(windows);
    await anybody().post(`/test/guilds/${guild.id}/features`, { add_features: ['MT_MESSAGE_SCHEDULING'] });
    const page = await open(ben);
    const later = async (text) => {
      await composer(page).fill(text);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Send later' }).click();
      const dialog = page.getByRole('dialog', { name: 'Send later' });
      await axe(page, 'dialog');
      await dialog.getByRole('button', { name: 'Schedule' }).click();
      await gone(dialog, 'the dialog is gone');
      equal(await composer(page).inputValue(), '', 'the field is empty');
    };
    const waiting = () => ben.get('/users/@me/scheduled-messages');
    await later('good morning');
    await later('good night');
    equal((await waiting()).length, 2, 'scheduled');
    ok(
      (await waiting()).every((one) => Date.parse(one.scheduled_at) - Date.now() > 50 * 60_000),
      'in an hour, as the dialog proposes',
    );
    await page
      .getByRole('button', { name: /^Inbox/ })
      .first()
      .click();
    const side = page.getByRole('complementary', { name: 'Inbox' });
    await side.getByRole('tab', { name: 'Scheduled' }).click();
    const card = (text) => side.getByRole('article').filter({ hasText: text });
    await card('good morning').waitFor();
    await axe(page, 'aside');
    await card('good night').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Do not send' }).click();
    await gone(card('good night'), 'the one is cancelled');
    const [one, ...more] = await waiting();
    equal(more.length, 0, 'left');
    await anybody().post(`/test/worker/send-scheduled-message/${ben.id}/${one.id}`);
    await row(page, 'good morning').waitFor();
    equal(await texts(ada, channel), ['good morning']);
  },

  'stickers: chosen in the picker, seen by the other': async (windows) => {
    const { ada, ben, guild, channel, open } = await two(windows);
    await ada.post(`/guilds/${guild.id}/stickers`, {
      name: 'good_evening',
      description: 'A good evening',
      tags: ['evening', 'sunset'],
      image: dataUrl(disc(0xe98a6d, 0x3b3561)),
    });
    const [page, other] = [await open(ada), await open(ben)];
    await page.getByRole('button', { name: 'Stickers', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search stickers' }).fill('sunset');
    const sticker = page.getByRole('button', { name: 'good_evening', exact: true });
    await sticker.waitFor();
    await axe(page, '[aria-label="Picker"]');
    await sticker.click();
    await eventually(
      'it is sent',
      async () => (await newest(ada, channel))?.stickers?.[0]?.name === 'good_evening',
    );
    const seen = other.getByRole('img', { name: 'good_evening' });
    await seen.waitFor();
    await eventually('the picture is there', () =>
      seen.evaluate((one) => one.complete && one.naturalWidth > 0),
    );
  },

  '20 thirty kinds of reactions, and no more': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    const { id } = await ben.say(channel, 'so many feelings');
    const kinds = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔😕😖😗😘😙😚😛😜😝'];
    for (const kind of kinds)
      await eventually(`${kind} is taken`, async () => {
        await ben.put(`/channels/${channel}/messages/${id}/reactions/${encodeURIComponent(kind)}/@me`);
        return true;
      });
    windows.allow(400);
    const page = await open(ada);
    await eventually(
      'all are shown',
      async () => (await row(page, 'so many').locator('button[aria-pressed]').count()) === 30,
    );
    await row(page, 'so many').hover();
    await row(page, 'so many')
      .getByRole('button', { name: /^React with/ })
      .first()
      .click();
    await page.getByText('A message takes at most 30 different reactions.').waitFor();
    equal(await row(page, 'so many').locator('button[aria-pressed]').count(), 30, 'kinds');
  },

  'many messages chosen by clicks and by keys, and deleted at once': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    for (let n = 1; n <= 7; n += 1) await ben.say(channel, `spam ${n}.`);
    const [page, other] = [await open(ada), await open(ben)];
    await row(page, 'spam 7.').waitFor();
    await row(other, 'spam 7.').click({ button: 'right', position: { x: 200, y: 10 } });
    await other.getByRole('menuitem', { name: 'Copy text' }).waitFor();
    equal(await other.getByRole('menuitem', { name: 'Select messages' }).count(), 0, 'not for everybody');
    await other.keyboard.press('Escape');

    await choose(page, 'spam 2.', 'Select messages');
    const chosen = (count) =>
      page.getByText(`${count} message${count === 1 ? '' : 's'} selected`, { exact: true }).waitFor();
    await chosen(1);
    await row(page, 'spam 4.').click({ modifiers: ['Shift'], position: { x: 200, y: 10 } });
    await chosen(3);
    await row(page, 'spam 3.').click({ position: { x: 200, y: 10 } });
    await chosen(2);
    await axe(page, 'main');
    await row(page, 'spam 5.').focus();
    await page.keyboard.press('Space');
    await chosen(3);
    await page.keyboard.press('Shift+ArrowDown');
    await chosen(4);
    ok(
      (await row(page, 'spam 6.').getAttribute('aria-label')).startsWith('Selected'),
      'a listener is told which are chosen',
    );
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const sure = page.getByRole('alertdialog', { name: 'Delete 4 messages?' });
    await axe(page, 'dialog');
    await sure.getByRole('button', { name: 'Delete', exact: true }).click();
    for (const n of [2, 4, 5, 6]) await gone(row(other, `spam ${n}.`), `${n} is gone for the other`);
    equal(await texts(ada, channel), ['spam 1.', 'spam 3.', 'spam 7.']);
    await composer(page).waitFor();
  },
};
