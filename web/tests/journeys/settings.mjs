// The person's settings, the second step, applications, and what is kept on the device.
import { connect, createServer } from 'node:net';
import { axe } from '../lib/browser.mjs';
import { anybody, letter, person, unique } from '../lib/people.mjs';
import { ownServer } from '../lib/server.mjs';
import { totp } from '../lib/totp.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const field = (page, name) => page.getByRole('textbox', { name });
const proof = (page) => page.getByRole('dialog', { name: 'Is it you?' });

export default {
  'settings: profile saved, leaving with changes asks, search finds a control': async (windows) => {
    const ada = await person('Ada');
    const page = await windows.as(ada, { path: '/settings/profile' });
    await field(page, 'Display name').fill('Ada Lovelace');
    await field(page, 'About me').fill('I **like** engines');
    await button(page, 'Save').click();
    await page.getByText('Profile saved').waitFor();
    const me = await ada.get('/users/@me');
    equal(me.global_name, 'Ada Lovelace');
    equal(me.bio, 'I **like** engines');
    await field(page, 'Display name').fill('Ada, perhaps');
    await button(page, 'Account').click();
    await page.getByRole('alertdialog', { name: 'Leave without saving?' }).waitFor();
    await button(page, 'Cancel').click();
    equal(await field(page, 'Display name').inputValue(), 'Ada, perhaps');
    await button(page, 'Discard').click();
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('quiet');
    await button(page, 'Quiet hours').click();
    await page.waitForURL('**/settings/notifications');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.waitForURL('**/channels/**');
  },

  'settings: a switch holds at once, and on the other device': async (windows) => {
    const ada = await person('Ada');
    const [one, other] = [
      await windows.as(ada, { path: '/settings/privacy' }),
      await windows.as(ada, { path: '/settings/privacy' }),
    ];
    const name = 'Messages from bots of new communities';
    const shows = (page, on) => page.getByRole('switch', { name, checked: on }).waitFor();
    const before = !(await ada.get('/users/@me/settings')).bot_default_guilds_restricted;
    await shows(one, before);
    await shows(other, before);
    await one.getByRole('switch', { name }).click();
    await shows(other, !before);
  },

  '3 second step: set up, sign in by code and by backup code': async (windows) => {
    const ada = await person('Ada');
    windows.allow(400, 403);
    const page = await windows.as(ada, { path: '/settings/security' });
    await button(page, 'Set up').click();
    const setup = page.getByRole('dialog', { name: 'Set up an authenticator app' });
    const secret = (await setup.locator('code').textContent()).replaceAll(' ', '');
    await field(setup, 'Code that the app shows').fill(totp(secret));
    await axe(page, 'dialog');
    await button(setup, 'Turn on').click();
    // The password proves it; a wrong one is said at the field.
    await proof(page).getByLabel('Password', { exact: true }).fill('not the password');
    await button(proof(page), 'Continue').click();
    await proof(page).getByRole('alert').waitFor();
    await proof(page).getByLabel('Password', { exact: true }).fill(ada.password);
    await button(proof(page), 'Continue').click();
    const codes = page.getByRole('dialog', { name: 'Backup codes' });
    await codes.locator('code').first().waitFor();
    equal(await codes.locator('code').count(), 10);
    const backup = await codes.locator('code').first().textContent();
    await button(codes, 'Done').click();
    for (const code of [totp(secret), backup]) {
      const fresh = await windows.open({ path: '/login' });
      await fresh.getByLabel('E-mail').fill(ada.email);
      await fresh.getByLabel('Password', { exact: true }).fill(ada.password);
      await button(fresh, 'Sign in').click();
      await fresh.locator('input[autocomplete="one-time-code"]').fill(code);
      await fresh.keyboard.press('Enter');
      await fresh.waitForURL(/\/channels\//);
    }
    // The code from paper is used up, and shown so.
    await button(page, 'Backup codes').click();
    const app = proof(page).getByLabel(/Code of your authenticator/);
    const used = page.getByRole('dialog', { name: 'Backup codes' }).locator('code', { hasText: backup });
    // Proof is asked for where the last one does not hold any more; a code that was used already waits for the next.
    await eventually(
      'it is shown',
      async () => {
        if (await used.count()) return true;
        if (!(await app.count()) || (await app.inputValue()) === totp(secret)) return false;
        await app.fill(totp(secret));
        await button(proof(page), 'Continue').click();
        return false;
      },
      90_000,
    );
    ok((await used.evaluate((e) => getComputedStyle(e).textDecorationLine)) === 'line-through', 'used up');
  },

  '4 a passkey is added, and signs in without a password': async (windows) => {
    // Passkeys need a name for a domain: this server is "localhost", and a pipe leads there.
    const server = await ownServer({ FLUXER_CONFIG__DOMAIN__BASE_DOMAIN: 'localhost' });
    const { hostname, port } = new URL(server.origin);
    const pipe = createServer((from) => {
      const to = connect(Number(port), hostname);
      from.pipe(to).pipe(from);
      for (const end of [from, to]) end.on('error', () => end.destroy());
    });
    await new Promise((done) => pipe.listen(Number(port), '127.0.0.1', done));
    try {
      windows.allow(403);
      const origin = `http://localhost:${port}`;
      const ada = await person('Ada', { api: server.api });
      const page = await windows.as(ada, { origin, path: '/settings/security' });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      await button(page, 'Add a passkey').click();
      const naming = page.getByRole('dialog', { name: 'Add a passkey' });
      await field(naming, 'Name').fill('Pocket');
      await button(naming, 'Continue').click();
      // Once for the options, once for the key: without a second step the password holds for one request.
      for (let i = 0; i < 2; i++) {
        await proof(page).getByLabel('Password', { exact: true }).fill(ada.password);
        await button(proof(page), 'Continue').click();
        // Done, or asked again: the next question comes at once and has an empty field.
        const added = page.getByText('Passkey added');
        const empty = () =>
          proof(page)
            .getByLabel('Password', { exact: true })
            .evaluateAll((fields) => fields.some((field) => field.value === ''));
        await eventually('done, or asked again', async () => (await added.isVisible()) || (await empty()));
        if (await added.isVisible()) break;
      }
      await page.getByText('Pocket').first().waitFor();
      await page.goto('/settings/devices');
      await page
        .getByRole('region', { name: 'This device' })
        .getByRole('button', { name: 'Sign out' })
        .click();
      await page.waitForURL('**/login**');
      // The key offers itself in the field (and this one is touched at once); back where one was.
      await page.waitForURL('**/settings/devices');
      await page.getByRole('region', { name: 'This device' }).waitFor();
    } finally {
      pipe.close();
      await server.end();
    }
  },

  'settings: e-mail changed by two codes, username by password': async (windows) => {
    const ada = await person('Ada');
    windows.allow(403);
    const page = await windows.as(ada, { path: '/settings/account' });
    await page.getByRole('button', { name: 'Change' }).nth(1).click();
    const dialog = page.getByRole('dialog', { name: 'Change e-mail address' });
    const { code } = await letter(ada.email, 'email_change_original');
    await field(dialog, 'Code').fill(code);
    await button(dialog, 'Continue').click();
    const email = `${unique('new')}@example.com`;
    await field(dialog, 'New address').fill(email);
    await button(dialog, 'Continue').click();
    const confirm = await letter(email, 'email_change_new');
    await field(dialog, 'Code').fill(confirm.code);
    await button(dialog, 'Change e-mail address').click();
    await proof(page).getByLabel('Password', { exact: true }).fill(ada.password);
    await button(proof(page), 'Continue').click();
    await page.getByText('E-mail address changed').waitFor();
    await page.getByText(email).waitFor();
    await page.getByRole('button', { name: 'Change' }).first().click();
    const naming = page.getByRole('dialog', { name: 'Change username' });
    const name = unique('ada_');
    await field(naming, 'Username').fill(name);
    await naming.getByText('Free').waitFor();
    await button(naming, 'Change').click();
    await proof(page).getByLabel('Password', { exact: true }).fill(ada.password);
    await button(proof(page), 'Continue').click();
    await page.getByText('Username changed').waitFor();
    equal((await ada.get('/users/@me')).username, name);
  },

  '40 theme, accent and density; CSS that hides everything, and the safe mode': async (windows) => {
    const ada = await person('Ada');
    const page = await windows.as(ada, { path: '/settings/appearance' });
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.getByRole('radio', { name: 'Coal' }).check();
    equal(await theme(), 'coal');
    await page.getByRole('slider', { name: 'Accent' }).fill('30');
    await page.getByRole('radio', { name: 'Compact' }).check();
    await page.reload();
    await page.getByRole('radio', { name: 'Compact' }).waitFor();
    equal(await theme(), 'coal');
    equal(await page.evaluate(() => document.documentElement.dataset.density), 'compact');
    equal(await page.getByRole('slider', { name: 'Accent' }).inputValue(), '30');
    await eventually(
      'the account has it',
      async () => (await ada.get('/users/@me/settings')).theme === 'coal',
    );
    await field(page, 'CSS').fill('@import "https://example.org/x.css";');
    await page.getByText('@import is not allowed.').waitFor();
    await field(page, 'CSS').fill('#layers, #root { display: none }');
    await button(page, 'Apply').click();
    await page.getByRole('slider', { name: 'Accent' }).waitFor({ state: 'hidden' });
    await page.goto('/settings/appearance?safe=1');
    await page.getByText('Safe mode').waitFor();
    await page.getByRole('switch', { name: 'Use my CSS' }).uncheck();
    await page.goto('/settings/appearance');
    await page.getByRole('slider', { name: 'Accent' }).waitFor();
  },

  '44 an application: bot token, wrong redirect refused in words, bot added by consent': async (windows) => {
    const ada = await person('Ada');
    const guild = await ada.guild('Trains and Tea');
    const page = await windows.as(ada, { path: '/settings/developer' });
    await button(page, 'New application').click();
    await field(page, 'Name').fill('Timetable');
    await button(page, 'Create').click();
    const ready = page.getByRole('dialog', { name: 'Timetable is ready' });
    const token = await ready.locator('code').first().textContent();
    const bot = anybody();
    bot.token = `Bot ${token}`;
    const { username, id } = await bot.get('/users/@me');
    equal(username, 'Timetable');
    await button(ready, 'I have kept it').click();
    await field(page, 'New redirect address').fill('example.org/back');
    await page.getByText('A whole address with https:// or http://').waitFor();
    await field(page, 'New redirect address').fill('https://example.org/back');
    await button(page, 'Add').click();
    await button(page, 'Save').click();
    await page.getByText('Application saved').waitFor();
    const wrong = encodeURIComponent('https://elsewhere.org/');
    await page.goto(
      `/oauth2/authorize?client_id=${id}&scope=identify&response_type=code&redirect_uri=${wrong}`,
    );
    await page.getByText('an address that the application has not registered').waitFor();
    await page.goto(`/oauth2/authorize?client_id=${id}&scope=bot&permissions=2052`);
    await page.getByRole('combobox', { name: 'Community' }).selectOption(guild.id);
    await page.getByRole('checkbox', { name: 'Ban members' }).uncheck();
    await axe(page, 'main');
    await button(page, 'Add the bot').click();
    await page.waitForURL(`**/channels/${guild.id}**`);
    const roles = await ada.get(`/guilds/${guild.id}/roles`);
    equal(roles.find((role) => role.name === 'Timetable').permissions, '2048');
  },
};
