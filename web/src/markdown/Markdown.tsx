import { memo, type ReactNode } from 'react';
import { Blocks } from './Blocks';
import { RenderContext } from './context';
import { parse } from './parse';
import type { Block, Context } from './types';

export interface MarkdownProps {
  text: string;
  context?: Context;
  channelId?: string;
  guildId?: string;
  /** Shows up to six emoji that stand alone in a large size. */
  jumbo?: boolean;
  /** Follows the last word: the mark of an edited message. */
  after?: ReactNode;
}

// Trees by text, the least recently used given up first: an edited message has another text, and the old one goes.
const trees = new Map<string, Block[]>();
const KEPT = 600;

function treeOf(text: string, context: Context): Block[] {
  const key = `${context}:${text}`;
  const known = trees.get(key);
  const tree = known ?? parse(text, context);
  if (known) trees.delete(key);
  else if (trees.size >= KEPT) trees.delete(trees.keys().next().value as string);
  trees.set(key, tree);
  return tree;
}

/** Whether a tree is nothing but one to six emoji. */
function isJumbo(tree: Block[]): boolean {
  const [only, more] = tree;
  if (only?.type !== 'paragraph' || more) return false;
  let emoji = 0;
  for (const node of only.children) {
    if (node.type === 'emoji' || node.type === 'custom-emoji') emoji++;
    else if (node.type !== 'text' || node.text.trim()) return false;
  }
  return emoji >= 1 && emoji <= 6;
}

/** A text with its marks, as its author meant it. Every block finds its own direction of writing. */
export const Markdown = memo(function Markdown({
  text,
  context = 'message',
  channelId,
  guildId,
  jumbo = false,
  after,
}: MarkdownProps) {
  const tree = treeOf(text, context);
  const large = jumbo && context === 'message' && isJumbo(tree);
  return (
    <RenderContext value={{ context, channelId, guildId }}>
      <Blocks nodes={tree} after={after} jumbo={large} />
    </RenderContext>
  );
});
