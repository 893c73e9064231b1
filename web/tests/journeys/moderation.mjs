// What moderators do to people, by the dialogs: timeout, kick, ban, report; and what the other sees of it.
import { axe } from '../lib/browser.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually } from '../lib/wait.mjs';

const composer = (page) => page.locator('form[data-region="composer"] textarea');

async function place(windows) {
  const [ada, ben] = [await person('Ada'), await person('Ben')];
  const guild = await ada.guild('Pier');
  await ben.join((await ada.invite(guild.general.id)).code);
  const message = await ben.say(guild.general.id, 'buy my watches');
  const path = `/channels/${guild.id}/${guild.general.id}`;
  const page = await windows.as(ada, { path });
  await page.getByRole('article').filter({ hasText: 'buy my watches' }).waitFor();
  return { ada, ben, guild, message, path, page };
}

/** The dialog that an entry of Ben's menu opens, from the member list. */
async function choose(page, entry) {
  await page
    .getByRole('complementary')
    .getByRole('button', { name: /^Ben\b/ })
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: entry }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}
const press = (dialog, name) => dialog.getByRole('button', { name, exact: true }).click();

export default {
  '32 a timeout closes the composer with its end, and is taken back': async (windows) => {
    const { ada, ben, guild, path, page } = await place(windows);
    const other = await windows.as(ben, { path });
    await composer(other).waitFor();
    const dialog = await choose(page, 'Timeout…');
    await dialog.getByLabel('How long').selectOption({ label: '5 minutes' });
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('a moment of quiet');
    await press(dialog, 'Timeout');
    await page.getByText('Ben is in timeout.').waitFor();
    await eventually('the other may not write', async () => (await composer(other).count()) === 0);
    await other
      .getByText(/You are in a time-out/)
      .first()
      .waitFor();
    await axe(other);
    const member = await ada.get(`/guilds/${guild.id}/members/${ben.id}`);
    equal(Date.parse(member.communication_disabled_until) > Date.now(), true, 'it has an end');
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /^Ben\b/ })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'End timeout' }).click();
    await composer(other).waitFor();
  },

  '32 kicked: gone from the list, and the community from the other’s rail': async (windows) => {
    const { ada, ben, guild, path, page } = await place(windows);
    const other = await windows.as(ben, { path });
    await other.getByRole('link', { name: /Pier/ }).waitFor();
    const dialog = await choose(page, 'Kick…');
    await press(dialog, 'Kick');
    await page.getByText('Ben was kicked.').waitFor();
    await eventually(
      'gone from the rail',
      async () => (await other.getByRole('link', { name: /Pier/ }).count()) === 0,
    );
    await other.locator('h1').first().waitFor();
    await eventually(
      'gone from the list',
      async () =>
        (await page
          .getByRole('complementary')
          .getByRole('button', { name: /^Ben\b/ })
          .count()) === 0,
    );
    equal((await ada.get(`/guilds/${guild.id}/bans`)).length, 0, 'bans');
  },

  '32 banned for a day with a reason, messages deleted': async (windows) => {
    const { ada, ben, guild, path, page } = await place(windows);
    const other = await windows.as(ben, { path });
    await other.getByRole('link', { name: /Pier/ }).waitFor();
    const dialog = await choose(page, 'Ban…');
    await dialog.getByLabel('How long').selectOption({ label: '1 day' });
    await dialog.getByLabel('Their messages').selectOption({ label: 'Delete those of the last day' });
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('watches');
    await press(dialog, 'Ban');
    await page.getByText('Ben is banned.').waitFor();
    await eventually(
      'gone from the rail',
      async () => (await other.getByRole('link', { name: /Pier/ }).count()) === 0,
    );
    await eventually(
      'the message is gone',
      async () => (await page.getByRole('article').filter({ hasText: 'buy my watches' }).count()) === 0,
    );
    const [ban] = await ada.get(`/guilds/${guild.id}/bans`);
    equal([ban.user.id, ban.reason], [ben.id, 'watches']);
    const left = Date.parse(ban.expires_at) - Date.now();
    equal(left > 23 * 3600e3 && left <= 24 * 3600e3, true, 'ends in a day');
  },

  'a message is reported: without a reason it asks for one, then it is sent': async (windows) => {
    const { message, page } = await place(windows);
    const sent = [];
    page.on('request', (request) => {
      if (request.url().includes('/reports/')) sent.push(request.postDataJSON());
    });
    await page.getByRole('article').filter({ hasText: 'buy my watches' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Report' }).click();
    const dialog = page.getByRole('dialog');
    await press(dialog, 'Report');
    await dialog.getByText('Choose what it is about.').waitFor();
    await dialog.getByRole('radio', { name: 'Spam' }).check();
    await dialog.getByRole('textbox').fill('Every hour, to everybody.');
    await press(dialog, 'Report');
    await page.getByText(/Thank you\. The people who run this server/).waitFor();
    await eventually('the dialog is gone', async () => (await page.getByRole('dialog').count()) === 0);
    const body = sent.at(-1);
    if (body) equal([body.category, body.message_id], ['spam', message.id], 'what was sent');
  },
};
