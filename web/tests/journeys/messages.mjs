// Messages between people: writing, answering, changing, files, and what a hostile person writes.
import { axe } from '../lib/browser.mjs';
import { composer, rests, row, scroll, settled, two } from '../lib/chat.mjs';
import { kept } from '../lib/kept.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const say = async (page, text) => {
  await composer(page).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
};

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const hover = async (page, text, name) => {
  await row(page, text).hover();
  await row(page, text).getByRole('button', { name, exact: true }).click();
};

export default {
  '19 an answer, a change by Up, deleting with Shift': async (windows) => {
    const { open, ada, ben, channel } = await two(windows);
    await ben.say(channel, 'what do you think?');
    const [one, other] = [await open(ada), await open(ben)];
    await hover(one, 'what do you think?', 'Reply');
    await one.getByText('Replying to').waitFor();
    await one.getByRole('button', { name: 'Mention on' }).click();
    await say(one, 'I think so');
    await row(other, 'I think so').locator('[data-reply]').waitFor();
    await settled(one);
    const [sent] = await ada.get(`/channels/${channel}/messages?limit=1`);
    equal(sent.type, 19, 'an answer');
    equal(sent.mentions?.length ?? 0, 0, 'nobody told');

    await composer(one).click();
    await one.keyboard.press('ArrowUp');
    const box = one.locator('article textarea');
    await box.waitFor();
    await one.keyboard.type(', really');
    await one.keyboard.press('Enter');
    await row(other, 'I think so, really').getByText('(edited)').waitFor();

    await row(one, 'really').focus();
    await one.keyboard.press('Shift+D');
    await eventually('gone', async () => (await row(other, 'really').count()) === 0);
  },

  '20 twenty fast toggles of a reaction end as the last one meant': async (windows) => {
    const { open, ada, ben, channel } = await two(windows);
    const { id } = await ben.say(channel, 'react to me');
    await ben.put(`/channels/${channel}/messages/${id}/reactions/${encodeURIComponent('🎉')}/@me`);
    const page = await open(ada);
    const button = row(page, 'react to me').locator('button[aria-pressed]').first();
    await button.waitFor();
    for (let i = 0; i < 19; i++) await button.evaluate((element) => element.click());
    await eventually('pressed', async () => (await button.getAttribute('aria-pressed')) === 'true');
    await eventually('the server agrees', async () => {
      const message = await ada.get(`/channels/${channel}/messages/${id}`);
      return message.reactions?.[0]?.count === 2;
    });
  },

  '21 pictures pasted and chosen, described, hidden, sent': async (windows) => {
    const { open, ada, ben, channel } = await two(windows);
    const [one, other] = [await open(ada), await open(ben)];
    const chooser = one.waitForEvent('filechooser');
    await one.getByRole('button', { name: 'Add', exact: true }).click();
    await one.getByRole('menuitem', { name: /Attach files/ }).click();
    const files = ['a.png', 'b.png', 'c.png'].map((name) => ({
      name,
      mimeType: 'image/png',
      buffer: picture,
    }));
    await (await chooser).setFiles(files);
    const tray = one.getByRole('list', { name: 'Files of this message' });
    await eventually('three files', async () => (await tray.getByRole('listitem').count()) === 3);
    await tray.getByRole('button', { name: 'Move c.png forward' }).click();
    await tray.getByRole('listitem').first().getByRole('button', { name: 'Name and description' }).click();
    await one.getByLabel('Description', { exact: true }).fill('a small dot');
    await one.getByRole('button', { name: 'Done' }).click();
    await tray.getByRole('listitem').last().getByRole('button', { name: 'Mark as spoiler' }).click();
    await axe(one, 'main');
    await say(one, 'three pictures');
    const message = await eventually('sent', async () => {
      const [newest] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return newest?.content === 'three pictures' && newest;
    });
    await eventually('the tray is empty', async () => (await tray.count()) === 0);
    equal(
      message.attachments.map((file) => file.filename),
      ['a.png', 'c.png', 'b.png'],
      'order',
    );
    equal(message.attachments[0].description, 'a small dot', 'description');
    await row(other, 'three pictures').getByAltText('a small dot').waitFor();
    const hidden = row(other, 'three pictures').getByRole('button', { name: 'Spoiler: press to show' });
    await hidden.click();
    await eventually('shown', async () => (await hidden.count()) === 0);
    await row(other, 'three pictures').getByRole('button', { name: 'Open picture: a small dot' }).click();
    const box = other.getByRole('dialog', { name: 'Picture: a small dot' });
    await box.waitFor();
    await other.keyboard.press('ArrowRight');
    await other.getByText('2 / 3').waitFor();
    await other.keyboard.press('Escape');
    await eventually('closed', async () => (await box.count()) === 0);
  },

  '11 a draft with its answer and a file outlives a reload': async (windows) => {
    const { open, ada, ben, channel } = await two(windows);
    await ben.say(channel, 'a question');
    const page = await open(ada);
    await hover(page, 'a question', 'Reply');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('menuitem', { name: /Attach files/ }).click();
    await (await chooser).setFiles([
      { name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from('kept') },
    ]);
    await page.getByText('kept.txt').waitFor();
    await composer(page).click();
    await page.keyboard.type('half a thou');
    await eventually('the draft is kept', async () => (await kept(page)).includes('half a thou'));
    await page.reload();
    await page.getByText('kept.txt').waitFor();
    await eventually('the text', async () => (await composer(page).inputValue()) === 'half a thou');
    await page.getByText('Replying to').waitFor();
  },

  '12 while messages arrive the row that is read does not move': async (windows) => {
    const { open, ada, ben, guild, channel } = await two(windows);
    const messages = Array.from({ length: 400 }, (_, i) => ({
      content: `row ${i} ${'words and more words '.repeat(i % 9)}`,
      author_id: ben.id,
      timestamp: new Date(Date.now() - (401 - i) * 60_000).toISOString(),
    }));
    await ben.post('/test/messages/seed', { channel_id: channel, messages });
    const page = await open(ada);
    const list = page.locator('[data-region="messages"] [role="list"]');
    await row(page, 'row 399').waitFor();
    const moved = [];
    for (let round = 0; round < 6; round++) {
      await scroll(page, -900);
      await rests(page);
      // What is read: the row in the middle of the window.
      const { id, top } = await list.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const articles = [...element.querySelectorAll('article[data-row]')];
        const middle = articles.find((one) => one.getBoundingClientRect().top > box.top + box.height / 3);
        return { id: middle.dataset.row, top: middle.getBoundingClientRect().top };
      });
      await Promise.all(Array.from({ length: 5 }, (_, i) => ben.say(channel, `new ${round} ${i}`)));
      // A community's events keep their order: with the new name the messages are there, too.
      await ada.patch(`/guilds/${guild.id}`, { name: `Harbour ${round}` });
      await page.getByText(`Harbour ${round}`).first().waitFor();
      await rests(page);
      const now = await page
        .locator(`article[data-row="${id}"]`)
        .evaluate((one) => one.getBoundingClientRect().top);
      moved.push(Math.round(now - top));
    }
    equal(moved, [0, 0, 0, 0, 0, 0], 'pixels moved');
    ok((await page.locator('article[data-row]').count()) < 120, 'few rows in the page');
    await page.getByRole('button', { name: /Jump to present/ }).click();
    await row(page, 'new 5').waitFor();
  },

  '13 a link leads to a message that is not loaded': async (windows) => {
    const { open, ada, ben, channel, path } = await two(windows);
    const messages = Array.from({ length: 300 }, (_, i) => ({
      content: `line ${i}.`,
      author_id: ben.id,
      timestamp: new Date(Date.now() - (301 - i) * 60_000).toISOString(),
    }));
    const { messages: made } = await ben.post('/test/messages/seed', { channel_id: channel, messages });
    const page = await open(ada, { path: `${path}/${made[100].message_id}` });
    const target = row(page, 'line 100.');
    await target.waitFor();
    await eventually('in the window, at a third', async () => {
      const box = await target.boundingBox();
      return box && box.y > 150 && box.y < 550;
    });
    await page.getByRole('button', { name: /Jump to present/ }).click();
    await row(page, 'line 299.').waitFor();
  },

  'what a hostile person writes neither runs nor breaks the layout': async (windows) => {
    const { open, ada, ben, channel, guild } = await two(windows);
    const corpus = [
      `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>`,
      '[press](javascript:window.harmed=1) [x](data:text/html,<script>window.harmed=1</script>)',
      `https://good.example@evil.example/ https://\u0430\u0440\u0440\u04cf\u0435.com/`,
      `a${'\u0301'.repeat(1900)}`,
      `\u202e\u2066\u2067 reversed \u202d again \u061c`,
      'W'.repeat(1900),
      '*_~~||**__'.repeat(180),
      '> '.repeat(900),
      '||'.repeat(900),
      '`'.repeat(1900),
      `${'[a](http://x'.repeat(150)}${')'.repeat(150)}`,
      '\n'.repeat(50) + 'after many lines'.padStart(60),
      `${'- '.repeat(20)}deep`,
      `| ${'a | '.repeat(60)}\n|${'-|'.repeat(60)}\n`,
      '😀'.repeat(400),
      `<a:${'x'.repeat(32)}:1234567890123456789>`,
      `\`\`\`html\n<script>window.harmed=1</script>${'x'.repeat(1500)}\n\`\`\``,
      '\ufdfd'.repeat(200),
      `<t:8640000000001:R> <t:99999999999999999999>`,
      '@everyone '.repeat(150),
    ];
    for (const content of corpus) await ben.say(channel, content);
    await ben.patch(`/guilds/${guild.id}/members/@me`, { nick: `\u202e${'Z'.repeat(28)}` }).catch(() => {});
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>window.harmed=1</script></svg>`;
    const form = new FormData();
    form.set(
      'payload_json',
      JSON.stringify({ content: 'a drawing', attachments: [{ id: 0, filename: 'a.svg' }] }),
    );
    form.set('files[0]', new Blob([svg], { type: 'image/svg+xml' }), 'a.svg');
    await ben.call('POST', `/channels/${channel}/messages`, form);
    const page = await open(ada);
    await row(page, 'a drawing').waitFor();
    const list = page.locator('[data-region="messages"] [role="list"]');
    for (let i = 0; i < 8; i++) {
      const state = await list.evaluate((element) => ({
        wide: element.scrollWidth - element.clientWidth,
        page: document.documentElement.scrollWidth - window.innerWidth,
        harmed: window.harmed,
        images: element.querySelectorAll('img[src$=".svg"], script, iframe, object, embed').length,
        links: [...element.querySelectorAll('a[href]')].filter(
          (a) => !/^(https?|mailto|tel|sms):/.test(a.href),
        ).length,
        high: Math.max(...[...element.querySelectorAll('article')].map((a) => a.offsetHeight)),
      }));
      ok(state.wide <= 0 && state.page <= 0, `nothing is wider than its place: ${JSON.stringify(state)}`);
      ok(!state.harmed && state.images === 0 && state.links === 0, `nothing runs: ${JSON.stringify(state)}`);
      ok(state.high < 3000, `rows keep a height: ${JSON.stringify(state)}`);
      await scroll(page, -600);
      await rests(page);
    }
  },
};
