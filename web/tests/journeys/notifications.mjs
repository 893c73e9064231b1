// What tells of new messages while one looks elsewhere: notifications, title, badges, in several tabs.
import { person } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

/** Notifications are written down instead of shown, in every tab of the window. */
const recorder = () => {
  window.shown = [];
  window.Notification = class {
    static permission = 'granted';
    static requestPermission = async () => 'granted';
    constructor(title, options) {
      this.entry = { title, body: options.body, tag: options.tag, closed: false };
      window.shown.push(this.entry);
    }
    close() {
      this.entry.closed = true;
    }
  };
  try {
    localStorage.setItem('preferences:device', JSON.stringify({ notify: true }));
  } catch {
    // the empty page a tab begins with
  }
};
const shown = async (...pages) =>
  (await Promise.all(pages.map((page) => page.evaluate(() => window.shown)))).flat();

async function place(windows) {
  const ada = await person('Ada');
  const grace = await person('Grace');
  const guild = await grace.guild('Workshop');
  const { code } = await grace.invite(guild.general.id);
  await ada.join(code);
  const other = await grace.post(`/guilds/${guild.id}/channels`, { name: 'elsewhere', type: 0 });
  const page = await windows.as(ada);
  await page.context().addInitScript(recorder);
  await page.goto('/channels/@me');
  await page.getByRole('link', { name: /Workshop/ }).waitFor();
  return { ada, grace, guild, other, page };
}

export default {
  '38 notifications: exactly one tab tells, and it closes when read elsewhere': async (windows) => {
    const { ada, grace, other, page } = await place(windows);
    const second = await page.context().newPage();
    await second.goto('/channels/@me');
    await second.getByRole('link', { name: /Workshop/ }).waitFor();
    const message = await grace.say(other.id, `**hello** <@${ada.id}> ||secret||`);
    await eventually('somebody is told', async () => (await shown(page, second)).length > 0);
    // A later one in another place has come too when it is there: nothing is told twice.
    const dm = await grace.dm(ada).catch(() => undefined);
    if (dm) await grace.say(dm.id, 'in private');
    const expected = dm ? 2 : 1;
    await eventually('the next is told', async () => (await shown(page, second)).length === expected);
    const [first] = await shown(page, second);
    equal(first.title, 'Grace in #elsewhere');
    ok(first.body.includes('hello @Ada'), `the text without marks: ${first.body}`);
    ok(!first.body.includes('secret'), 'spoilers are not told');
    await ada.post(`/channels/${other.id}/messages/${message.id}/ack`, {});
    await eventually('it is closed', async () => (await shown(page, second))[0].closed);
  },

  '38 levels, mutes and do not disturb are kept to': async (windows) => {
    const { ada, grace, guild, other, page } = await place(windows);
    const settings = (patch) => ada.patch(`/users/@me/guilds/${guild.id}/settings`, patch);
    /** What comes next proves that what should not be told was not. */
    const told = async (text) => {
      await grace.say(guild.general.id, text);
      await eventually(`told: ${text}`, async () => (await shown(page)).some((one) => one.body === text));
    };
    await told('first');
    const count = async () => (await shown(page)).length;
    equal(await count(), 1);
    await settings({
      channel_overrides: {
        [other.id]: { collapsed: false, muted: true, mute_config: null, message_notifications: 3 },
      },
    });
    await grace.say(other.id, `muted <@${ada.id}>`);
    await told('after the muted one');
    equal(await count(), 2);
    await settings({ message_notifications: 1 });
    await grace.say(guild.general.id, 'only mentions now');
    await grace.say(guild.general.id, `<@${ada.id}> look`);
    await eventually('told: look', async () => (await shown(page)).some((one) => one.body === '@Ada look'));
    const bodies = (await shown(page)).map((one) => one.body);
    ok(!bodies.includes('only mentions now'), 'a plain message is not told');
    ok(bodies.includes('@Ada look'), 'a mention is');
    // Events of the account and of a community have no order between them, so each is waited for.
    await ada.patch('/users/@me/settings', { status: 'dnd' });
    await page.getByText('Do not disturb').first().waitFor();
    await grace.say(guild.general.id, `quiet <@${ada.id}>`);
    // A community's events keep their order: with the new name the message was there, too.
    await grace.patch(`/guilds/${guild.id}`, { name: 'Quiet Place' });
    await page.getByRole('link', { name: /Quiet Place/ }).waitFor();
    await ada.patch('/users/@me/settings', { status: 'online' });
    await page.getByText('Do not disturb').first().waitFor({ state: 'detached' });
    await grace.say(guild.general.id, `<@${ada.id}> again`);
    await eventually('told again', async () => (await shown(page)).some((one) => one.body === '@Ada again'));
    ok(!(await shown(page)).some((one) => one.body.includes('quiet')), 'nothing while not to be disturbed');
  },

  '15 unread: weight, number and title; read in one place is read in all': async (windows) => {
    const { ada, grace, guild, other, page } = await place(windows);
    const second = await page.context().newPage();
    await second.goto(`/channels/${guild.id}/${guild.general.id}`);
    const link = second.getByRole('link', { name: /elsewhere/ });
    await link.waitFor();
    await grace.say(other.id, 'plain');
    await eventually('a dot in the title', async () => (await page.title()).startsWith('• '));
    const message = await grace.say(other.id, `for <@${ada.id}>`);
    for (const one of [page, second])
      await eventually('the number in the title', async () => (await one.title()).startsWith('(1) '));
    await eventually(
      'the channel says so',
      async () => (await link.getAttribute('aria-label')) === 'elsewhere, 1 mention, unread',
    );
    await ada.post(`/channels/${other.id}/messages/${message.id}/ack`, {});
    for (const one of [page, second])
      await eventually('all clear', async () => !/^(\(|•)/.test(await one.title()));
  },
};
