// Reading: from a place in the past to the present, what is new, and what counts as read.
import { axe } from '../lib/browser.mjs';
import { choose, gone, link, list, rests, row, rows, scroll, two, unread, upload } from '../lib/chat.mjs';
import { landscape, looks } from '../lib/picture.mjs';
import { ORIGIN } from '../lib/server.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const MINUTE = 60_000;
/** So many lines of somebody's, one a minute, until now. */
async function seed(who, channel, count, text = (i) => `line ${i}.`) {
  const messages = Array.from({ length: count }, (_, i) => ({
    content: text(i),
    author_id: who.id,
    timestamp: new Date(Date.now() - (count + 1 - i) * MINUTE).toISOString(),
  }));
  return (await who.post('/test/messages/seed', { channel_id: channel, messages })).messages;
}
const top = (locator) => locator.evaluate((one) => Math.round(one.getBoundingClientRect().top));

export default {
  '13 a link leads to a message among pictures that come late; it stays where it is, and Back returns':
    async (windows) => {
      const { ada, ben, channel, guild, open, another } = await two(windows);
      const other = await another('elsewhere');
      const picture = (look) => ({
        name: `${look}.png`,
        bytes: landscape(320, 240, looks[look]),
        type: 'image/png',
      });
      for (const look of ['dawn', 'dusk', 'forest'])
        await upload(ben, channel, `before: ${look}`, [picture(look)]);
      const target = await ben.say(channel, 'the one that is meant');
      for (const look of ['desert', 'night', 'rose'])
        await upload(ben, channel, `after: ${look}`, [picture(look)]);
      // Further on there is so much that it is not loaded with the present.
      const messages = Array.from({ length: 120 }, (_, i) => ({
        content: `later ${i}.`,
        author_id: ben.id,
        timestamp: new Date(Date.now() + i).toISOString(),
      }));
      await ben.post('/test/messages/seed', { channel_id: channel, messages });
      await ben.say(other.id, `${ORIGIN}/channels/${guild.id}/${channel}/${target.id}`);
      const page = await open(ada, { path: `/channels/${guild.id}/${other.id}` });
      let release;
      const late = new Promise((done) => {
        release = done;
      });
      let held = 0;
      await page.context().route(/\/attachments\//, async (route) => {
        held += 1;
        await late;
        await route.continue().catch(() => {});
      });
      await page.getByRole('link', { name: /Harbour.*general.*message/ }).click();
      await page.waitForURL(`**/${channel}/${target.id}`);
      const row_ = row(page, 'the one that is meant');
      await row_.waitFor();
      await eventually('at a third of the height', async () => {
        const box = await row_.boundingBox();
        return box && box.y > 150 && box.y < 550;
      });
      await eventually('pictures are on their way', () => held > 0);
      await rests(page);
      const before = await top(row_);
      release();
      await eventually('the pictures are there', () =>
        list(page).evaluate((element) => {
          const all = [...element.querySelectorAll('img')].filter((one) => one.src.includes('/attachments/'));
          return all.length > 0 && all.every((one) => one.complete && one.naturalWidth > 0);
        }),
      );
      await rests(page);
      equal(await top(row_), before, 'where it stands');
      await page.goBack();
      await page.waitForURL(`**/${other.id}`);
      await page.getByRole('link', { name: /Harbour.*general.*message/ }).waitFor();
    },

  '14 from the past to the present by scrolling: nothing is left out': async (windows) => {
    const { ada, ben, channel, path, open } = await two(windows);
    const made = await seed(ben, channel, 260);
    const page = await open(ada, { path: `${path}/${made[30].message_id}` });
    await row(page, 'line 30.').waitFor();
    const seen = new Set();
    const last = made.at(-1).message_id;
    await eventually(
      'the present is reached',
      async () => {
        await rests(page);
        for (const id of await rows(page).evaluateAll((all) => all.map((one) => one.dataset.row)))
          seen.add(id);
        if (seen.has(last)) return true;
        await scroll(page, 500);
        return false;
      },
      200_000,
    );
    equal(
      made.slice(30).filter(({ message_id }) => !seen.has(message_id)).length,
      0,
      'messages that were not shown',
    );
    const order = await rows(page).evaluateAll((all) =>
      all.map((one) => [one.getBoundingClientRect().top, one.dataset.row]),
    );
    const ids = order.sort(([a], [b]) => a - b).map(([, id]) => id);
    equal(
      ids,
      [...ids].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
      'the order',
    );
  },

  'how much is new is told whole, also when one reads far from it': async (windows) => {
    const { ada, ben, channel, guild, open, another } = await two(windows);
    const other = await another('elsewhere');
    await seed(ben, channel, 130);
    const page = await open(ada);
    await row(page, 'line 129.').waitFor();
    await ada.post(
      `/channels/${channel}/messages/${(await ada.get(`/channels/${channel}/messages?limit=1`))[0].id}/ack`,
    );
    await gone(unread(page, 'general'), 'all is read');
    await link(page, 'elsewhere').click();
    await page.waitForURL(`**/${other.id}`);
    for (let n = 1; n <= 4; n += 1) await ben.say(channel, `new ${n}`);
    await unread(page, 'general').waitFor();
    await link(page, 'general').click();
    await page.waitForURL(`**/channels/${guild.id}/${channel}`);
    await row(page, 'new 4').waitFor();
    // Away at once, before it counts as read; then more comes.
    await scroll(page, -1500);
    await page.getByRole('button', { name: /Jump to present/ }).waitFor();
    await eventually('far from the present', async () => {
      await scroll(page, -1500);
      await rests(page);
      return (await row(page, 'line 10.').count()) > 0;
    });
    await ben.say(channel, 'new 5');
    await ben.say(channel, `new 6 <@${ada.id}>`);
    const present = page.getByRole('button', { name: /Jump to present/ });
    // Four before coming here, two since, of which none is near the place that is read.
    await eventually('the number at the way back', async () =>
      /6$/.test((await present.textContent()) ?? ''),
    );
    await page.getByRole('button', { name: /^6 new messages since/ }).waitFor();
    await axe(page, 'main');
    await present.click();
    await row(page, 'new 6').waitFor();
  },

  '16 mentions, roles and everyone, wanted and not: the number is the server’s': async (windows) => {
    const { ada, ben, guild, another } = await two(windows);
    // Ben is told; Ada may mention everybody.
    const other = await another('elsewhere');
    const role = await ada.post(`/guilds/${guild.id}/roles`, { name: 'Sailors' });
    await ada.put(`/guilds/${guild.id}/members/${ben.id}/roles/${role.id}`);
    const page = await windows.as(ben, { path: '/channels/@me' });
    await page.getByRole('link', { name: /Harbour/ }).waitFor();
    const number = (count) =>
      eventually(`(${count}) in the title`, async () => (await page.title()).startsWith(`(${count}) `));
    await ada.say(other.id, `<@${ben.id}>`);
    await number(1);
    await ada.say(other.id, `<@&${role.id}>`);
    await number(2);
    await ada.say(other.id, '@everyone');
    await number(3);
    await ben.patch(`/users/@me/guilds/${guild.id}/settings`, {
      suppress_everyone: true,
      suppress_roles: true,
    });
    // The page knows of it when its own dialog shows it.
    await page.getByRole('link', { name: /Harbour/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Notifications…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: /everyone/i, checked: true }).waitFor();
    await page.keyboard.press('Escape');
    await gone(dialog, 'the dialog is closed');
    await ada.say(other.id, '@everyone again');
    await ada.say(other.id, `<@&${role.id}> again`);
    await ada.say(other.id, `<@${ben.id}> again`);
    await number(4);
    // Anew, it is what the server counted.
    let counted;
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (!String(payload).includes('"READY"')) return;
        const { read_states: all } = JSON.parse(String(payload)).d;
        counted = all.reduce((sum, { mention_count: count }) => sum + count, 0);
      }),
    );
    await page.reload();
    await eventually('a new session', () => counted !== undefined);
    await number(counted);
  },

  '17 unread from the middle: a divider, a number; leaving and coming back reads it': async (windows) => {
    const { ada, ben, channel, guild, open, another } = await two(windows);
    const other = await another('elsewhere');
    for (let n = 1; n <= 6; n += 1) await ben.say(channel, n === 5 ? `five <@${ada.id}>` : `number ${n}`);
    const page = await open(ada);
    await row(page, 'number 6').waitFor();
    const badge = link(page, 'general').getByText('1', { exact: true });
    await gone(badge, 'the mention is read');
    await choose(page, 'number 3', 'Mark unread from here');
    const mark = page.getByText('New', { exact: true });
    await mark.waitFor();
    await badge.waitFor();
    const middle = (locator) => locator.evaluate((one) => one.getBoundingClientRect().top);
    ok((await middle(mark)) <= (await middle(row(page, 'number 3'))) + 1, 'the divider stands before it');
    ok((await middle(mark)) >= (await middle(row(page, 'number 2'))), 'and after the one before');
    await page.getByRole('button', { name: /4 new messages since/ }).waitFor();
    await link(page, 'elsewhere').click();
    await page.getByRole('heading', { name: 'elsewhere', level: 1 }).waitFor();
    await unread(page, 'general').waitFor();
    await link(page, 'general').click();
    await row(page, 'number 6').waitFor();
    await gone(badge, 'it is read by being there');
    const second = await windows.as(ada, { path: `/channels/${guild.id}/${other.id}` });
    await link(second, 'general').waitFor();
    await gone(link(second, 'general').getByText('1', { exact: true }), 'the server knows it');
  },

  '18 under a dialog, or in a window without the focus, nothing counts as read': async (windows) => {
    const { ada, ben, channel, guild, open, another } = await two(windows);
    const other = await another('elsewhere');
    const page = await open(ada);
    const second = await windows.as(ada, { path: `/channels/${guild.id}/${other.id}` });
    await link(second, 'general').waitFor();
    const badge = (count) => link(second, 'general').getByText(String(count), { exact: true });
    // A mention would be read at once: the second one finds the first unread.
    const counted = async () => {
      await ben.say(channel, `<@${ada.id}> once`);
      await row(page, 'once').waitFor({ state: 'attached' });
      await badge(1).waitFor();
      await ben.say(channel, `<@${ada.id}> twice`);
      await badge(2).waitFor();
    };
    await page.keyboard.press('Control+/');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await counted();
    await page.keyboard.press('Escape');
    await gone(badge(2), 'read once the dialog is gone');
    await gone(link(second, 'general').getByText(/^\d+$/), 'no number is left');

    await page.evaluate(() => {
      document.hasFocus = () => false;
      window.dispatchEvent(new Event('blur'));
    });
    await counted();
    await page.evaluate(() => {
      delete document.hasFocus;
      window.dispatchEvent(new Event('focus'));
    });
    await gone(link(second, 'general').getByText(/^\d+$/), 'read once the window has the focus');
  },
};
