// Looking through a parsed text for what it holds.
import type { Block, Inline, LinkNode, List } from './types';

/** The links that ask for a preview: not those in `<>`, and none that hides behind a spoiler. */
export function links(blocks: readonly Block[]): LinkNode[] {
  const found: LinkNode[] = [];
  const inline = (nodes: readonly Inline[]): void => {
    for (const node of nodes) {
      if (node.type === 'link') {
        if (node.preview) found.push(node);
      } else if ('children' in node && node.type !== 'spoiler') inline(node.children);
    }
  };
  const list = ({ items }: List): void => {
    for (const item of items) {
      inline(item.children);
      item.lists.forEach(list);
    }
  };
  const block = (node: Block): void => {
    if (node.type === 'quote' || node.type === 'alert') node.children.forEach(block);
    else if (node.type === 'list') list(node);
    else if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'subtext')
      inline(node.children);
  };
  blocks.forEach(block);
  return found;
}
