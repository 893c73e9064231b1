// Finding again: search with its filters, pins, the inbox.
import { axe } from '../lib/browser.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually } from '../lib/wait.mjs';

async function library(windows) {
  const [ada, bob] = [await person('Ada'), await person('Bob')];
  const guild = await ada.guild('Library');
  const { code } = await ada.invite(guild.general.id);
  await bob.join(code);
  const at = `/channels/${guild.id}/${guild.general.id}`;
  return { ada, bob, guild, general: guild.general.id, at, open: (who) => windows.as(who, { path: at }) };
}
const panel = (page, name) => page.getByRole('complementary', { name });

export default {
  '27 search: words, typed filters, the form, and the way to the message': async (windows) => {
    const { ada, bob, general, open } = await library(windows);
    await ada.say(general, 'the walnut bookcase arrives on Friday');
    await bob.say(general, 'a walnut is not a nut, see https://example.com/walnut');
    await bob.say(general, 'something else entirely');
    // What is searched for is found within a second or so of being sent.
    await eventually('both are indexed', async () => {
      const found = await ada.post('/search/messages', { content: 'walnut', context_channel_id: general });
      return found.total === 2;
    });
    const page = await open(ada);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const side = panel(page, 'Search');
    const field = side.getByRole('searchbox');
    const cards = side.getByRole('article');
    await field.fill('walnut');
    await field.press('Enter');
    await side.getByText('2 messages').waitFor();
    equal(await cards.count(), 2, 'hits');
    await axe(page, 'aside');
    await field.fill('walnut from:Bob has:link');
    await field.press('Enter');
    await side.getByText('1 message', { exact: true }).waitFor();
    await side.getByRole('button', { name: 'Remove filter from Bob' }).waitFor();
    await side.getByRole('button', { name: 'Remove filter with a link' }).click();
    await side.getByRole('button', { name: 'Remove filter from Bob' }).click();
    await side.getByText('2 messages').waitFor();
    await side.getByRole('button', { name: 'Filters' }).click();
    await axe(page, 'aside');
    await side.getByLabel('On', { exact: true }).fill('2001-01-01');
    await side.getByText('Nothing found').waitFor();
    await side.getByRole('button', { name: 'Clear filters' }).click();
    await side.getByText('2 messages').waitFor();
    await cards
      .filter({ hasText: 'bookcase' })
      .getByRole('link', { name: /Go to the message/ })
      .click();
    await page.waitForURL(new RegExp(`${general}/\\d+$`));
  },

  '26 a pin is shown to all, and taken back': async (windows) => {
    const { ada, bob, general, open } = await library(windows);
    const message = await ada.say(general, 'house rule: be kind');
    const page = await open(bob);
    await page
      .getByRole('button', { name: /^Pinned messages/ })
      .first()
      .click();
    const side = panel(page, 'Pinned messages');
    await side.getByText('Nothing is pinned here').waitFor();
    await axe(page, 'aside');
    await ada.put(`/channels/${general}/pins/${message.id}`);
    await side.getByRole('article').filter({ hasText: 'be kind' }).waitFor();
    await axe(page, 'aside');
    await ada.delete(`/channels/${general}/pins/${message.id}`);
    await side.getByText('Nothing is pinned here').waitFor();
  },

  'the inbox: unread, mentions, saved, drafts, requests': async (windows) => {
    const { ada, bob, guild, general, open } = await library(windows);
    const other = await ada.post(`/guilds/${guild.id}/channels`, { name: 'quiet-corner', type: 0 });
    const page = await open(bob);
    await ada.say(other.id, `psst <@${bob.id}>`);
    const kept = await ada.say(general, 'worth keeping');
    await bob.post('/users/@me/saved-messages', { channel_id: general, message_id: kept.id });
    const carol = await person('Carol');
    await carol.post(`/users/@me/relationships/${bob.id}`, {});
    await page
      .getByRole('button', { name: /^Inbox/ })
      .first()
      .click();
    const side = panel(page, 'Inbox');
    await side.getByRole('link', { name: /quiet-corner/ }).waitFor();
    await axe(page, 'aside');
    await side.getByRole('tab', { name: 'Mentions' }).click();
    await side.getByRole('article').filter({ hasText: 'psst' }).waitFor();
    await axe(page, 'aside');
    await side.getByRole('button', { name: 'Done with it' }).click();
    await side.getByText('Nobody mentioned you').waitFor();
    await side.getByRole('tab', { name: 'Saved' }).click();
    await side.getByRole('article').filter({ hasText: 'worth keeping' }).waitFor();
    await side.getByRole('button', { name: 'No longer save' }).click();
    await side.getByText('Nothing is saved').waitFor();
    await eventually(
      'the server drops it',
      async () => (await bob.get('/users/@me/saved-messages')).length === 0,
    );
    await side.getByRole('tab', { name: 'Requests' }).click();
    await side.getByRole('button', { name: 'Accept' }).click();
    await side.getByText('No requests').waitFor();
    await side.getByRole('tab', { name: 'Unread' }).click();
    await side.getByRole('button', { name: 'Mark all read' }).click();
    await side.getByText('All read').waitFor();
  },
};
