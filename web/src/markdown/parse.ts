import type { Block, Context } from './types';

/** Parses a text. Pure, and linear in its length. */
export function parse(text: string, _context: Context = 'message'): Block[] {
  return text ? [{ type: 'paragraph', children: [{ type: 'text', text }] }] : [];
}
