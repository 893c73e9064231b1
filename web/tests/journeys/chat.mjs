// Talking: two people, a broken line, a stopped server.
import { axe } from '../lib/browser.mjs';
import { kept } from '../lib/kept.mjs';
import { person } from '../lib/people.mjs';
import { ownServer } from '../lib/server.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const writing = (page) => page.getByRole('textbox', { name: /^Message / });
const row = (page, text) => page.getByRole('article').filter({ hasText: text });

async function write(page, text) {
  await writing(page).fill(text);
  await writing(page).press('Enter');
}

/** The texts of the channel as the server has them, oldest first. */
const texts = async (who, channel) =>
  (await who.get(`/channels/${channel}/messages?limit=100`))
    .filter(({ type }) => type === 0 || type === 19)
    .map(({ content }) => content)
    .reverse();

/** The rows' texts that are of this journey, as the page shows them. */
const shown = (page, mark) =>
  page
    .getByRole('article')
    .allTextContents()
    .then((rows) => rows.flatMap((text) => text.match(new RegExp(`${mark} \\d+`, 'g')) ?? []));

async function place(options = {}) {
  const ada = await person('Ada', options);
  const bob = await person('Bob', options);
  const guild = await ada.guild('Circle');
  const { code } = await ada.invite(guild.general.id);
  await bob.join(code);
  return { ada, bob, guild, channel: guild.general.id, path: `/channels/${guild.id}/${guild.general.id}` };
}

