// The same people, communities and conversations every time: what the pictures show, and what the journeys that go
// through every view (accessibility, languages, sizes) look at.

import { upload } from './chat.mjs';
import { person } from './people.mjs';
import { dataUrl, disc, landscape, looks } from './picture.mjs';

const face = (look) => dataUrl(landscape(128, 128, looks[look]));

const talk = (ada, grace, alan) => [
  [grace, 'Has anybody finished the third chapter?'],
  [alan, 'Last night. **Do not** skip the footnotes, half of the story is in there.'],
  [alan, '> We can only see a short distance ahead, but we can see plenty there that needs to be done.'],
  [
    ada,
    'I made a list of what to read next:\n- *Gödel, Escher, Bach*\n- *The Sense of Style*\n- `man bash`, for the brave',
  ],
  [grace, 'Adding ||the one with the twist|| to it. Shall we say Thursday, 20:00?'],
];

const code = [
  'The index in the back is sorted by this, in case anybody wonders:',
  '```python',
  'def by_author(books):',
  '    """Family name first, then the year."""',
  '    return sorted(books, key=lambda b: (b.author.split()[-1], b.year))',
  '```',
].join('\n');

async function circle(ada, people) {
  const { grace, alan, katherine, margaret } = people;
  const guild = await ada.guild('Reading circle');
  const { id, general } = guild;
  await ada.patch(`/guilds/${id}`, { icon: face('dusk') });
  const { code: invite } = await ada.invite(general.id);
  for (const one of [grace, alan, katherine, margaret]) await one.join(invite);
  const roles = {};
  for (const [name, color, holder] of [
    ['Moderators', 0x3f8efc, grace],
    ['Authors', 0xe4793a, alan],
  ]) {
    const role = await ada.post(`/guilds/${id}/roles`, { name, color });
    await ada.patch(`/guilds/${id}/roles/${role.id}`, { hoist: true });
    await ada.put(`/guilds/${id}/members/${holder.id}/roles/${role.id}`);
    roles[name] = role;
  }
  const channels = {};
  for (const name of ['announcements', 'books-of-the-month', 'off-topic'])
    channels[name] = await ada.post(`/guilds/${id}/channels`, {
      name,
      type: 0,
      parent_id: general.parent_id,
    });
  await ada.patch(`/channels/${general.id}`, {
    topic: 'What we read, and what we think of it. **Thursdays, 20:00.**',
  });
  const quiet = await ada.post(`/guilds/${id}/channels`, {
    name: 'quiet',
    type: 0,
    parent_id: general.parent_id,
  });
  await ada.put(`/channels/${quiet.id}/permissions/${id}`, { type: 0, allow: '0', deny: String(1n << 11n) });
  for (const [name, ground, mark] of [
    ['bookworm', 0x5b8c5a, 0xf2e8cf],
    ['tea', 0xc08552, 0xfff8f0],
    ['plus_one', 0x3f8efc, 0xffffff],
  ])
    await ada.post(`/guilds/${id}/emojis`, { name, image: dataUrl(disc(ground, mark)) });
  await ada
    .post(`/guilds/${id}/stickers`, {
      name: 'good_evening',
      description: 'A good evening',
      tags: ['evening', 'sunset'],
      image: dataUrl(landscape(320, 320, looks.dusk)),
    })
    .catch(() => undefined);
  return { ...guild, invite, roles, named: { ...channels, quiet } };
}

