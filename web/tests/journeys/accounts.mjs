// Several accounts on one device.
import { axe } from '../lib/browser.mjs';
import { kept } from '../lib/kept.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const writing = (page) => page.getByRole('textbox', { name: /^Message / });
const row = (page, text) => page.getByRole('article').filter({ hasText: text });

async function signInAs(page, who) {
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Nothing of the other account is left on the page, once the page is this one's. */
const nothing = (page, text) =>
  eventually(`nothing of ${text}`, async () => (await page.getByText(text).count()) === 0);

const self = (page) => page.getByRole('button', { name: /Status and account$/ });
async function accounts(page) {
  await self(page).click();
  await page.getByRole('menuitem', { name: 'Accounts…' }).click();
  return page.getByRole('dialog', { name: 'Accounts' });
}

export default {
  '45 two accounts: switch, sign out of one, the other is untouched': async (windows) => {
    const ada = await person('Ada Lovelace');
    const eve = await person('Eve Second');
    const here = await ada.guild('Analytical');
    const there = await eve.guild('Elsewhere');
    await ada.say(here.general.id, 'secret of ada');
    await eve.say(there.general.id, 'secret of eve');

    const page = await windows.as(ada, { path: `/channels/${here.id}/${here.general.id}` });
    await row(page, 'secret of ada').waitFor();
    let dialog = await accounts(page);
    await axe(page, 'dialog');
    await dialog.getByRole('button', { name: 'Add an account' }).click();
    await page.getByRole('heading', { name: 'Add an account' }).waitFor();
    await page.getByRole('button', { name: /Ada Lovelace/ }).waitFor();
    await axe(page);
    await signInAs(page, eve);
    await self(page)
      .and(page.getByRole('button', { name: /^Eve Second/ }))
      .waitFor();
    await page.getByRole('link', { name: /Elsewhere/ }).click();
    await row(page, 'secret of eve').waitFor();
    await nothing(page, 'Analytical');
    await writing(page).fill('a draft of eve');
    await eventually('the draft is kept', async () => (await kept(page)).includes('a draft of eve'));

    dialog = await accounts(page);
    await dialog.getByRole('button', { name: /Ada Lovelace/ }).click();
    // Back where the other account was.
    await row(page, 'secret of ada').waitFor();
    equal(new URL(page.url()).pathname, `/channels/${here.id}/${here.general.id}`);
    await nothing(page, 'secret of eve');
    await writing(page).fill('still ada');
    await writing(page).press('Enter');
    await eventually('sent in her name', async () => {
      const [last] = await ada.get(`/channels/${here.general.id}/messages?limit=1`);
      return last.content === 'still ada' && last.author.id === ada.id;
    });

    dialog = await accounts(page);
    await dialog.getByRole('button', { name: /Eve Second/ }).click();
    await row(page, 'secret of eve').waitFor();
    await eventually(
      'her draft is there',
      async () => (await writing(page).inputValue()) === 'a draft of eve',
    );

    // Signing out leads to the one that is left.
    dialog = await accounts(page);
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    const sure = page.getByRole('alertdialog', { name: 'Sign out?' });
    await sure.getByLabel('Remove my drafts too').check();
    await sure.getByRole('button', { name: 'Sign out' }).click();
    await row(page, 'secret of ada').waitFor();
    await eventually('nothing of the other is left', async () => {
      const all = await kept(page);
      return ![eve.id, 'Eve Second', 'secret of eve', 'a draft of eve', there.id].some((word) =>
        all.includes(word),
      );
    });
    await eve.get('/users/@me');
    await page.reload();
    await row(page, 'secret of ada').waitFor();
    await self(page)
      .and(page.getByRole('button', { name: /^Ada Lovelace/ }))
      .waitFor();
    dialog = await accounts(page);
    await dialog.getByRole('button', { name: /Ada Lovelace/ }).waitFor();
    await eventually(
      'one account is left',
      async () => (await dialog.getByRole('button', { name: /Eve/ }).count()) === 0,
    );
    ok(await ada.get('/users/@me'), 'the other session lives');
  },
};
