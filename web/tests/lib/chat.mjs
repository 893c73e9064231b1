// A conversation: people in a channel, what they write, and where the rows stand.
import { person } from './people.mjs';
import { eventually } from './wait.mjs';

export const composer = (page) => page.locator('form[data-region="composer"] textarea');
export const rows = (page) => page.locator('article[data-row]');
export const row = (page, text) => rows(page).filter({ hasText: text }).last();
export const list = (page) => page.locator('[data-region="messages"] [role="list"]');
export const gone = (locator, what) => eventually(what, async () => (await locator.count()) === 0);

export async function write(page, text) {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Nothing is on its way any more. */
export const settled = (page) => gone(page.locator('[data-pending]'), 'nothing on its way');

/** The texts of the channel as the server has them, oldest first. */
export const texts = async (who, channel) =>
  (await who.get(`/channels/${channel}/messages?limit=100`))
    .filter(({ type }) => type === 0 || type === 19)
    .map(({ content }) => content)
    .reverse();

export const newest = async (who, channel) => (await who.get(`/channels/${channel}/messages?limit=1`))[0];

/** Ada, whose community it is, and Ben in one channel; `open` shows it to one of them. */
export async function two(windows, options = {}) {
  const [ada, ben] = [await person('Ada', options), await person('Ben', options)];
  const guild = await ada.guild('Harbour');
  const channel = guild.general.id;
  await ben.join((await ada.invite(channel)).code);
  const path = `/channels/${guild.id}/${channel}`;
  const open = async (who, more = {}) => {
    const page = await windows.as(who, { path, ...more });
    await rows(page).first().waitFor();
    return page;
  };
  const another = (name) =>
    ada.post(`/guilds/${guild.id}/channels`, { name, type: 0, parent_id: guild.general.parent_id });
  return { ada, ben, guild, channel, path, open, another };
}

/** The rows stand where they stood some frames ago. */
export const rests = (page) => {
  let last;
  return eventually('the rows rest', async () => {
    const now = await page.evaluate(async () => {
      for (let i = 0; i < 3; i += 1) await new Promise(requestAnimationFrame);
      return [...document.querySelectorAll('article[data-row]')]
        .map((one) => `${one.dataset.row} ${one.getBoundingClientRect().top}`)
        .join();
    });
    const same = now === last;
    last = now;
    return same;
  });
};

/** What a hand does to the wheel. */
export const scroll = (page, by) =>
  list(page).evaluate((element, by) => {
    element.dispatchEvent(new WheelEvent('wheel'));
    element.scrollTop += by;
  }, by);

export const link = (page, name) => page.locator(`nav[data-region="channels"] a[data-item="${name}"]`);
/** The channel's row in the sidebar while it says that something is new. */
export const unread = (page, name) =>
  page.locator('nav[data-region="channels"] li[data-unread]', {
    has: page.locator(`a[data-item="${name}"]`),
  });

/** Right click, and an entry of the menu; those of a submenu by more names. */
export async function choose(page, text, ...entries) {
  await row(page, text).click({ button: 'right', position: { x: 200, y: 10 } });
  for (const name of entries) await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Files for the composer, as by its menu. */
export async function attach(page, files) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: /Attach files/ }).click();
  await (await chooser).setFiles(files);
}
export const file = (name, mimeType, buffer) => ({ name, mimeType, buffer: Buffer.from(buffer) });

/** Files in a message, by the API. */
export function upload(who, channel, content, files, more = {}) {
  const form = new FormData();
  const attachments = files.map(({ name, description, ...fields }, id) => ({
    id,
    filename: name,
    ...(description ? { description } : {}),
    ...fields,
    bytes: undefined,
    type: undefined,
  }));
  form.set('payload_json', JSON.stringify({ content, attachments, ...more }));
  files.forEach(({ name, bytes, type }, i) => {
    form.set(`files[${i}]`, new Blob([bytes], { type }), name);
  });
  return who.post(`/channels/${channel}/messages`, form);
}

/** A sound of so many seconds: a tone, as WAV. */
export function tone(seconds, rate = 8000) {
  const count = Math.round(seconds * rate);
  const out = Buffer.alloc(44 + count * 2);
  out.write('RIFF', 0);
  out.writeUInt32LE(36 + count * 2, 4);
  out.write('WAVEfmt ', 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(rate * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36);
  out.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i += 1) out.writeInt16LE(Math.sin((i / rate) * 440 * 6.283) * 6000, 44 + i * 2);
  return out;
}
