import { describe, expect, test } from 'vitest';
import { parse, parseCounted } from './parse';
import type { Block, Context, Inline, List } from './types';

/** A tree as one line: `p(…)`, `strong(…)`; short enough to read in a test. */
function show(text: string, context: Context = 'message'): string {
  return parse(text, context).map(showBlock).join(' ');
}

const inner = (nodes: Inline[]) => nodes.map(showInline).join('');

function showBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `p(${inner(block.children)})`;
    case 'heading':
      return `h${block.level}(${inner(block.children)})`;
    case 'subtext':
      return `sub(${inner(block.children)})`;
    case 'quote':
      return `quote(${block.children.map(showBlock).join(' ')})`;
    case 'alert':
      return `${block.kind}(${block.children.map(showBlock).join(' ')})`;
    case 'list':
      return showList(block);
    case 'code-block':
      return `pre[${block.language}](${block.text})`;
    case 'formula':
      return `formula(${block.text})`;
    case 'spoiler-block':
      return `hidden(${block.children.map(showBlock).join(' ')})`;
    case 'table':
      return `table[${block.align.join()}](${[block.head, ...block.rows].map((r) => r.map(inner).join('|')).join(' / ')})`;
  }
}

function showList(list: List): string {
  const name = list.ordered ? `ol${list.start}` : 'ul';
  return `${name}(${list.items.map((item) => inner(item.children) + item.lists.map(showList).join('')).join('; ')})`;
}

function showInline(node: Inline): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return `code(${node.text})`;
    case 'link':
      return `link[${node.url}${node.preview ? '' : ' -'}](${node.bare ? '=' : ''}${inner(node.children)})`;
    case 'user':
    case 'role':
    case 'channel':
      return `${node.type}(${node.id})`;
    case 'everyone':
    case 'here':
      return `${node.type}()`;
    case 'command':
      return `command(${node.name} ${node.id})`;
    case 'guide':
      return `guide(${node.page})`;
    case 'emoji':
      return `emoji(${node.text})`;
    case 'shortcode':
      return `short(${node.name} ${node.tone})`;
    case 'custom-emoji':
      return `custom(${node.animated ? 'a ' : ''}${node.name} ${node.id})`;
    case 'time':
      return `time(${node.seconds} ${node.style})`;
    default:
      return `${node.type}(${inner(node.children)})`;
  }
}

