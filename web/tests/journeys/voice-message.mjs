// A voice message: recorded, listened to, sent, heard by the other. The microphone beeps by itself.
import { axe } from '../lib/browser.mjs';
import { person } from '../lib/people.mjs';
import { equal, eventually, ok } from '../lib/wait.mjs';

const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

export default {
  '25 a voice message is recorded, listened to and sent; the other plays the same length': async (
    windows,
  ) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const guild = await ada.guild('Radio');
    const channel = guild.general.id;
    await ben.join((await ada.invite(channel)).code);
    const path = `/channels/${guild.id}/${channel}`;
    const permissions = ['microphone'];
    const page = await windows.as(ada, { path, permissions });
    const other = await windows.as(ben, { path });
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Voice message' }).click();
    const recorder = page.getByRole('group', { name: 'Voice message' });
    const clock = recorder.locator('output');
    await eventually('two seconds are recorded', async () => seconds(await clock.textContent()) >= 2);
    await axe(page, 'main');
    await recorder.getByRole('button', { name: 'Stop and listen' }).click();
    const play = recorder.getByRole('button', { name: 'Play' });
    await play.waitFor();
    await play.click();
    await eventually('it plays', async () =>
      recorder.locator('audio').evaluate((audio) => audio.currentTime > 0 || audio.ended),
    );
    await recorder.getByRole('button', { name: 'Send voice message' }).click();
    const message = await eventually('it is sent', async () => {
      const [newest] = await ada.get(`/channels/${channel}/messages?limit=1`);
      return newest?.attachments?.[0]?.waveform && newest;
    });
    const [file] = message.attachments;
    ok(message.flags & 8192, 'it says that it is a voice message');
    ok(file.duration >= 2, `its length: ${file.duration}`);
    const heard = other.locator(`[data-voice="${message.id}"]`);
    await heard.waitFor();
    equal(
      seconds(await heard.locator('[class*=time]').textContent()),
      Math.round(file.duration),
      'the same length on the other side',
    );
    await axe(other, 'main');
    await heard.getByRole('button', { name: 'Play' }).click();
    await eventually('the other hears it', async () =>
      heard.locator('audio').evaluate((audio) => audio.currentTime > 0 || audio.ended),
    );
    const real = await heard.locator('audio').evaluate((audio) => audio.duration);
    ok(!Number.isFinite(real) || Math.abs(real - file.duration) <= 1.1, `the sound is as long: ${real}`);
  },

  '25 thrown away, nothing is sent': async (windows) => {
    const ada = await person('Ada');
    const guild = await ada.guild('Radio');
    const path = `/channels/${guild.id}/${guild.general.id}`;
    const page = await windows.as(ada, { path, permissions: ['microphone'] });
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Voice message' }).click();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page
      .getByRole('textbox', { name: /^Message / })
      .or(page.locator('form[data-region="composer"] textarea'))
      .first()
      .waitFor();
    equal((await ada.get(`/channels/${guild.general.id}/messages?limit=5`)).length, 0, 'messages');
  },
};
