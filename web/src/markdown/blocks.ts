// Blocks, line by line. Spaces before a construct do not count, except for lists.

import { fenceColumn, readFence } from './fence';
import { parseInline } from './inline';
import { MAX_DEPTH, MAX_LINE, type Run } from './limits';
import { bulletOf, readList } from './lists';
import { readTable } from './table';
import type { AlertKind, Block } from './types';

/** Which quotes may stand here: `> ` none inside another, `>>> ` only at the top. */
interface Place {
  quote: boolean;
  rest: boolean;
}

const heading = /^ *(#{1,4}) +(\S.*)$/;
const subtext = /^ *-# (\S.*)$/;
const alert = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$/;

class BlockParser {
  private readonly blocks: Block[] = [];
  private paragraph: string[] = [];
  private index = 0;
  /** The last line that holds two bars: beyond it nothing can close a spoiler. */
  private readonly lastBars: number;

  constructor(
    private readonly lines: string[],
    private readonly run: Run,
    private readonly depth: number,
    private readonly place: Place,
  ) {
    this.lastBars = lines.findLastIndex((line) => line.includes('||'));
  }

  parse(): Block[] {
    while (this.index < this.lines.length) {
      const line = this.lines[this.index] as string;
      this.run.steps += line.length + 1;
      if (line.length > MAX_LINE || !this.read(line)) {
        this.paragraph.push(line);
        this.index++;
      }
    }
    this.flush();
    return this.blocks;
  }

  private flush() {
    const text = this.paragraph
      .join('\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd();
    this.paragraph = [];
    if (text) this.push({ type: 'paragraph', children: parseInline(text, this.run, this.depth) });
  }

  private push(block: Block) {
    this.run.nodes++;
    this.blocks.push(block);
  }

  private open(block: Block, next: number) {
    this.flush();
    this.push(block);
    this.index = next;
  }

  /** Reads the block that starts at a line; false when the line is of a paragraph. */
  private read(line: string): boolean {
    const { run, lines, index, depth } = this;
    const bare = line.trimStart();
    switch (bare.charAt(0)) {
      case '>':
        if (this.quote(bare)) return true;
        break;
      case '#': {
        const found = run.headings ? heading.exec(line) : null;
        if (!found) break;
        const level = (found[1] as string).length as 1 | 2 | 3 | 4;
        this.open(
          { type: 'heading', level, children: parseInline(found[2] as string, run, depth + 1) },
          index + 1,
        );
        return true;
      }
      case '|':
        if (this.spoiler(bare)) return true;
        break;
      case '-': {
        const found = run.subtext ? subtext.exec(line) : null;
        if (!found) break;
        this.open({ type: 'subtext', children: parseInline(found[1] as string, run, depth + 1) }, index + 1);
        return true;
      }
    }
    if (bulletOf(line) && depth < MAX_DEPTH - 1) {
      this.flush();
      const { lists, next } = readList(lines, index, run, depth);
      for (const list of lists) this.push(list);
      this.index = next;
      return true;
    }
    if (run.tables && line.includes('|')) {
      const table = readTable(lines, index, run, depth);
      if (table) {
        this.open(table.block, table.next);
        return true;
      }
    }
    return run.fences && this.fence(line);
  }

  private fence(line: string): boolean {
    const column = fenceColumn(line);
    if (column === -1) return false;
    const { block, next, after } = readFence(this.lines, this.index, column);
    if (line.slice(0, column).trim()) this.paragraph.push(line.slice(0, column));
    for (let i = this.index + 1; i < next; i++) this.run.steps += (this.lines[i] as string).length;
    this.open(block, next);
    if (after.trim()) {
      // What follows on the last line goes on as if it stood in a line of its own.
      this.index = next - 1;
      this.lines[this.index] = after.trimStart();
    }
    return true;
  }

  private quote(bare: string): boolean {
    const { lines, index, run, depth, place } = this;
    if (depth >= MAX_DEPTH - 1) return false;
    if (place.rest && bare.startsWith('>>> ')) {
      const inner = [bare.slice(4), ...lines.slice(index + 1)];
      this.open(this.quoted(inner, { quote: true, rest: false }), lines.length);
      return true;
    }
    if (!place.quote || !bare.startsWith('> ')) return false;
    const inner: string[] = [];
    let next = index;
    for (; next < lines.length; next++) {
      const line = (lines[next] as string).trimStart();
      if (!line.startsWith('> ') && line !== '>') break;
      inner.push(line.slice(2));
    }
    const kind = run.alerts ? alert.exec(inner[0] as string)?.[1] : undefined;
    if (kind) {
      const children = parseBlocks(inner.slice(1), run, depth + 1, { quote: false, rest: false });
      this.open({ type: 'alert', kind: kind.toLowerCase() as AlertKind, children }, next);
    } else this.open(this.quoted(inner, { quote: false, rest: false }), next);
    return true;
  }

  private quoted(inner: string[], place: Place): Block {
    return { type: 'quote', children: parseBlocks(inner, this.run, this.depth + 1, place) };
  }

  /** Two bars at the start of a line that has no second pair: hidden up to the next pair, over several lines. */
  private spoiler(bare: string): boolean {
    const { lines, index, run, depth } = this;
    if (!bare.startsWith('||') || bare.includes('||', 2)) return false;
    if (this.lastBars <= index || depth >= MAX_DEPTH - 1) return false;
    const inner = [bare.slice(2)];
    let next = index + 1;
    while (!(lines[next] as string).includes('||')) inner.push(lines[next++] as string);
    const last = lines[next] as string;
    const end = last.indexOf('||');
    inner.push(last.slice(0, end));
    const after = last.slice(end + 2);
    while (inner.length && !inner[0]?.trim()) inner.shift();
    const children = parseBlocks(inner, run, depth + 1, { ...this.place, rest: false });
    this.open({ type: 'spoiler-block', children }, next + 1);
    if (after.trim()) {
      this.index = next;
      lines[next] = after.trimStart();
    }
    return true;
  }
}

export function parseBlocks(lines: string[], run: Run, depth: number, place: Place): Block[] {
  return new BlockParser(lines, run, depth, place).parse();
}
