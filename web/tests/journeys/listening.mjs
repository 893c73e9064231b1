// By ear: what the announcer says, and the conversation in reader mode.
import { axe } from '../lib/browser.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const writing = (page) => page.getByRole('textbox', { name: /^Message / });
const row = (page, text) => page.getByRole('article').filter({ hasText: text });

/** Keeps what is said, in order. */
const listen = (page) =>
  page.evaluate(() => {
    window.said = [];
    for (const region of document.querySelectorAll('.announcer'))
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) window.said.push(node.textContent);
      }).observe(region, { childList: true });
  });
const said = (page) => page.evaluate(() => window.said);
const hears = (page, text) =>
  eventually(`said: ${text}`, async () => (await said(page)).some((line) => line.includes(text)));

async function place() {
  const ada = await person('Ada');
  const bob = await person('Bob');
  const guild = await ada.guild('Circle');
  const { code } = await ada.invite(guild.general.id);
  await bob.join(code);
  return { ada, bob, guild, channel: guild.general.id, path: `/channels/${guild.id}/${guild.general.id}` };
}

const look = (page, patch) =>
  page.evaluate((patch) => {
    const id = localStorage.getItem('account');
    const key = `preferences:${id}`;
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), ...patch }));
  }, patch);

export default {
  'what happens in the open channel is announced': async (windows) => {
    const { ada, bob, channel, path } = await place();
    const page = await windows.as(ada, { path });
    await writing(page).waitFor();
    await row(page, 'Bob joined').waitFor();
    await listen(page);

    const first = await bob.say(channel, 'hello **there** ||the end||');
    await hears(page, 'Bob: hello there spoiler');
    const form = new FormData();
    form.append(
      'payload_json',
      JSON.stringify({
        content: 'look',
        attachments: [{ id: 0, filename: 'dot.png', description: 'a red dot' }],
      }),
    );
    const dot = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
      'base64',
    );
    form.append('files[0]', new Blob([dot], { type: 'image/png' }), 'dot.png');
    await bob.post(`/channels/${channel}/messages`, form);
    await hears(page, 'Bob: look (image: a red dot)');
    await bob.patch(`/channels/${channel}/messages/${first.id}`, { content: 'hello again' });
    await hears(page, 'Bob edited: hello again');

    await writing(page).fill('mine');
    await writing(page).press('Enter');
    await hears(page, 'Sent');
    const mine = await eventually('it is there', async () =>
      (await ada.get(`/channels/${channel}/messages?limit=5`)).find(({ content }) => content === 'mine'),
    );
    await bob.put(`/channels/${channel}/messages/${mine.id}/reactions/${encodeURIComponent('👍')}/@me`);
    await hears(page, 'Bob reacted with');

    // A burst is counted, not read out line by line.
    const before = (await said(page)).length;
    await Promise.all(Array.from({ length: 8 }, (_, n) => bob.say(channel, `burst ${n}`)));
    await hears(page, 'new messages');
    const burst = (await said(page)).slice(before).filter((line) => line.includes('burst'));
    ok(burst.length <= 3, `few of the burst are read out (${burst.length})`);
    ok(!(await said(page)).some((line) => line.includes('Ada: mine')), 'nobody hears their own message');
  },

  'announcements follow the level that is set': async (windows) => {
    const { ada, bob, channel, path } = await place();
    const page = await windows.as(ada, { path });
    await writing(page).waitFor();
    await look(page, { announce: 'mentions' });
    await page.reload();
    await row(page, 'Bob joined').waitFor();
    await listen(page);
    await bob.say(channel, 'not for you');
    await bob.say(channel, `for you <@${ada.id}>`);
    await hears(page, 'Bob: for you @Ada');
    equal(
      (await said(page)).filter((line) => line.includes('not for you')),
      [],
      'said',
    );
  },

  'reader mode: everything is in the page, more comes by buttons': async (windows) => {
    const { ada, bob, channel, path } = await place();
    for (let n = 1; n <= 70; n += 1) await (n % 2 ? ada : bob).say(channel, `line ${n}.`);
    const page = await windows.as(ada, { path });
    await row(page, 'line 70.').waitFor();
    await page.goto('/settings/accessibility');
    await page.getByRole('switch', { name: 'Reader mode' }).click();
    await page.goto(path);
    await row(page, 'line 70.').waitFor();
    const older = page.getByRole('button', { name: 'Load older messages' });
    await older.waitFor();
    equal(await row(page, 'line 60.').count(), 1, 'above the screen, and in the page');
    await axe(page);
    await older.click();
    await row(page, 'line 1.').waitFor();
    equal(await row(page, 'line 70.').count(), 1, 'the newest is still in the page');
    await bob.say(channel, 'and one more');
    await row(page, 'and one more').waitFor();
    await page.getByRole('button', { name: 'Actions for the message of Bob' }).last().click();
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await writing(page).fill('an answer');
    await writing(page).press('Enter');
    await eventually('answered', async () => {
      const [last] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return last.content === 'an answer' && last.referenced_message?.content === 'and one more';
    });
  },
};
