// Small windows: a phone with its keyboard, 400 % zoom.
import { axe } from '../lib/browser.mjs';
import { composer, gone, row, two, write } from '../lib/chat.mjs';
import { faults } from '../lib/layout.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const PHONE = { width: 390, height: 844, hasTouch: true, isMobile: true };
const inside = (locator) =>
  locator.evaluate((one) => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
  });

export default {
  '43 on a phone the keyboard comes: the field and the newest message stay above it': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    for (let n = 1; n <= 20; n += 1) await ben.say(channel, `line ${n}.`);
    const page = await open(ada, PHONE);
    await row(page, 'line 20.').waitFor();
    await composer(page).tap();
    // What a keyboard does to a page with `interactive-widget=resizes-content`.
    await page.setViewportSize({ width: 390, height: 480 });
    await eventually('the field is seen', () => inside(composer(page)));
    await eventually('so is the newest message', () => inside(row(page, 'line 20.')));
    await composer(page).fill('one\ntwo\nthree\nfour');
    await eventually('with more lines, too', () => inside(row(page, 'line 20.')));
    await eventually('and the field', () => inside(composer(page)));
    await page.getByRole('button', { name: 'Send', exact: true }).tap();
    await row(page, 'four').waitFor();
    await eventually('what was sent is seen', () => inside(row(page, 'four')));
    await page.setViewportSize({ width: 390, height: 844 });
    await eventually('and the end is still the end', async () => {
      const [last, field] = [await row(page, 'four').boundingBox(), await composer(page).boundingBox()];
      return last && field && field.y - (last.y + last.height) < 80;
    });
    await axe(page, 'main');
  },

  '43 on a phone a long press opens the menu, and Back closes what lies over the pane': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    await ben.say(channel, 'press me');
    const page = await open(ada, PHONE);
    await row(page, 'press me').waitFor();
    // A browser on a phone tells of a long press by this event.
    await row(page, 'press me').dispatchEvent('contextmenu', { clientX: 150, clientY: 400, bubbles: true });
    const menu = page.getByRole('menu');
    await menu.getByRole('menuitem', { name: 'Reply' }).waitFor();
    await axe(page, '[role="menu"]');
    await menu.getByRole('menuitem', { name: 'Reply' }).tap();
    await page.getByText('Replying to').waitFor();
    await composer(page).fill('pressed');
    await page.getByRole('button', { name: 'Send', exact: true }).tap();
    await eventually('an answer', async () => {
      const [last] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return last.content === 'pressed' && last.referenced_message?.content === 'press me';
    });
  },

  '41 400 % zoom: reading, writing and the ways on, in 320 by 256 pixels': async (windows) => {
    const { ada, ben, guild, channel, open } = await two(windows);
    await ben.say(channel, `a long word: ${'Donaudampfschifffahrt'.repeat(6)}`);
    await ben.say(channel, 'the last line');
    const page = await open(ada, { width: 320, height: 256, deviceScaleFactor: 4 });
    await row(page, 'the last line').waitFor();
    await eventually('the field is seen', () => inside(composer(page)));
    await eventually('so is the last line', () => inside(row(page, 'the last line')));
    equal(await faults(page), [], 'faults');
    await write(page, 'an answer');
    await eventually('what was written is seen', () => inside(row(page, 'an answer')));
    await composer(page).fill(Array.from({ length: 12 }, (_, n) => `line ${n}`).join('\n'));
    await eventually('a long draft leaves the send button in view', () =>
      inside(page.getByRole('button', { name: 'Send', exact: true })),
    );
    await row(page, 'the last line').click({ button: 'right', position: { x: 60, y: 8 } });
    await page.getByRole('menu').waitFor();
    await page.getByRole('menuitem', { name: 'Report' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    equal(await faults(page), [], 'faults of a dialog');
    const button = dialog.getByRole('button', { name: 'Report', exact: true });
    await button.scrollIntoViewIfNeeded();
    await eventually('its button can be reached', () => inside(button));
    await page.keyboard.press('Escape');
    await gone(dialog, 'the dialog is closed');
    await page.goBack().catch(() => {});
    await page.goto(`/channels/${guild.id}`);
    await page.locator('nav[data-region="channels"] a[data-item="general"]').waitFor();
    equal(await faults(page), [], 'faults of the list');
    ok(true, 'done');
  },
};
