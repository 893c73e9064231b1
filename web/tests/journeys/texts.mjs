// Every construct of the Markdown dialect (24): what is written, and the elements it becomes.
import { axe } from '../lib/browser.mjs';
import { rows, two } from '../lib/chat.mjs';
import { eventually } from '../lib/wait.mjs';

/** By person, role and channel of the community. */
const fixture = ({ ben, role, channel, guild }) => [
  ['> one\n> two\nthree', 'blockquote(p(one\ntwo)) p(three)'],
  ['>>> all\n> of it', 'blockquote(p(all) blockquote(p(of it)))'],
  ['> [!NOTE]\n> mind', 'div(strong(Note) p(mind))'],
  ['> [!WARNING]\n> hot', 'div(strong(Warning) p(hot))'],
  ['- a\n  - b\n- c', 'ul(li(a ul(li(b))) li(c))'],
  ['3. three\n4. four', 'ol[3](li(three) li(four))'],
  ['# one\n## two\n### three\n#### four\n##### five', 'p(one) p(two) p(three) p(four) p(##### five)'],
  ['-# small', 'p(small)'],
  ['```js\nlet a = 1\n```', 'figure(figcaption(js) pre(code(let a = 1)))'],
  ['``` no language ```', 'figure(figcaption(Code) pre(code(no language)))'],
  ['||\nhidden\n||', 'div(div(p(hidden)))'],
  ['| a | b |\n| --- | :-: |\n| 1 | 2 |', 'div(table(thead(tr(th(a) th(b))) tbody(tr(td(1) td(2)))))'],
  [
    '**a** *b* _c_ ***d*** __e__ ~~f~~ ||g||',
    'p(strong(a) em(b) em(c) em(strong(d)) u(e) s(f) span(span(g)))',
  ],
  ['snake_case_name and 2 * 3 * 4', 'p(snake_case_name and 2 * 3 * 4)'],
  ['`a` ``b ` c``', 'p(code(a) code(b ` c))'],
  ['\\*not\\* ¯\\_(ツ)_/¯', 'p(*not* ¯\\_(ツ)_/¯)'],
  [
    'see https://a.example/x_(y), and <https://b.example>.',
    'p(see a[https://a.example/x_(y)](https://a.example/x_(y)) , and a[https://b.example/](https://b.example) .)',
  ],
  [
    '[words](https://c.example) [https://d.example](https://e.example)',
    'p(a[https://c.example/](words) [ a[https://d.example/](https://d.example) ]( a[https://e.example/](https://e.example) ))',
  ],
  [
    `<@${ben.id}> <@&${role.id}> <#${channel}>`,
    `p(button(bdi(@ Ben)) span(bdi(@ Sailors)) a[/channels/${guild.id}/${channel}](bdi(general)))`,
  ],
  ['@everyone <id:customize>', 'p(span(@ everyone) span(Channels and roles))'],
  ['<t:0:D>', 'p(time)'],
];

/** The tree of a message's text: elements with what they hold; pictures and buttons of the interface left out. */
const tree = (article) =>
  article.evaluate((element) => {
    const skip = 'svg, figcaption button, [class*=codeMore], [class*=edited]';
    const of = (node) => {
      if (node.nodeType === 3) return node.data;
      if (node.nodeType !== 1 || node.matches(skip)) return '';
      const name = node.localName;
      if (name === 'time') return 'time';
      if (name === 'figcaption') return `figcaption(${node.textContent.trim()})`;
      if (name === 'pre') return `pre(code(${node.textContent}))`;
      const parts = [...node.childNodes].map(of).filter(Boolean);
      const attribute =
        name === 'ol' ? `[${node.start}]` : name === 'a' ? `[${node.getAttribute('href')}]` : '';
      return `${name}${attribute}(${parts.join(' ').replace(/ {2,}/g, ' ').trim()})`;
    };
    return [...element.querySelector('[class*=text]').childNodes].map(of).filter(Boolean).join(' ');
  });

export default {
  '24 every construct of the dialect becomes its elements': async (windows) => {
    const { ada, ben, guild, channel, open, another } = await two(windows);
    const place = await another('texts');
    const role = await ada.post(`/guilds/${guild.id}/roles`, { name: 'Sailors' });
    const all = fixture({ ben, role, channel, guild });
    for (const [text] of all) await ben.say(place.id, text);
    // So high that every row is drawn.
    const page = await open(ada, { path: `/channels/${guild.id}/${place.id}`, width: 1280, height: 4000 });
    await eventually('all are shown', async () => (await rows(page).count()) === all.length);
    for (const [at, [text, wanted]] of all.entries())
      await eventually(`${JSON.stringify(text)} becomes ${wanted}`, async () => {
        const now = await tree(rows(page).nth(at));
        if (now !== wanted) throw new Error(now);
        return true;
      });
    await axe(page, 'main');
  },
};
