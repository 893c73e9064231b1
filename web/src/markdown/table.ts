import { parseInline } from './inline';
import type { Run } from './limits';
import type { Align, Block } from './types';

const MAX_COLUMNS = 32;

/** The cells of a line, split at bars that are neither escaped nor in code. */
function cells(line: string): string[] {
  const text = line.trim();
  const result: string[] = [];
  let current = '';
  let code = false;
  for (let at = text.startsWith('|') ? 1 : 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && text.charAt(at + 1) === '|') {
      current += '|';
      at++;
    } else if (char === '|' && !code) {
      result.push(current.trim());
      current = '';
    } else {
      if (char === '`') code = !code;
      current += char;
    }
  }
  if (current.trim() || !text.endsWith('|')) result.push(current.trim());
  return result;
}

function alignments(line: string): Align[] | null {
  if (!line.includes('-') || !/^[\s|:-]+$/.test(line)) return null;
  const result: Align[] = [];
  for (const cell of cells(line)) {
    if (!/^:?-+:?$/.test(cell)) return null;
    const [left, right] = [cell.startsWith(':'), cell.endsWith(':')];
    result.push(left && right ? 'center' : right ? 'end' : left ? 'start' : null);
  }
  return result.length ? result : null;
}

/** The table whose header is at a line, when there is one; and the line after it. */
export function readTable(
  lines: string[],
  index: number,
  run: Run,
  depth: number,
): { block: Block; next: number } | null {
  const header = lines[index] as string;
  const rule = lines[index + 1];
  if (rule === undefined || !header.includes('|') || !rule.includes('|')) return null;
  const align = alignments(rule);
  if (!align || align.length > MAX_COLUMNS) return null;
  const head = cells(header);
  if (head.length !== align.length) return null;
  const inline = (text: string) => parseInline(text, run, depth + 1);
  const rows: string[][] = [];
  let next = index + 2;
  while (next < lines.length && (lines[next] as string).includes('|')) {
    const row = cells(lines[next] as string).slice(0, align.length);
    while (row.length < align.length) row.push('');
    rows.push(row);
    next++;
  }
  run.nodes += rows.length;
  return {
    block: { type: 'table', align, head: head.map(inline), rows: rows.map((row) => row.map(inline)) },
    next,
  };
}