const cases: [string, string][] = [
  // Inline
  ['**a** b', 'p(strong(a) b)'],
  ['*a* _b_', 'p(em(a) em(b))'],
  ['***a***', 'p(em(strong(a)))'],
  ['__a__ ~~b~~ ||c||', 'p(underline(a) strike(b) spoiler(c))'],
  ['a*b*c snake_case_name', 'p(a*b*c snake_case_name)'],
  ['2 * 3 * 4', 'p(2 * 3 * 4)'],
  ['**a *b* c**', 'p(strong(a em(b) c))'],
  ['**a\nb**', 'p(strong(a\nb))'],
  ['**a', 'p(**a)'],
  ['**** ~~~~', 'p(**** ~~~~)'],
  ['*a **b*', 'p(*a *em(b))'],
  ['||a **b** c||', 'p(spoiler(a strong(b) c))'],
  ['`a`', 'p(code(a))'],
  ['``a`b``', 'p(code(a`b))'],
  ['`a  \n b`', 'p(code(a b))'],
  ['`a', 'p(`a)'],
  ['`**a**`', 'p(code(**a**))'],
  ['\\*a\\*', 'p(*a*)'],
  ['\\a', 'p(\\a)'],
  ['¯\\_(ツ)_/¯', 'p(¯\\_(ツ)_/¯)'],
  // Links
  ['see https://a.b/c.', 'p(see link[https://a.b/c](=https://a.b/c).)'],
  ['(https://a.b/c_(d))', 'p((link[https://a.b/c_(d)](=https://a.b/c_(d))))'],
  ['**https://a.b/c**', 'p(strong(link[https://a.b/c](=https://a.b/c)))'],
  ['||https://a.b||', 'p(spoiler(link[https://a.b/](=https://a.b)))'],
  ['<https://a.b>', 'p(link[https://a.b/ -](=https://a.b))'],
  ['<a@b.cd>', 'p(link[mailto:a@b.cd -](=a@b.cd))'],
  ['<+49 30 1234>', 'p(link[tel:+49301234 -](=+49 30 1234))'],
  ['<sms:+49301234>', 'p(link[sms:+49301234 -](=+49301234))'],
  ['[a](https://b.c)', 'p(link[https://b.c/](a))'],
  ['[**a**](<https://b.c>)', 'p(link[https://b.c/ -](strong(a)))'],
  ['[a](/b)', 'p([a](/b))'],
  ['[a](javascript:alert(1))', 'p([a](javascript:alert(1)))'],
  ['[a](https://b.c "t")', 'p([a](link[https://b.c/](=https://b.c) "t"))'],
  ['[https://x.y](https://b.c)', 'p([link[https://x.y/](=https://x.y)](link[https://b.c/](=https://b.c)))'],
  ['[a@b.cd](https://b.c)', 'p([a@b.cd](link[https://b.c/](=https://b.c)))'],
  ['https://user:pw@a.b/', 'p(link[https://a.b/](=https://user:pw@a.b/))'],
  ['https://пример.рф', 'p(link[https://xn--e1afmkfd.xn--p1ai/](=https://пример.рф))'],
  ['xhttps://a.b', 'p(xhttps://a.b)'],
  // Mentions, emoji, times
  ['<@1> <@!2> <@&3> <#4>', 'p(user(1) user(2) role(3) channel(4))'],
  ['@everyone @here', 'p(everyone() here())'],
  ['</a b:1> <id:browse>', 'p(command(a b 1) guide(browse))'],
  ['😀 👨‍👩‍👧 🇩🇪 1️⃣ ❤️', 'p(emoji(😀) emoji(👨‍👩‍👧) emoji(🇩🇪) emoji(1️⃣) emoji(❤️))'],
  ['™ © ® 1 #', 'p(™ © ® 1 #)'],
  [':wave::skin-tone-3: :a b: 10:30:45', 'p(short(wave 3) :a b: 10:30:45)'],
  ['<:a_b:1><a:c:2>', 'p(custom(a_b 1)custom(a c 2))'],
  ['<t:0> <t:-5:R> <t:1:x>', 'p(time(0 f) time(-5 R) <t:1:x>)'],
  ['<t:99999999999999>', 'p(<t:99999999999999>)'],
  // Blocks
  ['# a\n#### b\n##### c', 'h1(a) h4(b) p(##### c)'],
  ['  ## a', 'h2(a)'],
  ['#a', 'p(#a)'],
  ['-# a', 'sub(a)'],
  ['-#  a', 'p(-#  a)'],
  ['> a\n> b\nc', 'quote(p(a\nb)) p(c)'],
  ['> > a', 'quote(p(> a))'],
  ['>a', 'p(>a)'],
  ['>>> a\n> b\nc', 'quote(p(a) quote(p(b)) p(c))'],
  ['> [!NOTE]\n> a', 'note(p(a))'],
  ['> [!note]\n> a', 'quote(p([!note]\na))'],
  ['- a\n- b', 'ul(a; b)'],
  ['* a\n  - b\n    - c\n- d', 'ul(aul(bul(c)); d)'],
  ['3. a\n5. b', 'ol3(a; b)'],
  ['- a\n  more\n- b', 'ul(a\nmore; b)'],
  ['- a\n# b', 'ul(a) h1(b)'],
  [' - a', 'p( - a)'],
  ['-a', 'p(-a)'],
  ['- a\n1. b', 'ul(a) ol1(b)'],
  ['```js\na\n```', 'pre[js](a)'],
  ['```a```', 'pre[](a)'],
  ['x ```js\na\n\n  b\n```` y', 'p(x) pre[js](a\n\n  b) p(y)'],
  ['```\na', 'pre[](a)'],
  ['````\n```\n````', 'pre[](```)'],
  ['```tex\nx^2\n```', 'formula(x^2)'],
  ['> ```\n> a\n> ```\nb', 'quote(pre[](a)) p(b)'],
  ['||a\n- b\nc|| d', 'hidden(p(a) ul(b) p(c)) p(d)'],
  ['||a\nb', 'p(||a\nb)'],
  ['| a | b |\n|:--|--:|\n| 1 | \\| |\n| 2 |', 'table[start,end](a|b / 1|\\| / 2|)'.replace('\\|', '|')],
  ['a | b\nc', 'p(a | b\nc)'],
  ['a\n\nb', 'p(a\n\nb)'],
  ['', ''],
];

describe('constructs', () => {
  test.each(cases)('%j', (text, tree) => {
    expect(show(text)).toBe(tree);
  });
});

describe('contexts', () => {
  test('a snippet is inline, in one line', () => {
    expect(show('# a\n> **b**', 'snippet')).toBe('p(# a > strong(b))');
  });

  test('what a profile says holds no headings, fences, tables, alerts or group mentions', () => {
    expect(show('# a\n@everyone <@&1> ```b```\n-# c\n> d', 'about')).toBe(
      'p(# a\n@everyone <@&1> code(b)\n-# c) quote(p(d))',
    );
  });

  test('the text of an embed holds no headings, and its bare links lead somewhere', () => {
    expect(show('# a https://b.c', 'embed')).toBe('p(# a link[https://b.c/](=https://b.c))');
  });
});