export default {
  '8 two people talk: each message once, in order': async (windows) => {
    const { ada, bob, channel, path } = await place();
    const [left, right] = [await windows.as(ada, { path }), await windows.as(bob, { path })];
    await writing(left).waitFor();
    await writing(right).waitFor();
    const expected = [];
    for (let n = 1; n <= 6; n += 1) {
      await write(n % 2 ? left : right, `line ${n}`);
      expected.push(`line ${n}`);
      for (const page of [left, right]) await row(page, `line ${n}`).waitFor();
    }
    equal(await texts(ada, channel), expected, 'the server');
    for (const page of [left, right]) equal(await shown(page, 'line'), expected, 'the page');
    await axe(left);
  },

  '9 the line breaks before the answer: one message': async (windows) => {
    const { ada, channel, path } = await place();
    windows.allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/);
    const page = await windows.as(ada, { path });
    await writing(page).waitFor();
    let cut = 1;
    await page.context().route('**/messages', async (route) => {
      if (route.request().method() !== 'POST' || cut === 0) return route.continue();
      cut -= 1;
      // The server has it; the answer never comes.
      await route.fetch();
      await route.abort();
    });
    await write(page, 'only once');
    await row(page, 'only once').waitFor();
    await eventually('it is sent', async () => (await texts(ada, channel)).includes('only once'));
    await write(page, 'after it');
    await eventually(
      'the next is sent',
      async () => (await texts(ada, channel)).includes('after it'),
      40_000,
    );
    equal(await texts(ada, channel), ['only once', 'after it']);
    // What was sent again is answered with the first message: then nothing waits any more.
    await eventually('nothing waits', async () => (await page.locator('[data-pending]').count()) === 0);
    equal(await row(page, 'only once').count(), 1, 'rows');
  },

  '11 a draft and a reply are there after a reload': async (windows) => {
    const { ada, bob, channel, path } = await place();
    await bob.say(channel, 'a question');
    const page = await windows.as(ada, { path });
    await row(page, 'a question').hover();
    await page.getByRole('button', { name: 'Reply', exact: true }).first().click();
    await writing(page).fill('half an answ');
    await eventually('the draft is kept', async () => (await kept(page)).includes('half an answ'));
    await page.reload();
    await writing(page).waitFor();
    await eventually('the draft is there', async () => (await writing(page).inputValue()) === 'half an answ');
    await page.getByText(/Replying to/).waitFor();
    await writing(page).fill('half an answer');
    await writing(page).press('Enter');
    await row(page, 'half an answer').waitFor();
    await eventually('it is a reply', async () => {
      const [newest] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return newest.content === 'half an answer' && newest.message_reference;
    });
  },

  '19 an own message is edited by Up and deleted': async (windows) => {
    const { ada, channel, path } = await place();
    const page = await windows.as(ada, { path });
    await writing(page).waitFor();
    await write(page, 'a tpyo');
    await eventually('it is sent', async () => (await texts(ada, channel)).includes('a tpyo'));
    await writing(page).press('ArrowUp');
    const editing = row(page, 'a tpyo')
      .getByRole('textbox')
      .or(page.getByRole('textbox', { name: /Edit/ }))
      .or(page.getByRole('combobox', { name: /Edit/ }));
    await editing.first().fill('a typo');
    await editing.first().press('Enter');
    await eventually('it is changed', async () => (await texts(ada, channel)).includes('a typo'));
    await row(page, 'a typo')
      .getByText(/edited/)
      .waitFor();
    await row(page, 'a typo').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await page
      .getByRole('dialog')
      .or(page.getByRole('alertdialog'))
      .getByRole('button', { name: /^Delete/ })
      .click();
    await eventually('it is gone', async () => (await texts(ada, channel)).length === 0);
    await eventually('its row too', async () => (await row(page, 'a typo').count()) === 0);
  },

  '37 the server stops and starts again: nothing lost, nothing twice, no reload': async (windows) => {
    const server = await ownServer();
    try {
      const { ada, bob, channel, path } = await place({ api: server.api });
      windows.allow(
        /WebSocket|ERR_CONNECTION|error occurred when fetching the script|Failed to load resource|ERR_EMPTY_RESPONSE/,
      );
      const at = { origin: server.origin, path };
      const [left, right] = [await windows.as(ada, at), await windows.as(bob, at)];
      await writing(left).waitFor();
      await writing(right).waitFor();
      for (const page of [left, right])
        await page.evaluate(() => {
          window.notReloaded = true;
        });
      await write(left, 'line 1');
      await row(right, 'line 1').waitFor();

      await server.stop();
      await write(left, 'line 2');
      await write(left, 'line 3');
      await row(left, 'line 3').waitFor();
      await writing(right).fill('still being written');
      await left
        .getByText(/reconnecting|offline|cannot be reached/i)
        .first()
        .waitFor({ timeout: 60_000 });
      await server.start();

      const expected = ['line 1', 'line 2', 'line 3'];
      await eventually('all of it is there', async () => (await texts(ada, channel)).length === 3, 90_000);
      equal(await texts(ada, channel), expected, 'the server');
      await row(right, 'line 3').waitFor({ timeout: 60_000 });
      for (const page of [left, right]) {
        equal(await shown(page, 'line'), expected, 'the page');
        ok(await page.evaluate(() => window.notReloaded === true), 'the page was not loaded anew');
      }
      equal(await writing(right).inputValue(), 'still being written', 'the draft');
      await write(right, 'line 4');
      await row(left, 'line 4').waitFor({ timeout: 60_000 });
    } finally {
      await server.end();
    }
  },

  'what a hostile person writes runs nothing and breaks nothing': async (windows) => {
    const { ada, bob, channel, path } = await place();
    const bombs = [
      '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload="window.hacked=1">',
      '[click me](javascript:window.hacked=1) <javascript:window.hacked=1> [x](data:text/html,<script>window.hacked=1</script>)',
      `a${'\u0301'.repeat(1800)} zalgo`,
      '\u202e txet desrever \u2066 and \u2067 isolates that are never closed',
      '**'.repeat(900),
      `${'> '.repeat(200)}deep`,
      `${'||'.repeat(500)}`,
      'W'.repeat(1900),
      `${'`'.repeat(999)}code`,
      '| a | b |\n| --- | --- |\n'.repeat(60),
    ];
    for (const bomb of bombs) await bob.say(channel, bomb.slice(0, 2000));
    await bob.say(channel, 'the end of it');
    const page = await windows.as(ada, { path, width: 390, height: 844 });
    await row(page, 'the end of it').waitFor();
    await eventually('the rows are drawn', async () => (await page.getByRole('article').count()) > 5);
    ok(!(await page.evaluate(() => 'hacked' in window)), 'nothing runs');
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    equal(wide, 0, 'sideways scroll');
    const rows = await page
      .getByRole('article')
      .evaluateAll(
        (all) => all.map((one) => one.scrollWidth - one.clientWidth).filter((over) => over > 1).length,
      );
    equal(rows, 0, 'rows wider than their place');
    await write(page, 'and it still writes');
    await row(page, 'and it still writes').waitFor();
  },
};
