// The settings of communities and channels.
import { axe } from '../lib/browser.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const SEND = 1n << 11n;

async function place() {
  const ada = await person('Ada');
  const bob = await person('Bob');
  const guild = await ada.guild('Circle');
  const { code } = await ada.invite(guild.general.id);
  await bob.join(code);
  return { ada, bob, guild, settings: `/channels/${guild.id}/settings` };
}

export default {
  '31 the matrix: a lower moderator meets locked bits, and the audit log shows the difference': async (
    windows,
  ) => {
    const { ada, bob, guild, settings } = await place();
    const high = await ada.post(`/guilds/${guild.id}/roles`, { name: 'High' });
    const low = await ada.post(`/guilds/${guild.id}/roles`, { name: 'Low' });
    await ada.patch(`/guilds/${guild.id}/roles`, [
      { id: high.id, position: 2 },
      { id: low.id, position: 1 },
    ]);
    // Bob holds High: may manage roles below it, and give what he has.
    await ada.patch(`/guilds/${guild.id}/roles/${high.id}`, {
      permissions: String((1n << 28n) | (1n << 10n) | SEND),
    });
    await ada.put(`/guilds/${guild.id}/members/${bob.id}/roles/${high.id}`);
    const page = await windows.as(bob, { path: `${settings}/roles` });
    await page.getByRole('button', { name: 'Compare roles' }).click();
    const cell = (label, role) => page.getByRole('button', { name: `${label}, ${role}`, exact: true });
    await cell('Ban members', 'Low').waitFor();
    equal(await cell('Ban members', 'Low').getAttribute('aria-disabled'), 'true', 'a bit he does not have');
    equal(await cell('Send messages', 'High').getAttribute('aria-disabled'), 'true', 'his own role');
    equal(await cell('Send messages', 'Low').getAttribute('aria-disabled'), null, 'a bit he has');
    await axe(page);
    // By the keyboard: there, and changed.
    await cell('Send messages', 'Low').focus();
    await page.keyboard.press('Space');
    await eventually(
      'taken',
      async () => (await cell('Send messages', 'Low').getAttribute('aria-pressed')) === 'false',
    );
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await eventually('it is saved', async () => {
      const role = (await ada.get(`/guilds/${guild.id}/roles`)).find(({ id }) => id === low.id);
      return (BigInt(role.permissions) & SEND) === 0n;
    });
    const owner = await windows.as(ada, { path: `${settings}/audit` });
    const entry = owner.getByRole('article').filter({ hasText: 'Bob' }).first();
    await entry.waitFor();
    ok((await entry.textContent()).includes('Send messages'), 'the difference is told');
    await axe(owner);
  },

  '30 a role is seen through: the community as others see it': async (windows) => {
    const { ada, guild, settings } = await place();
    const secret = await ada.post(`/guilds/${guild.id}/channels`, { name: 'secret', type: 0 });
    await ada.put(`/channels/${secret.id}/permissions/${guild.id}`, {
      type: 0,
      allow: '0',
      deny: String(1n << 10n),
    });
    const page = await windows.as(ada, { path: `${settings}/roles` });
    await page.getByRole('button', { name: 'View as this role' }).click();
    await page.getByText(/You see this community as/).waitFor();
    await eventually(
      'the channel is hidden',
      async () => (await page.getByRole('link', { name: 'secret' }).count()) === 0,
    );
    await page.getByRole('button', { name: 'Back to yourself' }).click();
    await page.getByRole('button', { name: 'View as this role' }).waitFor();
    await page.goto(`/channels/${guild.id}/${guild.general.id}`);
    await page.getByRole('link', { name: /secret/ }).waitFor();
  },

  'two change the same role at once: both are shown, and both are kept': async (windows) => {
    const { ada, guild, settings } = await place();
    const role = await ada.post(`/guilds/${guild.id}/roles`, { name: 'Helpers' });
    await ada.patch(`/guilds/${guild.id}/roles/${role.id}`, { permissions: String(SEND) });
    const saved = async () =>
      BigInt((await ada.get(`/guilds/${guild.id}/roles`)).find(({ id }) => id === role.id).permissions);
    const page = await windows.as(ada, { path: `${settings}/roles` });
    await page.getByRole('button', { name: 'Compare roles' }).click();
    const cell = (label) => page.getByRole('button', { name: `${label}, Helpers`, exact: true });
    await cell('Ban members').click();
    await eventually('mine is marked', () => cell('Ban members').getAttribute('data-changed'));
    // Meanwhile somebody else takes one right and gives another.
    await ada.patch(`/guilds/${guild.id}/roles/${role.id}`, { permissions: String(1n << 1n) });
    await page.getByText('Somebody else changed this meanwhile:').waitFor();
    await page.getByText('Send messages: not allowed').waitFor();
    await page.getByText('Remove members: allowed').waitFor();
    await axe(page);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await eventually('both are kept', async () => (await saved()) === ((1n << 1n) | (1n << 2n)));

    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.getByRole('button', { name: 'Helpers' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await ada.patch(`/guilds/${guild.id}/roles/${role.id}`, { name: 'Theirs' });
    await page.getByText('Somebody else changed this meanwhile:').waitFor();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await eventually('the name', async () =>
      (await ada.get(`/guilds/${guild.id}/roles`)).some(({ id, name }) => id === role.id && name === 'Mine'),
    );
  },

  'permissions of a channel: denied here, with the reason, and felt by the other': async (windows) => {
    const { ada, bob, guild } = await place();
    const path = `/channels/${guild.id}/${guild.general.id}`;
    const other = await windows.as(bob, { path });
    await other.getByRole('textbox', { name: /^Message / }).waitFor();
    const page = await windows.as(ada, { path: `${path}/settings/permissions` });
    const group = page.getByRole('radiogroup', { name: 'Send messages', exact: true });
    await group.waitFor();
    await axe(page);
    await group.getByRole('radio', { name: 'Deny' }).check({ force: true });
    await page.getByText(/Denied by Everyone here/).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await eventually(
      'the composer is a barrier',
      async () => (await other.getByRole('textbox', { name: /^Message / }).count()) === 0,
    );
  },

  '32 banned, listed, and let in again': async (windows) => {
    const { ada, bob, guild, settings } = await place();
    await ada.put(`/guilds/${guild.id}/bans/${bob.id}`, { reason: 'too loud' });
    const page = await windows.as(ada, { path: `${settings}/bans` });
    await page.getByText('too loud').waitFor();
    await axe(page);
    await page.getByRole('button', { name: 'Unban' }).click();
    // Settings are a dialog, too, with a button of that name.
    const question = { name: 'Let Bob come back?' };
    await page
      .getByRole('dialog', question)
      .or(page.getByRole('alertdialog', question))
      .getByRole('button', { name: 'Unban' })
      .click();
    await page.getByText('Nobody is banned').waitFor();
    equal((await ada.get(`/guilds/${guild.id}/bans`)).length, 0);
  },

  'the name of a community is changed, and the other sees it': async (windows) => {
    const { ada, bob, guild, settings } = await place();
    const other = await windows.as(bob, { path: `/channels/${guild.id}/${guild.general.id}` });
    const page = await windows.as(ada, { path: `${settings}/overview` });
    await page.getByRole('textbox', { name: 'Name' }).fill('Square');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await other.getByRole('button', { name: /^Square/ }).waitFor();
  },
};