function depthOf(nodes: unknown[]): number {
  let depth = 0;
  for (const node of nodes as { children?: unknown[] }[]) {
    if (node.children) depth = Math.max(depth, 1 + depthOf(node.children));
  }
  return depth;
}

describe('hostile texts', () => {
  const size = 100_000;
  const bombs: Record<string, string> = {
    stars: '*a '.repeat(size / 3),
    'closing stars': 'a* '.repeat(size / 3),
    'nested marks': `${'*_~~||**__'.repeat(size / 20)}x${'__**||~~_*'.repeat(size / 20)}`,
    'one long run': '*'.repeat(size),
    bars: '||'.repeat(size / 2),
    'bars by line': '||a\n'.repeat(size / 4),
    backticks: Array.from({ length: 440 }, (_, i) => '`'.repeat(i + 1)).join(' '),
    fences: '```a\n'.repeat(size / 5),
    brackets: '['.repeat(size),
    'empty links': '[]('.repeat(size / 3),
    'nested links': '[a](http://x'.repeat(size / 12),
    'closed links': `${'[a](http://x'.repeat(size / 14)}${')'.repeat(size / 14)}`,
    angles: '<'.repeat(size),
    'angle addresses': '<https://'.repeat(size / 9),
    'angle mail': '<aaaaaaaaaaaaaaaaaaaa'.repeat(size / 21),
    addresses: 'https://a.b'.repeat(size / 11),
    'address parens': `https://a.b/${'('.repeat(size)}`,
    quotes: '> '.repeat(size / 2),
    'quoted lines': '> a\n'.repeat(size / 4),
    'rest quotes': '>>> '.repeat(size / 4),
    lists: Array.from({ length: 2000 }, (_, i) => `${' '.repeat((i % 20) * 2)}- a`).join('\n'),
    tables: 'a|b\n-|-\n'.repeat(size / 8),
    'wide table': `${'|'.repeat(4000)}\n${'-|'.repeat(2000)}`,
    escapes: '\\'.repeat(size),
    colons: ':a'.repeat(size / 2),
    lines: '\n'.repeat(size),
    spaces: ' '.repeat(size),
    'marks of accents': `a${'\u0301'.repeat(size)}`,
    emoji: '👨‍👩‍👧'.repeat(size / 8),
    mentions: '<@1>'.repeat(size / 4),
  };

  test.each(Object.entries(bombs))('%s: the work is linear', (_, text) => {
    for (const length of [text.length, Math.floor(text.length / 2)]) {
      // Broken into lines too, since a line beyond the limit is not parsed at all.
      for (const whole of [text.slice(0, length), text.slice(0, length).replace(/(.{4000})/g, '$1\n')]) {
        const { steps, blocks } = parseCounted(whole);
        expect(steps).toBeLessThan(12 * whole.length + 1000);
        expect(depthOf(blocks)).toBeLessThanOrEqual(12);
      }
    }
  });

  test('any text is parsed, and nothing of it is lost', () => {
    const pieces = [
      '*',
      '**',
      '_',
      '__',
      '~~',
      '||',
      '`',
      '```',
      '\n',
      ' ',
      'a',
      '> ',
      '>>> ',
      '- ',
      '# ',
      '[',
      '](',
      ')',
    ];
    pieces.push(
      'https://a.b',
      '<',
      '>',
      '<@1>',
      ':x:',
      '\\',
      '1. ',
      '  ',
      '|',
      '|-|-|',
      '[!NOTE]',
      '😀',
      '\u202e',
      '<t:1>',
    );
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let i = 0; i < 3000; i++) {
      const count = 1 + Math.floor(random() * 40);
      let text = '';
      for (let j = 0; j < count; j++) text += pieces[Math.floor(random() * pieces.length)];
      const { blocks, steps } = parseCounted(text);
      expect(steps).toBeLessThan(12 * text.length + 200);
      // Whatever the marks around them become, the faces are still there.
      const faces = (of: string) => of.split('😀').length;
      expect(faces(blocks.map(showBlock).join())).toBeGreaterThanOrEqual(faces(text));
    }
  });

  test('beyond ten thousand nodes and lines there is only text', () => {
    const many = parse('<@1> '.repeat(20_000).replace(/(.{4000})/g, '$1\n'));
    expect(JSON.stringify(many).split('"user"').length - 1).toBeLessThanOrEqual(10_000);
    expect(parse('- a\n'.repeat(20_000)).at(-1)?.type).toBe('paragraph');
  });
});
