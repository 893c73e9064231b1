import hljs from 'highlight.js/lib/core';
import type { Piece } from './highlight';
import { languages } from './languages';

interface Branch {
  scope?: string;
  language?: string;
  children: (Branch | string)[];
}

const loaded = new Map<string, Promise<boolean>>();

function load(name: string): Promise<boolean> {
  let there = loaded.get(name);
  if (!there) {
    const source = languages[name];
    there = source
      ? source().then(({ default: language }) => {
          hljs.registerLanguage(name, language);
          return true;
        })
      : Promise.resolve(false);
    loaded.set(name, there);
  }
  return there;
}

function flatten(branch: Branch, scope: string | undefined, into: Piece[]) {
  for (const child of branch.children) {
    if (typeof child === 'string') into.push(scope ? [child, scope] : [child]);
    else flatten(child, child.scope ?? scope, into);
  }
}

self.onmessage = async ({ data }: MessageEvent<{ id: number; language: string; text: string }>) => {
  let pieces: Piece[] | null = null;
  try {
    if (await load(data.language)) {
      const result = hljs.highlight(data.text, { language: data.language, ignoreIllegals: true });
      pieces = [];
      // The tree behind the HTML, which is not asked for: text stays text.
      flatten((result as unknown as { _emitter: { rootNode: Branch } })._emitter.rootNode, undefined, pieces);
    }
  } catch {
    pieces = null;
  }
  self.postMessage({ id: data.id, pieces });
};
