// What stands in the way: no right to write, age, an unconfirmed address, a blocked person; each says why, and what
// takes it away.
import { axe } from '../lib/browser.mjs';
import { composer, gone, row, rows, two, write } from '../lib/chat.mjs';
import { anybody, letter, person } from '../lib/people.mjs';
import { equal, eventually } from '../lib/wait.mjs';

export default {
  '32 without the right to write one reads; with it one writes at once': async (windows) => {
    const { ada, ben, guild, channel, open } = await two(windows);
    await ada.say(channel, 'the house rules');
    const rule = `/channels/${channel}/permissions/${guild.id}`;
    await ada.put(rule, { type: 0, allow: '0', deny: String(1n << 11n) });
    const page = await open(ben);
    await row(page, 'the house rules').waitFor();
    await page.getByText('You may read here, but not write.').waitFor();
    equal(await composer(page).count(), 0, 'no field');
    await axe(page, 'main');
    await ada.delete(rule);
    await composer(page).waitFor();
    // Taken away while a text is half written: it is still there when the right comes back.
    await composer(page).fill('half a sen');
    await ada.put(rule, { type: 0, allow: '0', deny: String(1n << 11n) });
    await page.getByText('You may read here, but not write.').waitFor();
    await ada.delete(rule);
    await composer(page).waitFor();
    equal(await composer(page).inputValue(), 'half a sen', 'the draft');
  },

  '32 an age-restricted channel asks once, and stays shut for the young': async (windows) => {
    const { ada, ben, guild, another } = await two(windows);
    const { id } = await another('cellar');
    await ada.patch(`/channels/${id}`, { nsfw: true });
    await ada.say(id, 'wine and more');
    const at = { path: `/channels/${guild.id}/${id}` };
    const page = await windows.as(ben, at);
    const gate = page.getByRole('button', { name: 'Show it, and remember' });
    await gate.waitFor();
    equal(await rows(page).count(), 0, 'rows behind the gate');
    await axe(page, 'main');
    await gate.click();
    await row(page, 'wine and more').waitFor();
    await page.reload();
    await row(page, 'wine and more').waitFor();
    equal(await gate.count(), 0, 'asked again');
    const born = `${new Date().getFullYear() - 15}-01-01`;
    const young = await person('Young', { born });
    await young.join((await ada.invite(guild.general.id)).code);
    const other = await windows.as(young, at);
    await other.getByText(/your account is under 18/).waitFor();
    equal(await other.getByRole('button', { name: 'Show it, and remember' }).count(), 0, 'no way in');
  },

  '32 a community that wants a confirmed address says so, and lets in who has one': async (windows) => {
    const { ada, ben, guild, channel, open } = await two(windows);
    await ada.patch(`/guilds/${guild.id}`, { verification_level: 1 });
    await anybody().post(`/test/users/${ben.id}/security-flags`, { email_verified: false });
    await ben.post('/auth/verify/resend');
    const page = await open(ben);
    await page.getByText(/asks for a verified e-mail address/).waitFor();
    await axe(page, 'main');
    await page.getByRole('button', { name: 'Verify e-mail' }).click();
    await page.waitForURL('**/settings/account');
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    // Confirmed elsewhere: the barrier goes by itself.
    const { token } = await letter(ben.email, 'email_verification');
    await anybody().post('/auth/verify', { token });
    await page.goBack();
    await page.waitForURL(`**/${channel}`);
    await composer(page).waitFor();
  },

  'a blocked person cannot be written to; unblocked they can': async (windows) => {
    const { ada, ben } = await two(windows);
    await ada.befriend(ben);
    const dm = await ada.dm(ben);
    await ben.say(dm.id, 'hello there');
    await ada.put(`/users/@me/relationships/${ben.id}`, { type: 2 });
    const page = await windows.as(ada, { path: `/channels/@me/${dm.id}` });
    await page.getByText('You blocked Ben.').waitFor();
    await axe(page, 'main');
    await page.getByRole('main').getByRole('button', { name: 'Unblock', exact: true }).click();
    await composer(page).waitFor();
    await gone(page.getByText('You blocked Ben.'), 'the barrier is gone');
    await ada.befriend(ben);
    await write(page, 'hello again');
    await eventually(
      'it is sent',
      async () => (await ben.get(`/channels/${dm.id}/messages?limit=1`))[0]?.content === 'hello again',
    );
  },
};