async function conversation(ada, { grace, alan, katherine }, guild) {
  const at = guild.general.id;
  let last;
  for (const [who, text] of talk(ada, grace, alan)) last = await who.say(at, text);
  const answer = await ada.say(at, 'Thursday it is. 🎉', {
    message_reference: { message_id: last.id, channel_id: at },
  });
  await upload(katherine, at, 'Two pictures from the walk we spoke about.', [
    {
      name: 'morning.png',
      bytes: landscape(640, 420, looks.dawn),
      type: 'image/png',
      description: 'Hills in the morning',
    },
    {
      name: 'evening.png',
      bytes: landscape(640, 420, looks.desert),
      type: 'image/png',
      description: 'The same hills in the evening',
    },
  ]);
  await upload(alan, at, '', [
    {
      name: 'reading-list.txt',
      bytes: Buffer.from('Gödel, Escher, Bach\nThe Sense of Style\n'),
      type: 'text/plain',
    },
  ]);
  const snippet = await ada.say(at, code);
  const mention = await grace.say(at, `<@${ada.id}> will you bring the tea?`);
  await grace.put(`/channels/${at}/messages/${answer.id}/reactions/${encodeURIComponent('🎉')}/@me`);
  await alan.put(`/channels/${at}/messages/${answer.id}/reactions/${encodeURIComponent('📚')}/@me`);
  await alan.put(`/channels/${at}/messages/${snippet.id}/reactions/${encodeURIComponent('👍')}/@me`);
  await ada.put(`/channels/${at}/pins/${answer.id}`);
  await ada.post('/users/@me/saved-messages', { channel_id: at, message_id: snippet.id });
  await alan.say(guild.named['books-of-the-month'].id, 'Vote here until Sunday.');
  await grace.say(guild.named['off-topic'].id, `<@${ada.id}> have you seen the eclipse?`);
  return { answer, snippet, mention };
}

/** Makes it all. `suffix` keeps the names of people apart where a server is shared. */
export async function sample({ tag = '' } = {}) {
  const named = (name, username, look, more = {}) =>
    person(name, { username: `${username}${tag}` }).then(async (one) => {
      await one.patch('/users/@me', { avatar: look ? face(look) : null, ...more });
      return one;
    });
  const ada = await named('Ada Lovelace', 'ada', 'rose', {
    bio: 'Notes on the *Analytical Engine*, and on whatever else can be noted.',
    pronouns: 'she/her',
    accent_color: 0x8f5db7,
  });
  const grace = await named('Grace Hopper', 'grace', 'forest', {
    bio: 'Nanoseconds by the foot.',
    accent_color: 0x2f8f6b,
  });
  const alan = await named('Alan Turing', 'alan', 'dawn');
  const katherine = await named('Katherine Johnson', 'katherine', 'night');
  const margaret = await named('Margaret Hamilton', 'margaret', null);
  const edsger = await named('Edsger Dijkstra', 'edsger', 'desert');
  const people = { grace, alan, katherine, margaret, edsger };
  const guild = await circle(ada, people);
  for (const [name, look] of [
    ['Allotment garden', 'forest'],
    ['Night trains', 'night'],
  ]) {
    const other = await ada.post('/guilds', { name });
    await ada.patch(`/guilds/${other.id}`, { icon: face(look) });
  }
  const messages = await conversation(ada, people, guild);
  for (const one of [grace, alan, katherine]) await ada.befriend(one);
  await edsger.post(`/users/@me/relationships/${ada.id}`, {});
  const dm = await ada.dm(grace);
  await grace.say(dm.id, 'Lunch tomorrow?');
  await ada.say(dm.id, 'Gladly. The usual place.');
  await grace.say(dm.id, 'At noon, then. I bring the cards.');
  const group = await ada.post('/users/@me/channels', { recipients: [grace.id, alan.id] });
  await ada.patch(`/channels/${group.id}`, { name: 'Thursday supper' }).catch(() => undefined);
  await alan.say(group.id, 'Who cooks?');
  await ada.put(`/guilds/${guild.id}/bans/${(await banned(guild, tag)).id}`, {
    reason: 'Sold watches, every hour.',
  });
  const application = await ada.post('/oauth2/applications', {
    name: 'Librarian',
    redirect_uris: ['https://example.org/back'],
  });
  return { ada, ...people, guild, dm, group, messages, application };
}

async function banned(guild, tag) {
  const one = await person('Watch seller', { username: `seller${tag}` });
  await one.join(guild.invite);
  return one;
}
