// Keys that write Markdown: marks around a selection, lists and quotes that go on. Pure; the field is changed by
// the browser's own editing, so that undo stays whole.

export interface Edit {
  start: number;
  end: number;
  text: string;
  /** The selection afterwards. */
  select: [number, number];
}

/** Puts a mark around the selection, or takes it away when it is there already. */
export function toggleMark(text: string, start: number, end: number, mark: string): Edit {
  const size = mark.length;
  const inside = text.slice(start, end);
  if (inside.length >= 2 * size && inside.startsWith(mark) && inside.endsWith(mark)) {
    const bare = inside.slice(size, -size);
    return { start, end, text: bare, select: [start, start + bare.length] };
  }
  if (text.slice(start - size, start) === mark && text.slice(end, end + size) === mark) {
    return { start: start - size, end: end + size, text: inside, select: [start - size, end - size] };
  }
  return { start, end, text: mark + inside + mark, select: [start + size, end + size] };
}

const item = /^( *)(?:([-*]) +|(\d{1,9})\. +|(> ))/;

/** What Enter adds in a list or quote; an item without text ends it. */
export function continueLine(text: string, caret: number): Edit | null {
  const from = text.lastIndexOf('\n', caret - 1) + 1;
  const line = text.slice(from, caret);
  const found = item.exec(line);
  if (!found) return null;
  const [whole, indent = '', bullet, number] = found;
  if (line.length === whole.length && (text[caret] === undefined || text[caret] === '\n')) {
    return { start: from, end: caret, text: '', select: [from, from] };
  }
  const next = bullet ? `${indent}${bullet} ` : number ? `${indent}${Number(number) + 1}. ` : `${indent}> `;
  const added = `\n${next}`;
  return { start: caret, end: caret, text: added, select: [caret + added.length, caret + added.length] };
}

/** Whether the caret is in a fence that is still open: Enter breaks the line there. */
export function inFence(text: string, caret: number): boolean {
  return (text.slice(0, caret).split('```').length - 1) % 2 === 1;
}

const url = /^https?:\/\/\S+$/i;

/** A pasted address on a selection makes it a link. */
export function pasteLink(text: string, start: number, end: number, pasted: string): Edit | null {
  const label = text.slice(start, end);
  if (!label.trim() || !url.test(pasted.trim()) || url.test(label.trim()) || label.includes('\n'))
    return null;
  const made = `[${label}](${pasted.trim()})`;
  return { start, end, text: made, select: [start + made.length, start + made.length] };
}
