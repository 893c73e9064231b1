// The whole way by keyboard alone, and what a listener hears on it (42).
import { file, gone, newest, row, settled, texts, write } from '../lib/chat.mjs';
import { person, unique } from '../lib/people.mjs';
import { png } from '../lib/picture.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const focused = (locator) => locator.evaluate((one) => one === document.activeElement);
/** By Tab alone, as far as it takes. */
async function tabTo(page, locator, key = 'Tab') {
  await locator.waitFor();
  for (let step = 0; step < 80; step += 1) {
    if (await focused(locator)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${locator} is not reached by ${key}`);
}
async function fill(page, label, text) {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

const listen = (page) =>
  page.evaluate(() => {
    window.said = [];
    for (const region of document.querySelectorAll('.announcer'))
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) window.said.push(node.textContent);
      }).observe(region, { childList: true });
  });

export default {
  '42 from the invite to a described picture by keyboard only, and all of it is heard': async (windows) => {
    const ada = await person('Ada');
    const guild = await ada.guild('Reading circle');
    const channel = guild.general.id;
    const { code } = await ada.invite(channel);
    const other = await windows.as(ada, { path: `/channels/${guild.id}/${channel}` });
    const page = await windows.open({ path: `/invite/${code}` });
    await tabTo(page, page.getByRole('button', { name: 'Create an account and join' }));
    await page.keyboard.press('Enter');
    await fill(page, 'Name', 'Grace');
    await page.keyboard.press('Tab');
    await page.getByLabel('Username').waitFor();
    await fill(page, 'E-mail', `${unique('grace')}@example.com`);
    await fill(page, 'Password', 'a long enough password');
    await fill(page, 'Day', '9');
    await fill(page, 'Month', 'Dec');
    await fill(page, 'Year', '1990');
    await tabTo(page, page.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/channels/${guild.id}/${channel}`);
    const field = page.locator('form[data-region="composer"] textarea');
    await tabTo(page, field);
    await listen(page);
    const hears = (text) =>
      eventually(`heard: ${text}`, async () => (await page.evaluate(() => window.said)).includes(text));
    await page.keyboard.type('good evening');
    await page.keyboard.press('Enter');
    await hears('Sent');
    await row(other, 'good evening').waitFor();
    await write(other, 'welcome');
    await hears('Ada: welcome');
    // The row above, an answer to it.
    await page.keyboard.press('Control+Shift+F6');
    await eventually('the newest row', () => focused(row(page, 'welcome')));
    await page.keyboard.press('r');
    await eventually('back in the field', () => focused(field));
    await page.keyboard.type('thank you');
    await page.keyboard.press('Enter');
    await eventually('an answer', async () => (await newest(ada, channel)).type === 19);
    await settled(page);
    await page.keyboard.press('ArrowUp');
    await eventually('the last is changed', () => focused(page.locator('article textarea')));
    await page.keyboard.type(', all');
    await page.keyboard.press('Enter');
    await hears('Edited');
    await eventually('changed', async () => (await newest(ada, channel)).content === 'thank you, all');
    await eventually('back in the field', () => focused(field));
    await page.keyboard.type('never mind');
    await page.keyboard.press('Enter');
    await eventually('sent', async () => (await newest(ada, channel)).content === 'never mind');
    await settled(page);
    await page.keyboard.press('Control+Shift+F6');
    await eventually('a row', () => page.evaluate(() => !!document.activeElement?.dataset.row));
    await page.keyboard.press('End');
    await eventually('the newest row', () => focused(row(page, 'never mind')));
    await page.keyboard.press('Shift+D');
    await hears('Message deleted');
    await gone(row(page, 'never mind'), 'the row is gone');
    await tabTo(page, field);
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+Shift+U');
    const dot = png(40, 30, (x) => [255 * x, 90, 120]);
    await (await chooser).setFiles([file('dot.png', 'image/png', dot)]);
    const tray = page.getByRole('list', { name: 'Files of this message' });
    await tabTo(page, tray.getByRole('button', { name: 'Name and description' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await fill(page, 'Description', 'a red dot');
    await tabTo(page, page.getByRole('button', { name: 'Done' }));
    await page.keyboard.press('Enter');
    await gone(page.getByRole('dialog'), 'the dialog is closed');
    await tabTo(page, field);
    await page.keyboard.type('look');
    await page.keyboard.press('Enter');
    await hears('1 file uploaded and sent');
    await row(other, 'look').getByAltText('a red dot').waitFor();
    equal(await texts(ada, channel), ['good evening', 'welcome', 'thank you, all', 'look']);
    const said = await page.evaluate(() => window.said);
    equal(
      said.filter(Boolean),
      ['Sent', 'Ada: welcome', 'Sent', 'Edited', 'Sent', 'Message deleted', '1 file uploaded and sent'],
      'what was heard',
    );
    ok(true, 'done');
  },
};
