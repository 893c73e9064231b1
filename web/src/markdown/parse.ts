import { parseBlocks } from './blocks';
import { parseInline } from './inline';
import { MAX_LINES, type Run } from './limits';
import type { Block, Context } from './types';

function start(context: Context): Run {
  const message = context === 'message';
  return {
    blocks: context !== 'snippet',
    headings: message,
    fences: message || context === 'embed',
    subtext: message || context === 'embed',
    tables: message,
    alerts: message,
    groupMentions: context !== 'about',
    nodes: 0,
    steps: 0,
  };
}

/** As `parse`, and how many characters were looked at for it. */
export function parseCounted(text: string, context: Context = 'message'): { blocks: Block[]; steps: number } {
  const run = start(context);
  const clean = text.replace(/\r\n?/g, '\n');
  if (!run.blocks) {
    const children = parseInline(clean.replace(/\s*\n\s*/g, ' ').trim(), run);
    return { blocks: children.length ? [{ type: 'paragraph', children }] : [], steps: run.steps };
  }
  const lines = clean.split('\n');
  const rest = lines.splice(MAX_LINES);
  const blocks = parseBlocks(lines, run, 0, { quote: true, rest: true });
  if (rest.length) blocks.push({ type: 'paragraph', children: [{ type: 'text', text: rest.join('\n') }] });
  return { blocks, steps: run.steps };
}

/** Parses a text. Pure, and linear in its length. */
export function parse(text: string, context: Context = 'message'): Block[] {
  return parseCounted(text, context).blocks;
}
