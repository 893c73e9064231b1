// Signing in where more is asked: a captcha, a code by text message.
import { axe } from '../lib/browser.mjs';
import { person } from '../lib/people.mjs';
import { ownServer } from '../lib/server.mjs';
import { totp } from '../lib/totp.mjs';
import { eventually } from '../lib/wait.mjs';

const enter = async (page, { email, password }) => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

export default {
  'a captcha is shown only when the server asks, and its answer lets one in': async (windows) => {
    const settings = {
      FLUXER_CONFIG__INTEGRATIONS__CAPTCHA__ENABLED: 'true',
      FLUXER_CONFIG__INTEGRATIONS__CAPTCHA__PROVIDER: 'hcaptcha',
      FLUXER_CONFIG__INTEGRATIONS__CAPTCHA__HCAPTCHA__SITE_KEY: 'site',
      FLUXER_CONFIG__INTEGRATIONS__CAPTCHA__HCAPTCHA__SECRET_KEY: 'secret',
    };
    const server = await ownServer(settings);
    try {
      windows.allow(400);
      windows.allowHost('js.hcaptcha.com');
      const ada = await person('Ada', { api: server.api, headers: { 'x-captcha-token': 'made up' } });
      const page = await windows.open({ origin: server.origin, path: '/login' });
      // The provider's script, as far as it concerns us.
      await page.context().route('https://js.hcaptcha.com/**', (route) =>
        route.fulfill({
          contentType: 'text/javascript',
          body: `globalThis.hcaptcha = { render(at, { callback }) {
            const button = document.createElement('button');
            button.type = 'button';
            button.textContent = 'I am human';
            button.onclick = () => callback('a token');
            at.append(button);
          } };`,
        }),
      );
      await enter(page, ada);
      await page.getByRole('button', { name: 'I am human' }).waitFor();
      await axe(page);
      await page.getByRole('button', { name: 'I am human' }).click();
      await page.getByRole('heading', { name: 'Friends', level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
    } finally {
      await server.end();
    }
  },

  '3 a code by text message is the second step': async (windows) => {
    const ada = await person('Ada');
    windows.allow(400);
    const { password } = ada;
    const phone = `+49151${String(Math.floor(Math.random() * 1e7)).padStart(8, '2')}`;
    await ada.post('/users/@me/phone/send-verification', { phone });
    const { phone_token } = await ada.post('/users/@me/phone/verify', { phone, code: '123456' });
    await ada.post('/users/@me/phone', { phone_token, password });
    const secret = 'JBSWY3DPEHPK3PXP';
    await ada.post('/users/@me/mfa/totp/enable', { secret, code: totp(secret), password });
    await ada.post('/users/@me/mfa/sms/enable', { mfa_method: 'totp', mfa_code: totp(secret) });
    const page = await windows.open({ path: '/login' });
    await enter(page, ada);
    await page.getByRole('tab', { name: 'Text message' }).click();
    await page.getByText(phone.slice(-4)).waitFor();
    await axe(page);
    await page.getByRole('button', { name: 'Send a code' }).click();
    const code = page.getByRole('textbox', { name: 'Code' });
    await code.fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await eventually('the field is marked', async () => (await code.getAttribute('aria-invalid')) === 'true');
    await page.getByRole('button', { name: /Send again in/ }).waitFor();
    await code.fill('123456');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(/\/channels\/@me/);
  },
};
