// Every view of the client, by family: where it is, and what has to be pressed to see it. Pictures are taken of them,
// and journeys look at each in all themes, languages and sizes.
const key = (combination) => (page) => page.keyboard.press(combination);
const item = (page, name) => page.getByRole('menuitem', { name, exact: true }).click();
const row = (page, text) => page.getByRole('article').filter({ hasText: text }).last();

const SETTINGS =
  'profile account security devices privacy data blocked apps appearance accessibility chat notifications keys language developer about';
const COMMUNITY =
  'overview roles members invites bans moderation audit emoji stickers vanity discovery danger';

/** Waits until what a view shows is there: a heading, nothing that loads. */
export async function ready(page) {
  await page.locator('h1:visible, dialog[open] h2:visible').first().waitFor();
  await page
    .waitForFunction(() => !document.querySelector('[class*=skeleton], [aria-busy="true"]'), undefined, {
      timeout: 10_000,
    })
    .catch(() => {});
  await page.evaluate(() => document.fonts.ready);
}

/** `who` is the account (`null`: nobody, else a name in the sample); `open` brings the view up once `path` is there. */
export function views(s) {
  const { guild, dm, group, ada } = s;
  const home = `/channels/${guild.id}`;
  const general = `${home}/${guild.general.id}`;
  const at = (name, path, open) => ({ name, path, open, who: 'ada' });
  const outside = (name, path, open) => ({ name, path, open, who: null });
  const inChannel = (name, open) =>
    at(name, general, async (page) => {
      await row(page, 'will you bring the tea').waitFor();
      await open(page);
    });
  /** Of a panel only the panel is looked at: the channel is a view of its own. */
  const beside = (name, open) => ({ ...inChannel(name, open), within: 'aside' });
  const panel = (name, combination) => beside(name, key(combination));
  const inboxTab = (tab) => async (page) => {
    await page.keyboard.press('Control+i');
    await page.getByRole('tab', { name: tab }).click();
  };
  const dialogOf = (entry) => async (page) => {
    const menu = page.getByRole('button', { name: /^Reading circle, menu/ });
    await menu.click();
    await item(page, entry);
    await page.getByRole('dialog').waitFor();
  };
  // The newest row with her name is in view on every screen.
  const person = (page) =>
    row(page, 'will you bring the tea').getByRole('button', { name: 'Grace Hopper' }).first();
  const personMenu = async (page) => {
    await person(page).click();
    await page.getByRole('dialog').getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menu').first().waitFor();
  };
  const menuOf = (text) => async (page) => {
    await row(page, text).click({ button: 'right', position: { x: 120, y: 12 } });
    await page.getByRole('menu').waitFor();
  };
  const messageDialog = (entry) => async (page) => {
    await menuOf('The index in the back')(page);
    await item(page, entry);
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).first().waitFor();
  };
  const tab = (name) => (page) => page.getByRole('tab', { name }).click();

  return {
    'before the sign-in': [
      outside('login', '/login'),
      outside('login-refused', '/login', async (page) => {
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      }),
      outside('register', '/register'),
      outside('forgot', '/forgot'),
      outside('reset', '/reset#token=x'),
      outside('verify', '/verify#token=x'),
      outside('authorize-ip', '/authorize-ip#token=x'),
      outside('wasntme', '/wasntme#token=x'),
      outside('handoff', '/handoff'),
      outside('sso-callback', '/auth/sso/callback'),
      outside('invite', `/invite/${guild.invite}`),
      outside('invite-gone', '/invite/gone'),
    ],
    'the daily places': [
      at('community', general),
      at('friends', '/channels/@me'),
      at('friends-all', '/channels/@me?friends', tab('All')),
      at('friends-pending', '/channels/@me?friends', tab(/^Pending/)),
      at('friends-add', '/channels/@me?friends', tab('Add friend')),
      at('conversation', `/channels/@me/${dm.id}`),
      at('group', `/channels/@me/${group.id}`),
      at('notes', `/channels/@me/${ada.id}`),
      at('empty-channel', `${home}/${guild.named.announcements.id}`),
      at('member-list', `${home}/members`),
      at('discover', '/discover'),
      at('inbox-page', '/inbox'),
      at('you', '/you'),
      at('nothing-here', '/nothing/here'),
      at('no-such-channel', `${home}/1`),
      { name: 'barrier', path: `${home}/${guild.named.quiet.id}`, who: 'grace' },
      { name: 'nobody-yet', path: '/channels/@me', who: 'newcomer' },
    ],
    'panels beside a channel': [
      panel('pins', 'Control+p'),
      panel('search', 'Control+f'),
      beside('search-results', async (page) => {
        await page.keyboard.press('Control+f');
        await page.getByRole('searchbox').first().fill('thursday');
        await page.keyboard.press('Enter');
        await page
          .getByText(/\d+ messages?/)
          .first()
          .waitFor();
      }),
      beside('search-filters', async (page) => {
        await page.keyboard.press('Control+f');
        await page.getByRole('button', { name: 'Filters' }).click();
      }),
      ...['Unread', 'Mentions', 'Saved', 'Scheduled', 'Drafts', 'Requests'].map((name) =>
        beside(`inbox-${name.toLowerCase()}`, inboxTab(name)),
      ),
    ],
    'what opens over a channel': [
      inChannel('switcher', key('Control+k')),
      inChannel('keys', key('Control+/')),
      inChannel('emoji-picker', async (page) => {
        await page.getByRole('button', { name: 'Emoji', exact: true }).click();
        await page.getByRole('grid').first().waitFor();
      }),
      inChannel('sticker-picker', async (page) => {
        await page.keyboard.press('Control+s');
        await page.getByRole('tab', { name: 'Stickers' }).waitFor();
      }),
      inChannel('message-menu', menuOf('The index in the back')),
      inChannel('add-menu', async (page) => {
        await page.getByRole('button', { name: 'Add', exact: true }).click();
        await page.getByRole('menu').waitFor();
      }),
      inChannel('profile', async (page) => {
        await person(page).click();
        await page.getByRole('dialog').waitFor();
      }),
      inChannel('lightbox', async (page) => {
        await page.getByRole('button', { name: /Hills in the morning/ }).click();
        await page.getByRole('dialog').waitFor();
      }),
      inChannel('reply', async (page) => {
        await menuOf('will you bring the tea')(page);
        await item(page, 'Reply');
      }),
      inChannel('edit', async (page) => {
        await menuOf('The index in the back')(page);
        await item(page, 'Edit');
      }),
      inChannel('forward', messageDialog('Forward')),
      inChannel('who-reacted', messageDialog('Who reacted')),
      inChannel('delete-message', messageDialog('Delete')),
      inChannel('report-message', async (page) => {
        await menuOf('will you bring the tea')(page);
        await item(page, 'Report');
        await page.getByRole('dialog').waitFor();
      }),
      inChannel('suggestions', async (page) => {
        await page
          .getByRole('combobox', { name: /^Message / })
          .or(page.getByRole('textbox', { name: /^Message / }))
          .first()
          .fill('@');
        await page.keyboard.press('End');
        await page.keyboard.type('a');
        await page.getByRole('listbox').waitFor();
      }),
    ],
    'dialogs about people': [
      inChannel('person-menu', async (page) => {
        await personMenu(page);
      }),
      ...[
        ['kick', /^Kick/],
        ['ban', /^Ban/],
        ['timeout', /^Time/],
        ['report-person', /^Report/],
      ].map(([name, entry]) =>
        inChannel(name, async (page) => {
          await personMenu(page);
          await page.getByRole('menuitem', { name: entry }).click();
          await page.getByRole('dialog', { name: /Grace/ }).waitFor();
        }),
      ),
      at('new-group', '/channels/@me', async (page) => {
        await page
          .getByRole('button', { name: /^New (message|group)/ })
          .first()
          .click();
        await page.getByRole('dialog').waitFor();
      }),
      at('status', '/you', async (page) => {
        await page
          .getByRole('button', { name: /status/i })
          .first()
          .click();
        await page.getByRole('menu').or(page.getByRole('dialog')).first().waitFor();
      }),
    ],
    'dialogs of a community': [
      at('community-menu', home, async (page) => {
        await page.getByRole('button', { name: /^Reading circle, menu/ }).click();
        await page.getByRole('menu').waitFor();
      }),
      ...[
        ['invite-people', 'Invite people…'],
        ['notifications', 'Notifications…'],
        ['privacy', 'Privacy…'],
        ['create-channel', 'Create a channel…'],
      ].map(([name, entry]) => at(name, home, dialogOf(entry))),
      at('add-community', '/channels/@me', async (page) => {
        await page.getByRole('button', { name: 'Create or join a community' }).click();
        await page.getByRole('dialog').waitFor();
      }),
      at('create-community', '/channels/@me', async (page) => {
        await page.getByRole('button', { name: 'Create or join a community' }).click();
        await page.getByRole('button', { name: /^Create a community/ }).click();
      }),
      at('join-community', '/channels/@me', async (page) => {
        await page.getByRole('button', { name: 'Create or join a community' }).click();
        await page.getByRole('button', { name: /^Join/ }).click();
      }),
    ],
    settings: [
      ...SETTINGS.split(' ').map((page) => at(`settings-${page}`, `/settings/${page}`)),
      at('settings-application', '/settings/developer', (page) =>
        page.getByRole('button', { name: 'Open', exact: true }).first().click(),
      ),
    ],
    'settings of a community': [
      ...COMMUNITY.split(' ').map((page) => at(`community-${page}`, `${home}/settings/${page}`)),
      at('community-role', `${home}/settings/roles`, (page) =>
        page
          .getByRole('button', { name: /Moderators/ })
          .first()
          .click(),
      ),
      at('community-matrix', `${home}/settings/roles`, (page) =>
        page.getByRole('button', { name: 'Compare roles' }).click(),
      ),
      ...['overview', 'permissions', 'invites'].map((page) =>
        at(`channel-${page}`, `${general}/settings/${page}`),
      ),
    ],
    others: [
      at('consent', `/oauth2/authorize?client_id=${s.application.id}&scope=bot&permissions=2052`),
      at(
        'consent-person',
        `/oauth2/authorize?client_id=${s.application.id}&scope=identify%20email&response_type=code&redirect_uri=${encodeURIComponent('https://example.org/back')}`,
      ),
      at('gallery', '/gallery'),
    ],
    states: [
      at('offline', general, async (page) => {
        await page.context().setOffline(true);
        await page
          .getByText(/offline|reconnecting|cannot be reached/i)
          .first()
          .waitFor({ timeout: 60_000 });
      }),
    ],
  };
}
