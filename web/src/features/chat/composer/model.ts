// What stands in the field and what is sent of it: mentions and custom emoji read as names there, and are tokens of
// the wire. Pure: a model and a change make the next model.

export interface Token {
  start: number;
  end: number;
  /** `<@1>`, `<#2>`, `<:name:3>` */
  wire: string;
}

export interface Model {
  /** As shown. */
  text: string;
  /** In order, never overlapping. */
  tokens: readonly Token[];
}

export const empty: Model = { text: '', tokens: [] };

export function toWire({ text, tokens }: Model): string {
  let result = '';
  let at = 0;
  for (const token of tokens) {
    result += text.slice(at, token.start) + token.wire;
    at = token.end;
  }
  return result + text.slice(at);
}

const pattern = /<(?:@[!&]?\d{1,20}|#\d{1,20}|a?:\w{1,64}:\d{1,20})>/g;

/** Reads a text of the wire; `nameOf` says how a token is shown, or that it is none we know. */
export function fromWire(wire: string, nameOf: (token: string) => string | undefined): Model {
  let text = '';
  const tokens: Token[] = [];
  let at = 0;
  for (const found of wire.matchAll(pattern)) {
    const name = nameOf(found[0]);
    if (name === undefined) continue;
    text += wire.slice(at, found.index);
    tokens.push({ start: text.length, end: text.length + name.length, wire: found[0] });
    text += name;
    at = found.index + found[0].length;
  }
  return { text: text + wire.slice(at), tokens };
}

/** Where two texts differ: `[start, endBefore, endAfter]`. The caret tells repeated letters apart. */
export function difference(before: string, after: string, caret: number): [number, number, number] {
  const shorter = Math.min(before.length, after.length);
  let end = 0;
  const tail = after.length - caret;
  while (end < Math.min(shorter, tail) && before.at(-1 - end) === after.at(-1 - end)) end++;
  let start = 0;
  while (start < shorter - end && before[start] === after[start]) start++;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [start, before.length - end, after.length - end];
}

/**
 * The model after the field changed. A token that the change touches is text from then on. `labels` holds what was
 * a token before, so that undo brings it back.
 */
export function change(
  model: Model,
  text: string,
  caret: number,
  labels?: ReadonlyMap<string, string>,
): Model {
  if (text === model.text) return model;
  const [start, endBefore, endAfter] = difference(model.text, text, caret);
  const by = endAfter - endBefore;
  const tokens: Token[] = [];
  for (const token of model.tokens) {
    if (token.end <= start) tokens.push(token);
    else if (token.start >= endBefore)
      tokens.push({ ...token, start: token.start + by, end: token.end + by });
  }
  const inserted = text.slice(start, endAfter);
  if (labels && inserted.length > 1) {
    for (const [label, wire] of labels) {
      for (let at = inserted.indexOf(label); at !== -1; at = inserted.indexOf(label, at + label.length)) {
        const place = { start: start + at, end: start + at + label.length, wire };
        if (!tokens.some((token) => token.start < place.end && place.start < token.end)) tokens.push(place);
      }
    }
    tokens.sort((a, b) => a.start - b.start);
  }
  return { text, tokens };
}

export function withToken(model: Model, token: Token): Model {
  const others = model.tokens.filter((other) => other.end <= token.start || other.start >= token.end);
  return { text: model.text, tokens: [...others, token].sort((a, b) => a.start - b.start) };
}

/** The token that ends at the caret, which Backspace removes as a whole. */
export const tokenBefore = (model: Model, caret: number): Token | undefined =>
  model.tokens.find((token) => token.end === caret);
