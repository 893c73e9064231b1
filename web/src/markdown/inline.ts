// Inline constructs of one stretch of text, in one pass from left to right. Marks wait in `parts` until their
// counterpart comes; those that never find it are text again.

import { emojiAt } from './emoji';
import { MAX_DEPTH, MAX_LINE, MAX_NODES, MAX_URL, type Run } from './limits';
import { angleUrl, bareUrlAt, isMisleading, safeUrl, targetUrl } from './links';
import { isSpace, runLength, type Scan, scan } from './scan';
import { angleToken, shortcodeAt, type Token } from './tokens';
import type { Inline } from './types';

interface Mark {
  type: 'mark';
  char: string;
  count: number;
  opens: boolean;
  closes: boolean;
}

type Part = { node: Inline; depth: number } | { node: Mark; depth: 0 };

const word = /[\p{L}\p{N}]/u;
const punctuation = /[!-/:-@[-`{-~]/;
const special = /[\\`*_~|<[:@h\u00a9-\uffff0-9#]/gi;

export function parseInline(text: string, run: Run, depth = 0, links = true): Inline[] {
  if (text.length > MAX_LINE) return parseLong(text, run, depth, links);
  return new InlineParser(text, run, depth, links).parse();
}

/** A stretch with a line beyond the limit: that line is text, the others are parsed. */
function parseLong(text: string, run: Run, depth: number, links: boolean): Inline[] {
  const lines = text.split('\n');
  if (!lines.some((line) => line.length > MAX_LINE)) return new InlineParser(text, run, depth, links).parse();
  const result: Inline[] = [];
  let pending: string[] = [];
  const flush = () => {
    if (pending.length) result.push(...new InlineParser(pending.join('\n'), run, depth, links).parse());
    pending = [];
  };
  lines.forEach((line, i) => {
    const whole = i + 1 < lines.length ? `${line}\n` : line;
    if (line.length <= MAX_LINE) pending.push(line);
    else {
      if (pending.length) pending.push('');
      flush();
      result.push({ type: 'text', text: whole });
    }
  });
  flush();
  return result;
}

class InlineParser {
  private readonly parts: Part[] = [];
  private readonly openers: Record<string, number[]> = { '*': [], _: [], '~': [], '|': [] };
  private readonly known: Scan;
  private plain = '';

  constructor(
    private readonly text: string,
    private readonly run: Run,
    private readonly depth: number,
    private readonly links: boolean,
  ) {
    this.known = scan(text, run);
  }

  parse(): Inline[] {
    const { text, run } = this;
    let at = 0;
    while (at < text.length) {
      if (run.nodes >= MAX_NODES) {
        this.plain += text.slice(at);
        break;
      }
      special.lastIndex = at;
      const next = special.exec(text)?.index ?? text.length;
      run.steps += next - at + 1;
      this.plain += text.slice(at, next);
      if (next === text.length) break;
      const end = this.construct(next);
      if (end === next) {
        this.plain += text.charAt(next);
        at = next + 1;
      } else at = end;
      run.steps += at - next;
    }
    this.flush();
    return finish(this.parts);
  }

  /** Reads the construct at `at`, and answers where it ends: at `at` itself when there is none. */
  private construct(at: number): number {
    const { text } = this;
    switch (text.charAt(at)) {
      case '\\':
        return this.escape(at);
      case '`':
        return this.code(at);
      case '*':
      case '_':
      case '~':
      case '|':
        return this.mark(at);
      case '<':
        return this.angle(at);
      case '[':
        return this.link(at);
      case ':': {
        const token = shortcodeAt(text, at);
        return token ? this.token(token, at) : at;
      }
      case '@':
        return this.everyone(at);
      case 'h':
      case 'H':
        return this.bare(at);
      default: {
        const emoji = emojiAt(text, at);
        return emoji ? this.add({ type: 'emoji', text: emoji }, at + emoji.length) : at;
      }
    }
  }

  private flush() {
    if (!this.plain) return;
    this.parts.push({ node: { type: 'text', text: this.plain }, depth: 0 });
    this.plain = '';
  }

  private add(node: Inline, end: number, depth = 0): number {
    this.flush();
    this.run.nodes++;
    this.parts.push({ node, depth });
    return end;
  }

  private token(token: Token, at: number): number {
    return this.add(token.node, at + token.length);
  }

  private escape(at: number): number {
    const next = this.text.charAt(at + 1);
    if (!next || !punctuation.test(next)) return at;
    // The shrug keeps its arm.
    this.plain += next === '_' && this.text.charAt(at - 1) === '¯' ? '\\_' : next;
    return at + 2;
  }

  private code(at: number): number {
    const length = runLength(this.text, at);
    const close = this.known.code.get(at);
    if (close === undefined) {
      this.plain += this.text.slice(at, at + length);
      return at + length;
    }
    let inner = this.text.slice(at + length, close).replace(/\s+/g, ' ');
    if (inner.length > 2 && inner.startsWith(' ') && inner.endsWith(' ')) inner = inner.slice(1, -1);
    return this.add({ type: 'code', text: inner }, close + length);
  }

  private angle(at: number): number {
    const token = angleToken(this.text, at, this.run.groupMentions);
    if (token) return this.token(token, at);
    if (!this.links) return at;
    const window = this.text.slice(at + 1, at + 2 + MAX_URL);
    // Only what starts like an address is searched for its end.
    if (!/^(?:https?:\/\/|\+\d|sms:|tel:|mailto:|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@)/i.test(window)) return at;
    const length = window.search(/[>\n<]/);
    if (length === -1 || window.charAt(length) !== '>') return at;
    const inner = window.slice(0, length);
    const url = angleUrl(inner);
    if (!url) return at;
    const label = inner.replace(/^(?:sms|tel|mailto):/i, '');
    const children: Inline[] = [{ type: 'text', text: label }];
    return this.add({ type: 'link', url, children, bare: true, preview: false }, at + length + 2, 1);
  }

  private bare(at: number): number {
    const { text } = this;
    if (!this.links || (at > 0 && word.test(text.charAt(at - 1)))) return at;
    const raw = bareUrlAt(text, at, (char) => (this.openers[char]?.length ?? 0) > 0);
    const url = raw && safeUrl(raw);
    if (!url) return at;
    const children: Inline[] = [{ type: 'text', text: raw }];
    return this.add({ type: 'link', url, children, bare: true, preview: true }, at + raw.length, 1);
  }

  private link(at: number): number {
    const { text, known } = this;
    const close = known.brackets.get(at);
    if (!this.links || close === undefined || text.charAt(close + 1) !== '(' || known.nested.has(at))
      return at;
    const angled = text.charAt(close + 2) === '<';
    const start = close + 2;
    let end = known.parens.get(close + 1);
    if (angled) {
      const stop = known.stops[start + 1] as number;
      end = text.charAt(stop) === '>' && text.charAt(stop + 1) === ')' ? stop + 1 : undefined;
    } else if (end !== undefined && (known.stops[start] as number) < end) end = undefined;
    if (end === undefined || end - start > MAX_URL) return at;
    const raw = text.slice(start, end);
    const label = text.slice(at + 1, close);
    const url = targetUrl(raw);
    if (!url || isMisleading(label) || this.depth + 1 >= MAX_DEPTH) return at;
    const children = parseInline(label, this.run, this.depth + 1, false);
    return this.add(
      { type: 'link', url, children, bare: false, preview: !angled },
      end + 1,
      1 + depthOf(children),
    );
  }

  private everyone(at: number): number {
    if (!this.run.groupMentions) return at;
    if (this.text.startsWith('@everyone', at)) return this.add({ type: 'everyone' }, at + 9);
    if (this.text.startsWith('@here', at)) return this.add({ type: 'here' }, at + 5);
    return at;
  }

  private mark(at: number): number {
    const { text } = this;
    const char = text.charAt(at);
    const length = runLength(text, at);
    const end = at + length;
    const double = char === '~' || char === '|';
    if ((double && length < 2) || length > 64) {
      this.plain += text.slice(at, end);
      return end;
    }
    const before = at === 0 ? 32 : text.charCodeAt(at - 1);
    const after = end >= text.length ? 32 : text.charCodeAt(end);
    const inWordBefore = word.test(String.fromCharCode(before));
    const inWordAfter = word.test(String.fromCharCode(after));
    const opens = length >= 2 || (!isSpace(after) && !inWordBefore);
    const closes = length >= 2 || (!isSpace(before) && !inWordAfter);
    this.flush();
    const mark: Mark = { type: 'mark', char, count: length, opens, closes };
    // A lone mark inside a triple one follows the rule for lone marks too.
    const lone = { opens: !isSpace(after) && !inWordBefore, closes: !isSpace(before) && !inWordAfter };
    if (closes) this.close(mark, double, lone.closes);
    if (mark.count > 0) {
      if (opens) (this.openers[char] as number[]).push(this.parts.length);
      this.parts.push({ node: mark, depth: 0 });
    }
    return end;
  }

  /** Lets a mark close those that wait for it. */
  private close(mark: Mark, double: boolean, loneCloses: boolean) {
    const waiting = this.openers[mark.char] as number[];
    while (mark.count > 0) {
      const index = waiting.at(-1);
      if (index === undefined) return;
      const opener = this.parts[index]?.node as Mark;
      const use = opener.count >= 2 && mark.count >= 2 ? 2 : 1;
      if (use === 1 && (double || !loneCloses || index === this.parts.length - 1)) return;
      if (index === this.parts.length - 1) return;
      let depth = 0;
      for (let i = index + 1; i < this.parts.length; i++)
        depth = Math.max(depth, (this.parts[i] as Part).depth);
      this.run.steps += this.parts.length - index;
      if (this.depth + depth + 1 > MAX_DEPTH) {
        // Whatever encloses this is too deep as well, and need not be looked at again.
        for (const places of Object.values(this.openers)) places.length = 0;
        return;
      }
      const children = finish(this.parts.splice(index + 1));
      for (const places of Object.values(this.openers)) {
        while ((places.at(-1) ?? -1) > index) places.pop();
      }
      opener.count -= use;
      mark.count -= use;
      if (opener.count === 0) {
        this.parts.pop();
        waiting.pop();
      } else if (double && opener.count < 2) waiting.pop();
      this.run.nodes++;
      this.parts.push({ node: { type: wrap(mark.char, use), children } as Inline, depth: depth + 1 });
    }
  }
}

function wrap(char: string, use: number): 'strong' | 'em' | 'underline' | 'strike' | 'spoiler' {
  if (char === '~') return 'strike';
  if (char === '|') return 'spoiler';
  if (use === 1) return 'em';
  return char === '*' ? 'strong' : 'underline';
}

/** Marks left over become text; neighbouring texts become one. */
function finish(parts: Part[]): Inline[] {
  const result: Inline[] = [];
  for (const { node } of parts) {
    const inline: Inline = node.type === 'mark' ? { type: 'text', text: node.char.repeat(node.count) } : node;
    const last = result.at(-1);
    if (inline.type === 'text' && last?.type === 'text')
      result[result.length - 1] = { type: 'text', text: last.text + inline.text };
    else result.push(inline);
  }
  return result;
}

function depthOf(nodes: Inline[]): number {
  let depth = 0;
  for (const node of nodes) if ('children' in node) depth = Math.max(depth, 1 + depthOf(node.children));
  return depth;
}
