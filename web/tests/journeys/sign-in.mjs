// Signing in, and everything on the way to it.
import { axe } from '../lib/browser.mjs';
import { anybody, letter, person, unique } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const enter = async (page, email, password) => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

export default {
  '1 register with an invite and land in that community': async (windows) => {
    const ada = await person('Ada');
    const guild = await ada.guild('Reading circle');
    const { code } = await ada.invite(guild.general.id);
    const watcher = await windows.as(ada, { path: `/channels/${guild.id}/${guild.general.id}` });
    const page = await windows.open({ path: `/invite/${code}` });
    await page.getByRole('heading', { name: 'Join Reading circle' }).waitFor();
    await axe(page);
    await page.getByRole('button', { name: 'Create an account and join' }).click();
    await page.getByRole('heading', { name: 'Create your account' }).waitFor();
    await axe(page);
    await page.getByLabel('Name', { exact: true }).fill('Grace Hopper');
    await page.getByLabel('E-mail').fill(`${unique('grace')}@example.com`);
    await eventually('a username is suggested', async () =>
      /^grace_hopper/i.test(await page.getByLabel('Username').inputValue()),
    );
    await page.getByLabel('Password', { exact: true }).fill('a long enough password');
    await page.getByLabel('Day').fill('9');
    await page.getByLabel('Month').selectOption({ label: 'December' });
    await page.getByLabel('Year').fill('1990');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL(`**/channels/${guild.id}/${guild.general.id}`);
    await watcher.getByText('Grace Hopper').first().waitFor();
  },

  '1 a refused field keeps the others': async (windows) => {
    const ada = await person('Ada');
    windows.allow(400);
    const page = await windows.open({ path: '/register' });
    await page.getByRole('button', { name: 'Create account' }).click();
    await eventually('the first field is asked for', () =>
      page.getByLabel('Name', { exact: true }).evaluate((field) => field === document.activeElement),
    );
    await page.getByLabel('Name', { exact: true }).fill('Ada again');
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password', { exact: true }).fill('a long enough password');
    await page.getByLabel('Day').fill('9');
    await page.getByLabel('Month').selectOption({ label: 'December' });
    await page.getByLabel('Year').fill('1990');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText(/already in use/i).waitFor();
    await axe(page);
    equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Ada again');
    equal(await page.getByLabel('Password', { exact: true }).inputValue(), 'a long enough password');
    ok(
      await page.getByLabel('E-mail').evaluate((field) => field === document.activeElement),
      'the e-mail is focused',
    );
  },

  '2 a wrong password, then the right one; the session survives a reload': async (windows) => {
    const ada = await person('Ada');
    windows.allow(400);
    const page = await windows.open({ path: '/channels/@me' });
    await page.waitForURL(/\/login/);
    await axe(page);
    await enter(page, ada.email, 'not this one');
    const field = page.getByLabel('Password', { exact: true });
    await eventually(
      'the field is marked',
      async () => (await field.getAttribute('aria-invalid')) === 'true',
    );
    const described = await field.getAttribute('aria-describedby');
    ok(await page.locator(`[id="${described}"]`).textContent(), 'the complaint is bound to the field');
    await enter(page, ada.email, ada.password);
    await page.waitForURL(/\/channels\/@me/);
    await page.reload();
    await page.waitForURL(/\/channels\/@me/);
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await axe(page);
  },

  '5 a new address is confirmed in another window, and the first goes on': async (windows) => {
    const ada = await person('Ada');
    windows.allow(403);
    const far = { extraHTTPHeaders: {} };
    const page = await windows.open({ ...far, path: '/login' });
    // The server sees this window at another address.
    await page
      .context()
      .route('**/api/auth/login', (route) =>
        route.continue({ headers: { ...route.request().headers(), 'x-forwarded-for': '203.0.113.77' } }),
      );
    await enter(page, ada.email, ada.password);
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await axe(page);
    const { token } = await letter(ada.email, 'ip_authorization');
    const other = await windows.open({ path: `/authorize-ip#token=${token}` });
    await other.getByRole('heading', { name: 'Was it you?' }).waitFor();
    await axe(other);
    ok(!other.url().includes(token), 'the token leaves the address bar');
    await other.getByRole('button', { name: /It was me/ }).click();
    await other.getByRole('heading', { name: 'Allowed' }).waitFor();
    await page.waitForURL(/\/channels\/@me/);
  },

  '6 a forgotten password': async (windows) => {
    const ada = await person('Ada');
    const page = await windows.open({ path: '/login' });
    await page.getByRole('link', { name: /Forgot/ }).click();
    await axe(page);
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await axe(page);
    const { token } = await letter(ada.email, 'password_reset');
    await page.goto(`/reset#token=${token}`);
    await page.getByLabel('New password').fill('entirely another one');
    await axe(page);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.waitForURL(/\/channels\/@me/);
    // The link works once.
    windows.allow(400);
    const again = await windows.open({ path: `/reset#token=${token}` });
    await again.getByLabel('New password').fill('entirely another one');
    await again.getByRole('button', { name: 'Set password' }).click();
    await again.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await axe(again);
  },

  'a mailed link acts on a click only': async (windows) => {
    const ada = await person('Ada');
    await anybody().post(`/test/users/${ada.id}/security-flags`, { email_verified: false });
    await ada.post('/auth/verify/resend');
    const { token } = await letter(ada.email, 'email_verification');
    const page = await windows.open({ path: `/verify#token=${token}` });
    await page.getByRole('heading', { name: 'Confirm your e-mail address' }).waitFor();
    await axe(page);
    equal((await ada.get('/users/@me')).verified, false, 'verified before the click');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Confirmed' }).waitFor();
    equal((await ada.get('/users/@me')).verified, true, 'verified after it');
  },

  'an invite that is gone, and an address that leads nowhere': async (windows) => {
    windows.allow(404);
    const page = await windows.open({ path: `/invite/${unique('gone')}` });
    await page.getByRole('heading', { name: 'This invite leads nowhere' }).waitFor();
    await axe(page);
    await page.goto('/nothing/like/this');
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await axe(page);
  },

  'a device is signed in by another': async (windows) => {
    const ada = await person('Ada');
    const here = await windows.as(ada);
    const page = await windows.open({ path: '/handoff' });
    const code = await page
      .getByRole('status')
      .filter({ hasText: /\w{4}-\w{4}/ })
      .textContent();
    await axe(page);
    await here.goto('/handoff');
    await here.getByLabel('Code').fill(code);
    await axe(here);
    await here.getByRole('button', { name: 'Sign it in' }).click();
    await page.waitForURL(/\/channels\/@me/);
  },
};
