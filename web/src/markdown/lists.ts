import { parseInline } from './inline';
import { MAX_LIST_LEVELS, type Run } from './limits';
import type { List, ListItem } from './types';

export interface Bullet {
  level: number;
  ordered: boolean;
  number: number;
  text: string;
}

const bullet = /^( *)(?:([-*])|(\d{1,9})\.) +(.*)$/;

/** The item a line starts: level = spaces / 2; a single space before it makes it none. */
export function bulletOf(line: string): Bullet | null {
  const found = bullet.exec(line);
  if (!found) return null;
  const spaces = (found[1] as string).length;
  if (spaces === 1 || (found[4] as string).trim() === '') return null;
  return {
    level: Math.min(Math.floor(spaces / 2), MAX_LIST_LEVELS - 1),
    ordered: found[3] !== undefined,
    number: Number(found[3] ?? 1),
    text: found[4] as string,
  };
}

interface Open {
  list: List;
  item: { node: ListItem; lines: string[] };
}

/** Reads the list that starts at a line; answers the line after it. */
export function readList(
  lines: string[],
  index: number,
  run: Run,
  depth: number,
): { lists: List[]; next: number } {
  const roots: List[] = [];
  const stack: Open[] = [];
  const done: Open['item'][] = [];
  let next = index;
  for (; next < lines.length; next++) {
    const line = lines[next] as string;
    const found = bulletOf(line);
    if (!found) {
      // An indented line goes on with the item; anything else ends the list.
      const current = stack.at(-1);
      if (!current || !/^ {2,}\S/.test(line) || /^ *[#>]/.test(line) || line.includes('```')) break;
      current.item.lines.push(line.trim());
      continue;
    }
    // A level deeper than the next one counts as the next one.
    const level = Math.min(found.level, stack.length);
    stack.length = Math.min(stack.length, level + 1);
    const item = { node: { children: [], lists: [] } as ListItem, lines: [found.text] };
    done.push(item);
    const open = stack[level];
    if (open && open.list.ordered === found.ordered) {
      open.list.items.push(item.node);
      open.item = item;
      continue;
    }
    const list: List = { type: 'list', ordered: found.ordered, start: found.number, items: [item.node] };
    const siblings = level === 0 ? roots : (stack[level - 1] as Open).item.node.lists;
    siblings.push(list);
    stack[level] = { list, item };
    run.nodes++;
  }
  for (const item of done) item.node.children = parseInline(item.lines.join('\n'), run, depth + 1);
  run.nodes += done.length;
  return { lists: roots, next };
}
