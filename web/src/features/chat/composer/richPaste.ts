// Formatted text from elsewhere as our Markdown. Read by hand, tag by tag: the page may not parse markup (its policy
// refuses that), and nothing of what is pasted ever becomes an element.

const SKIPPED = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math']);
const BLOCKS = new Set(
  'address article aside blockquote dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const MARKS: Record<string, string> = {
  strong: '**',
  b: '**',
  em: '*',
  i: '*',
  u: '__',
  ins: '__',
  s: '~~',
  del: '~~',
  strike: '~~',
  code: '`',
};
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const LONGEST = 200_000;

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (all, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    return ENTITIES[String(name).toLowerCase()] ?? all;
  });
const attribute = (attributes: string, name: string): string => {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return decode(match?.[1] ?? match?.[2] ?? match?.[3] ?? '');
};
const literal = (text: string): string => text.replace(/[\\*_~`|]/g, '\\$&');

interface Open {
  name: string;
  /** What stands at its end. */
  after: string;
  /** Where its text began in the output; an element without text leaves no marks. */
  at: number;
  before: string;
}
interface List {
  ordered: boolean;
  number: number;
}

/** The marks that a style stands for; Google's documents say "bold" only so. */
function styled(name: string, style: string): string {
  const normal = /font-weight:\s*(?:normal|400)/i.test(style);
  let marks = name in MARKS && !(name === 'b' && normal) ? (MARKS[name] ?? '') : '';
  if (name !== 'span') return marks;
  if (/font-weight:\s*(?:bold|[6-9]00)/i.test(style)) marks += '**';
  if (/font-style:\s*italic/i.test(style)) marks += '*';
  if (/text-decoration[^;]*line-through/i.test(style)) marks += '~~';
  return marks;
}

export function toMarkdown(html: string): string {
  const text = html.slice(0, LONGEST);
  let out = '';
  const open: Open[] = [];
  const lists: List[] = [];
  let quotes = 0;
  let pre = 0;
  let skipping = '';

  const line = (blank = false) => {
    if (!out) return;
    out = out.replace(/[ \t]+$/, '');
    if (!out.endsWith('\n')) out += '\n';
    if (blank && !out.endsWith('\n\n')) out += '\n';
  };
  const fresh = () => out === '' || out.endsWith('\n');
  const begin = () => {
    if (fresh() && quotes > 0) out += '> ';
  };
  const push = (name: string, before: string, after: string) => {
    if (before) begin();
    open.push({ name, before, after, at: out.length });
    out += before;
  };
  const close = (name: string) => {
    const index = open.findLastIndex((one) => one.name === name);
    if (index < 0) return;
    for (const one of open.splice(index).reverse()) {
      const inner = out.slice(one.at + one.before.length);
      if (!one.before) out += one.after;
      else if (!inner.trim()) out = out.slice(0, one.at) + inner;
      else {
        // Marks stand at the words, not at the white space around them.
        const lead = /^\s*/.exec(inner)?.[0] ?? '';
        const tail = /\s*$/.exec(inner)?.[0] ?? '';
        out = out.slice(0, one.at) + lead + one.before + inner.trim() + one.after + tail;
      }
    }
  };

  for (const [all, comment, end, rawName, attributes, words] of text.matchAll(
    /(<!--[\s\S]*?(?:-->|$)|<![^>]*>)|<(\/?)([a-z][\w:-]*)([^>]*)>|([^<]+|<)/gi,
  )) {
    if (comment) continue;
    const name = rawName?.toLowerCase();
    if (skipping) {
      if (end && name === skipping) skipping = '';
      continue;
    }
    if (!name) {
      const said = decode(words ?? all);
      if (pre > 0) out += said;
      else {
        const folded = said.replace(/[\s\u00a0]+/g, ' ');
        const kept = fresh() || out.endsWith(' ') ? folded.trimStart() : folded;
        if (kept) {
          begin();
          out += open.some((one) => one.name === 'code') ? kept : literal(kept);
        }
      }
      continue;
    }
    if (end) {
      close(name);
      if (name === 'pre' && pre > 0) {
        pre -= 1;
        line();
        out += '```\n';
      }
      if (name === 'ul' || name === 'ol') lists.pop();
      if (name === 'blockquote') quotes = Math.max(0, quotes - 1);
      if (BLOCKS.has(name)) line(/^(?:p|h[1-6]|pre|blockquote)$/.test(name) && lists.length === 0);
      continue;
    }
    if (SKIPPED.has(name)) {
      if (!attributes?.endsWith('/')) skipping = name;
      continue;
    }
    if (BLOCKS.has(name) && pre === 0) line();
    if (name === 'br') {
      if (out) out = `${out.replace(/ +$/, '')}\n`;
    } else if (name === 'img') {
      const alt = attribute(attributes ?? '', 'alt');
      if (alt) out += literal(alt);
    } else if (name === 'pre') {
      pre += 1;
      out += '```\n';
    } else if (name === 'ul' || name === 'ol') {
      lists.push({ ordered: name === 'ol', number: Number(attribute(attributes ?? '', 'start')) || 1 });
    } else if (name === 'li') {
      const list = lists.at(-1) ?? { ordered: false, number: 1 };
      out += `${'  '.repeat(Math.max(0, lists.length - 1))}${list.ordered ? `${list.number}.` : '-'} `;
      list.number += 1;
    } else if (name === 'blockquote') quotes += 1;
    else if (/^h[1-6]$/.test(name)) {
      begin();
      out += `${'#'.repeat(Math.min(4, Number(name[1])))} `;
    } else if (name === 'a' && pre === 0) {
      const href = attribute(attributes ?? '', 'href').trim();
      const safe = /^(?:https?:\/\/|mailto:)[^\s<>"']+$/i.test(href);
      push('a', safe ? '[' : '', safe ? `](${href})` : '');
    } else if (!VOID.has(name)) {
      const marks = pre > 0 ? '' : styled(name, attribute(attributes ?? '', 'style'));
      if (marks || name === 'span' || name in MARKS)
        push(
          name,
          marks,
          marks
            .match(/\*\*|__|~~|[*`]/g)
            ?.reverse()
            .join('') ?? '',
        );
    }
  }
  for (const { name } of [...open].reverse()) close(name);
  return (
    out
      // An address whose words are the address needs no brackets.
      .replace(/\[(https?:\/\/[^\]\s]+)\]\((https?:\/\/[^)\s]+)\)/g, (all, words: string, href: string) =>
        words.replace(/\\/g, '') === href ? href : all,
      )
      .replace(/[ \t]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}
