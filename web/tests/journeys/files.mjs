// Files: too large, taken back, cut off on their way; sounds and films that play; messages sent on.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axe } from '../lib/browser.mjs';
import {
  attach,
  choose,
  composer,
  file,
  gone,
  newest,
  row,
  settled,
  texts,
  tone,
  two,
  upload,
  write,
} from '../lib/chat.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const tray = (page) => page.getByRole('list', { name: 'Files of this message' });

/** A film of a second, drawn and recorded by the browser itself. */
const film = (page) =>
  page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
    const pen = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm;codecs=vp8' });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((done) => {
      recorder.onstop = done;
    });
    recorder.start();
    for (let i = 0; i < 12; i += 1) {
      pen.fillStyle = `hsl(${i * 30} 60% 50%)`;
      pen.fillRect(0, 0, 160, 120);
      await new Promise((done) => setTimeout(done, 100));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
const plays = (media) => media.evaluate((one) => !one.paused && one.currentTime > 0);

export default {
  '22 a file too large, one taken back, one cut off on its way; text goes meanwhile': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    windows.allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/);
    const page = await open(ben);
    const folder = await mkdtemp(join(tmpdir(), 'fluxer-journey-'));
    try {
      const large = join(folder, 'large.bin');
      await writeFile(large, 'large');
      await truncate(large, 524_288_001);
      await attach(page, [large]);
      await page.getByText(/large\.bin is larger than/).waitFor();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    await attach(page, [file('small.txt', 'text/plain', 'small')]);
    await tray(page).getByText('small.txt').waitFor();
    equal(await tray(page).getByRole('listitem').count(), 1, 'files taken');

    let release;
    let cut = false;
    const held = new Promise((done) => {
      release = done;
    });
    await page.context().route('**/messages', async (route) => {
      const { method, type } = {
        method: route.request().method(),
        type: route.request().headers()['content-type'] ?? '',
      };
      if (method !== 'POST' || !type.startsWith('multipart/')) return route.continue();
      if (cut) return route.abort();
      await held;
      await route.continue().catch(() => {});
    });
    await write(page, 'with a file');
    const waiting = row(page, 'with a file');
    await waiting.getByText('small.txt').waitFor();
    await waiting.getByRole('progressbar', { name: 'Uploading' }).waitFor();
    await axe(page, 'main');
    await write(page, 'meanwhile');
    await eventually('the text is there', async () => (await newest(ada, channel))?.content === 'meanwhile');
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await tray(page).getByText('small.txt').waitFor();
    equal(await composer(page).inputValue(), 'with a file', 'the text is back');

    // The line is cut: it waits, and goes by itself when the line is there again.
    cut = true;
    release();
    await composer(page).press('Enter');
    await row(page, 'with a file').getByText('Waiting to be sent').waitFor();
    cut = false;
    await eventually(
      'it is sent',
      async () => (await newest(ada, channel))?.attachments?.[0]?.filename === 'small.txt',
      60_000,
    );
    await settled(page);
    equal(await texts(ada, channel), ['meanwhile', 'with a file'], 'messages');
  },

  'sounds and films: one plays at a time; speed, sound and place by buttons and keys': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    // Stills of films are made where the server has a program for it.
    windows.allow(400);
    const page = await open(ada);
    const bytes = Buffer.from(await film(page), 'base64');
    await upload(ben, channel, 'two sounds', [
      { name: 'one.wav', bytes: tone(20), type: 'audio/wav' },
      { name: 'two.wav', bytes: tone(20), type: 'audio/wav' },
    ]);
    await upload(ben, channel, 'a film', [{ name: 'film.webm', bytes, type: 'video/webm' }]);
    const sound = (name) => page.getByRole('group', { name: `Sound ${name}` });
    const [one, two_] = [sound('one.wav'), sound('two.wav')];
    await one.getByRole('button', { name: 'Play' }).click();
    await eventually('the first plays', () => plays(one.locator('audio')));
    await two_.getByRole('button', { name: 'Play' }).click();
    await eventually('the second plays', () => plays(two_.locator('audio')));
    ok(await one.locator('audio').evaluate((audio) => audio.paused), 'the first is silent');
    await one.getByRole('button', { name: 'Play' }).waitFor();
    await two_.getByRole('button', { name: /^Speed: 1$/ }).click();
    await eventually('faster', () => two_.locator('audio').evaluate((audio) => audio.playbackRate === 1.25));
    await two_.getByRole('button', { name: 'Sound off' }).click();
    await eventually('silent', () => two_.locator('audio').evaluate((audio) => audio.muted));
    await two_.getByRole('slider', { name: 'Position' }).fill('15');
    await eventually('further on', () => two_.locator('audio').evaluate((audio) => audio.currentTime >= 15));
    await two_.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('k');
    await eventually('stopped by a key', () => two_.locator('audio').evaluate((audio) => audio.paused));
    await axe(page, 'main');

    await row(page, 'a film').getByRole('button', { name: 'Play film.webm' }).click();
    const video = page.getByRole('group', { name: 'Video film.webm' });
    await eventually('the film plays', () =>
      video.locator('video').evaluate((one) => one.currentTime > 0 || one.ended),
    );
    await axe(page, 'main');
  },

  'voice messages play one after the other': async (windows) => {
    const { ada, ben, channel, open } = await two(windows);
    const waveform = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 37) % 256)).toString('base64');
    const ids = [];
    for (const name of ['a', 'b']) {
      const voice = { name: `${name}.wav`, bytes: tone(1), type: 'audio/wav', duration: 1, waveform };
      ids.push((await upload(ben, channel, '', [voice], { flags: 8192 })).id);
    }
    const page = await open(ada);
    const [first, second] = ids.map((id) => page.locator(`[data-voice="${id}"]`));
    await second.waitFor();
    await page.evaluate(() => {
      window.played = [];
      document.addEventListener(
        'play',
        ({ target }) => window.played.push(target.closest('[data-voice]')?.dataset.voice),
        true,
      );
    });
    await first.getByRole('button', { name: 'Play' }).click();
    await eventually('both have played, in order', async () => {
      const played = await page.evaluate(() => window.played);
      return played.join() === ids.join();
    });
    await axe(page, 'main');
  },

  '26 sent on to two places with a word; pinned and saved by its menu': async (windows) => {
    const { ada, ben, guild, channel, open, another } = await two(windows);
    const other = await another('elsewhere');
    await ada.befriend(ben);
    const dm = await ada.dm(ben);
    await ada.say(dm.id, 'between us');
    const message = await ben.say(channel, 'worth **sending** on');
    const page = await open(ada);
    await choose(page, 'worth sending on', 'Forward');
    const dialog = page.getByRole('dialog', { name: 'Forward' });
    await dialog.getByRole('searchbox', { name: 'Where to' }).fill('elsewhere');
    await dialog.getByRole('checkbox', { name: /#elsewhere/ }).check();
    await dialog.getByRole('searchbox', { name: 'Where to' }).fill('Ben');
    await dialog.getByRole('checkbox', { name: 'Ben' }).check();
    await dialog.getByRole('textbox', { name: /Comment/ }).fill('look at this');
    await axe(page, 'dialog');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Forwarded to 2 places.').waitFor();
    for (const place of [other.id, dm.id]) {
      const [said, sent] = await eventually('both are there', async () => {
        const last = await ada.get(`/channels/${place}/messages?limit=2`);
        return last[0]?.content === 'look at this' && last[1]?.message_snapshots?.length && last;
      });
      equal(said.author.id, ada.id, 'who says it');
      equal(sent.message_snapshots[0].content, 'worth **sending** on', 'what it was');
      equal(sent.message_reference.message_id, message.id, 'where it was');
    }
    const seen = await open(ben, { path: `/channels/${guild.id}/${other.id}` });
    const shown = row(seen, 'worth sending on');
    await shown.getByText('Forwarded').waitFor();
    await shown.getByRole('link', { name: /#general/ }).click();
    await seen.waitForURL(`**/${channel}/${message.id}`);
    await row(seen, 'worth sending on').waitFor();

    await choose(page, 'worth sending on', 'Pin');
    const said = page.getByRole('article').filter({ hasText: /pinned a message/ });
    await said.waitFor();
    await seen
      .getByRole('button', { name: /^Pinned messages, new/ })
      .or(seen.getByRole('button', { name: /^Pinned messages/ }))
      .first()
      .click();
    await seen
      .getByRole('complementary', { name: 'Pinned messages' })
      .getByRole('article')
      .filter({ hasText: 'worth sending on' })
      .waitFor();
    await choose(page, 'worth sending on', 'Save');
    await page.getByText('Saved. You find it in your inbox.').waitFor();
    await page
      .getByRole('button', { name: /^Inbox/ })
      .first()
      .click();
    const side = page.getByRole('complementary', { name: 'Inbox' });
    await side.getByRole('tab', { name: 'Saved' }).click();
    await side.getByRole('article').filter({ hasText: 'worth sending on' }).waitFor();
    await gone(page.locator('[data-pending]'), 'nothing waits');
  },
};
