// Colours for code, worked out in a worker after the text is on the screen.

/** A piece of code and what it is: `keyword`, `string`, …; plain without. */
export type Piece = [text: string, scope?: string];

const LARGEST = 50_000;
const KEPT = 200;
const results = new Map<string, Promise<Piece[] | null>>();
const waiting = new Map<number, (pieces: Piece[] | null) => void>();
let worker: Worker | undefined;
let next = 0;

function ask(language: string, text: string): Promise<Piece[] | null> {
  if (!worker) {
    worker = new Worker(new URL('./highlight.worker.ts', import.meta.url), {
      type: 'module',
      name: 'highlight',
    });
    worker.onmessage = ({ data }: MessageEvent<{ id: number; pieces: Piece[] | null }>) => {
      waiting.get(data.id)?.(data.pieces);
      waiting.delete(data.id);
    };
    worker.onerror = () => {
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
    };
  }
  const id = next++;
  worker.postMessage({ id, language, text });
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** The pieces of a code, or `null` when its language is unknown. Kept for the last few. */
export function highlight(language: string, text: string): Promise<Piece[] | null> {
  if (!language || text.length > LARGEST) return Promise.resolve(null);
  const key = `${language}\n${text}`;
  const known = results.get(key);
  if (known) return known;
  if (results.size >= KEPT) results.delete(results.keys().next().value as string);
  const result = ask(language, text);
  results.set(key, result);
  return result;
}
