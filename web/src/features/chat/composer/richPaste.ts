// Rich text from elsewhere as Markdown. The HTML is parsed into a document of its own that runs and loads nothing.

const wraps: Record<string, string> = {
  STRONG: '**',
  B: '**',
  EM: '*',
  I: '*',
  U: '__',
  S: '~~',
  DEL: '~~',
  CODE: '`',
};
const blocks = new Set(['P', 'DIV', 'SECTION', 'ARTICLE', 'TR', 'UL', 'OL', 'TABLE']);

function around(mark: string, text: string): string {
  const trimmed = text.trim();
  return trimmed ? text.replace(trimmed, () => `${mark}${trimmed}${mark}`) : text;
}

function convert(node: Node, list: { ordered: boolean; depth: number; index: number } | null): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ');
  if (!(node instanceof Element)) return '';
  const name = node.tagName;
  if (/^(?:SCRIPT|STYLE|HEAD|TEMPLATE|META|TITLE)$/.test(name)) return '';
  if (name === 'BR') return '\n';
  if (name === 'PRE') return `\n\`\`\`\n${node.textContent ?? ''}\n\`\`\`\n`;
  const inner = (within = list) => [...node.childNodes].map((child) => convert(child, within)).join('');
  const wrap = wraps[name];
  if (wrap) return around(wrap, inner());
  if (name === 'A') {
    const href = node.getAttribute('href') ?? '';
    const text = inner().trim();
    return /^https?:\/\//i.test(href) && text && text !== href ? `[${text}](${href})` : text || href;
  }
  if (/^H[1-6]$/.test(name)) return `\n${'#'.repeat(Math.min(4, Number(name[1])))} ${inner().trim()}\n`;
  if (name === 'BLOCKQUOTE') return `\n${inner().trim().replace(/^/gm, '> ')}\n`;
  if (name === 'UL' || name === 'OL') {
    const next = { ordered: name === 'OL', depth: (list?.depth ?? -1) + 1, index: 0 };
    return `\n${inner(next)}`;
  }
  if (name === 'LI' && list) {
    list.index++;
    return `${'  '.repeat(list.depth)}${list.ordered ? `${list.index}.` : '-'} ${inner().trim()}\n`;
  }
  return blocks.has(name) ? `\n${inner()}\n` : inner();
}

export function toMarkdown(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return convert(page.body, null)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
