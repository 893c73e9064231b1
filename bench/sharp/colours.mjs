// Colours of pictures with a profile, as this server shows them and as sharp does:
// `node colours.mjs URL`, the URL being that of the API of a server in test mode. Prints a line a picture and what differs most.
//
// Display P3 and the printer's profile are sharp's own; the one of Adobe RGB (1998) is written here,
// from its published primaries and gamma.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const [url] = process.argv.slice(2);
const SIDE = 512;
// What a channel may differ by: two ways of rounding, in two steps, and of reading tables.
// Ink is only told of: how much of a printer's range is kept is a matter of taste.
const LIMITS = { 'display-p3': [0.6, 3], 'adobe-rgb': [0.6, 3], cmyk: [Infinity, Infinity] };

/** A version 2 profile of primaries (as XYZ under D50) and one gamma. */
function profile(name, [red, green, blue], gamma) {
  const fixed = (value) => Math.round(value * 65536);
  const xyz = (values) => {
    const tag = Buffer.alloc(20);
    tag.write('XYZ ');
    values.forEach((value, at) => tag.writeInt32BE(fixed(value), 8 + 4 * at));
    return tag;
  };
  const curve = Buffer.alloc(16);
  curve.write('curv');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const text = Buffer.alloc(8 + 4 + name.length + 1 + 4 + 4 + 2 + 1 + 67 + 3);
  text.write('desc');
  text.writeUInt32BE(name.length + 1, 8);
  text.write(name, 12);
  const right = Buffer.concat([Buffer.from('text\0\0\0\0none\0', 'latin1'), Buffer.alloc(3)]);
  const tags = [
    ['desc', text.subarray(0, text.length & ~3)],
    ['cprt', right],
    ['wtpt', xyz([0.9642, 1, 0.8249])],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  let offset = 128 + table.length;
  tags.forEach(([key, body], at) => {
    table.write(key, 4 + 12 * at);
    table.writeUInt32BE(offset, 8 + 12 * at);
    table.writeUInt32BE(body.length, 12 + 12 * at);
    offset += body.length;
  });
  const head = Buffer.alloc(128);
  head.writeUInt32BE(offset);
  head.writeUInt32BE(0x02400000, 8);
  head.write('mntrRGB XYZ ', 12);
  head.write('acsp', 36);
  [0.9642, 1, 0.8249].forEach((value, at) => head.writeInt32BE(fixed(value), 68 + 4 * at));
  return Buffer.concat([head, table, ...tags.map(([, body]) => body)]);
}

const ADOBE = profile(
  'Adobe RGB (1998)',
  [[0.60974, 0.31111, 0.01947], [0.20528, 0.62567, 0.06087], [0.14919, 0.06322, 0.74457]],
  563 / 256,
);

/** Every hue, from black over the full colour to white. */
function colours() {
  const pixels = Buffer.alloc(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const hue = (x / SIDE) * 6;
      const light = y / (SIDE - 1);
      for (let c = 0; c < 3; c++) {
        const full = Math.min(1, Math.max(0, Math.abs(((hue + [0, 4, 2][c]) % 6) - 3) - 1));
        const value = light < 0.5 ? full * light * 2 : full + (1 - full) * (light * 2 - 1);
        pixels[(y * SIDE + x) * 3 + c] = Math.round(value * 255);
      }
    }
  }
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } });
}

/** A PNG whose numbers mean what the profile says: also colours that sRGB does not have. */
function attach(png, icc) {
  const content = Buffer.concat([Buffer.from('iCCPprofile\0\0', 'latin1'), deflateSync(icc)]);
  const chunk = Buffer.alloc(8);
  chunk.writeUInt32BE(content.length - 4);
  chunk.writeUInt32BE(crc32(content), 4);
  const end = 8 + 25; // the signature and IHDR
  return Buffer.concat([png.subarray(0, end), chunk.subarray(0, 4), content, chunk.subarray(4), png.subarray(end)]);
}

async function call(method, path, body, token) {
  const answer = await fetch(`${url}/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '10.1.2.3', ...(token && { authorization: token }) },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const raw = async (picture) => {
  const { data, info } = await sharp(picture).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.width !== SIDE || info.channels !== 3) throw new Error(JSON.stringify(info));
  return data;
};

const folder = mkdtempSync(join(tmpdir(), 'colours-'));
let failed = false;
try {
  const adobe = join(folder, 'adobe.icc');
  writeFileSync(adobe, ADOBE);
  // Colours that sRGB has, turned into those of the profile.
  const given = (format, profile, options) =>
    colours().withIccProfile(profile).toFormat(format, options).toBuffer();
  const p3 = (await sharp(await given('png', 'p3')).metadata()).icc;
  const plain = await colours().png().toBuffer();
  const pictures = [
    ['display-p3, all of it', 'png', attach(plain, p3)],
    ['adobe-rgb, all of it', 'png', attach(plain, ADOBE)],
    ['display-p3', 'png', await given('png', 'p3')],
    ['display-p3', 'jpeg', await given('jpeg', 'p3', { quality: 100, chromaSubsampling: '4:4:4' })],
    ['display-p3', 'webp', await given('webp', 'p3', { lossless: true })],
    ['adobe-rgb', 'png', await given('png', adobe)],
    ['adobe-rgb', 'jpeg', await given('jpeg', adobe, { quality: 100, chromaSubsampling: '4:4:4' })],
    ['cmyk', 'jpeg', await colours().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer()],
  ];
  const name = `c${Date.now().toString(36)}`;
  const { token, user_id: id } = await call('POST', '/auth/register', {
    username: name, email: `${name}@example.com`, password: `pw-${name}-9Z`, date_of_birth: '1990-01-01', consent: true,
  });
  for (const [space, format, picture] of pictures) {
    const { avatar } = await call('PATCH', '/users/@me', { avatar: picture.toString('base64') }, token);
    const path = `${url.replace(/\/api$/, '')}/media/avatars/${id}/${avatar}.png?size=${SIDE}&quality=lossless`;
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const shown = Buffer.from(await answer.arrayBuffer());
    const kept = (await sharp(shown).metadata()).icc !== undefined;
    const [ours, theirs] = [await raw(shown), await raw(picture)];
    let [sum, most] = [0, 0];
    for (let at = 0; at < ours.length; at++) {
      const differs = Math.abs(ours[at] - theirs[at]);
      sum += differs;
      most = Math.max(most, differs);
    }
    const mean = sum / ours.length;
    const untouched = await raw(plain);
    let changed = 0;
    for (let at = 0; at < theirs.length; at++) changed += Math.abs(untouched[at] - theirs[at]);
    const [meanLimit, mostLimit] = LIMITS[space.split(",")[0]];
    const holds = !kept && mean <= meanLimit && most <= mostLimit;
    failed ||= !holds;
    console.log(
      `${holds ? 'ok' : 'DIFFERS'} ${space} ${format}: mean ${mean.toFixed(3)}, most ${most} of 255` +
        ` (unconverted: mean ${(changed / theirs.length).toFixed(1)})${kept ? ', a profile was left' : ''}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
