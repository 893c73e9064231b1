// A report of somebody without an account.
import { axe } from '../lib/browser.mjs';
import { letter, person, unique } from '../lib/people.mjs';
import { eventually } from '../lib/wait.mjs';

export default {
  'a message is reported without an account: by its link, a name and a code from the mail': async (
    windows,
  ) => {
    const ada = await person('Ada');
    const guild = await ada.guild('Harbour');
    const message = await ada.say(guild.general.id, 'something bad');
    windows.allow(400, 404);
    const page = await windows.open({ path: '/report' });
    await page.getByRole('heading', { name: 'Report something' }).waitFor();
    await axe(page);
    const button = page.getByRole('button', { name: 'Send me a code' });
    const target = page.getByLabel('Link to the message');
    await target.fill('nowhere');
    await page.getByLabel('Your full name').fill('Charles Babbage');
    await page.getByLabel('Country you live in').selectOption({ label: 'Germany' });
    const email = `${unique('charles')}@example.com`;
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('What is it about?').selectOption({ label: 'Spam' });
    await button.click();
    await page.getByText('That is no link to a message here, or the message is gone.').waitFor();
    await eventually(
      'the field is marked',
      async () => (await target.getAttribute('aria-invalid')) === 'true',
    );
    await target.fill(`${new URL(page.url()).origin}/channels/${guild.id}/${guild.general.id}/${message.id}`);
    await button.click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await axe(page);
    const { code } = await letter(email, 'dsa_report_verification');
    await page.getByLabel('Code from the mail').fill(code);
    await page.getByRole('button', { name: 'Send the report' }).click();
    await page.getByRole('heading', { name: 'Your report is with us' }).waitFor();
    await axe(page);
  },
};
