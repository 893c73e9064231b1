// Small steps of the build that nobody ships.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { transformWithOxc } from 'vite';

/**
 * Compiles the English texts that the Lingui macro leaves in the code, so that plurals work without a catalogue
 * and without a message parser in the browser. Runs after the macro.
 */
export function compiledMessages({ types: t }) {
  const text = (object, name) => {
    const property = object.properties.find(
      (one) =>
        t.isObjectProperty(one) &&
        (t.isIdentifier(one.key, { name }) || t.isStringLiteral(one.key, { value: name })),
    );
    return property && t.isStringLiteral(property.value) ? property : undefined;
  };
  return {
    visitor: {
      Program: {
        exit(program) {
          program.traverse({
            ObjectExpression({ node }) {
              const id = text(node, 'id');
              const message = text(node, 'message');
              if (!id || !message || !/^[\w+/-]{6}$/.test(id.value.value)) return;
              message.value = t.valueToNode(compileMessage(message.value.value));
            },
          });
        },
      },
    },
  };
}

/**
 * Takes what a file wants from a collection (`import { Button } from '#/ui'`) from where it is made, so that no
 * chunk depends on the whole collection and nobody reads a thousand icons for thirty.
 */
export function directImports(collections) {
  const places = new Map();
  for (const [name, index] of Object.entries(collections)) {
    const made = new Map();
    for (const [, names, from] of readFileSync(index, 'utf8').matchAll(
      /export\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g,
    )) {
      for (const one of names.split(',')) {
        const [, own, shown = own] = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(one) ?? [];
        if (own) made.set(shown, { own, from: join(dirname(index), from) });
      }
    }
    places.set(name, made);
  }
  return {
    name: 'direct-imports',
    transform: {
      filter: { id: { include: /\.tsx?$/ }, code: new RegExp(Object.keys(collections).join('|')) },
      handler(code) {
        return code.replace(
          /import\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"];?/g,
          (whole, names, collection) => {
            const made = places.get(collection);
            if (!made) return whole;
            const left = [];
            const taken = names
              .split(',')
              .filter((one) => one.trim())
              .map((one) => {
                const [, wanted, local = wanted] = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(one) ?? [];
                const place = made.get(wanted);
                if (!place) left.push(one);
                return place && `import { ${place.own} as ${local} } from ${JSON.stringify(place.from)};`;
              })
              .filter(Boolean);
            if (left.length) taken.push(`import {${left.join(',')}} from ${JSON.stringify(collection)};`);
            return taken.join(' ');
          },
        );
      },
    },
  };
}

/**
 * The modules that the page needs at once, by what its roots import, and what of them each root adds. The names
 * are those of the chunks. The last of them is fetched beside the first by whoever was signed in here before.
 */
export function firstView(chunks) {
  const names = Object.keys(chunks);
  const sets = new Map();
  return {
    name: 'first-view',
    buildEnd() {
      const known = new Set();
      for (const [name, roots] of Object.entries(chunks)) {
        const own = new Set();
        const queue = [...roots];
        for (let id = queue.pop(); id; id = queue.pop()) {
          if (known.has(id)) continue;
          known.add(id);
          own.add(id);
          queue.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
        sets.set(name, own);
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const last = Object.values(bundle ?? {}).find((file) => file.name === names.at(-1));
        if (!last) return html;
        const wanted = [
          ['modulepreload', [last.fileName]],
          ['preload', last.viteMetadata?.importedCss ?? []],
        ].flatMap(([rel, files]) => [...files].map((file) => [rel, `/${file}`]));
        const script = `try{if(localStorage.account)for(const[r,h]of${JSON.stringify(wanted)}){const l=document.createElement('link');l.rel=r;l.as=r=='preload'?'style':'script';l.crossOrigin='';l.href=h;document.head.append(l)}}catch{}`;
        const attrs = { nonce: 'FLUXER_NONCE' };
        return { html, tags: [{ tag: 'script', attrs, children: script, injectTo: 'head' }] };
      },
    },
    /** Whether a module belongs to a chunk of the first view. */
    in: (name) => (id) => sets.get(name)?.has(id) ?? false,
  };
}

/** Each style sheet states the order of the layers: which of them a browser reads first depends on the chunks. */
export function layerOrder(order) {
  return {
    name: 'layer-order',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) {
          file.source = `@layer ${order.join(',')};${file.source}`;
        }
      }
    },
  };
}

/** What is fetched only when somebody needs it: single languages, emoji data, faces to choose, large parts. */
const LATER = /emoji|hyperlegible|jetbrains|cyrillic|greek|vietnamese|latin-ext|gallery/i;
const LARGEST = 160 * 1024;

/** Writes `sw.js`: the service worker with the list of files that the client's shell is made of; those named `always`
 * belong to it however large they are. */
export function serviceWorker(source, always = []) {
  return {
    name: 'service-worker',
    generateBundle: {
      // After the page was made: a chunk that only imports others is gone then.
      order: 'post',
      async handler(_options, bundle) {
        const size = (file) => Buffer.byteLength(file.type === 'chunk' ? file.code : file.source);
        const files = Object.values(bundle)
          .filter((file) => /\.(js|css|woff2)$/.test(file.fileName) && !LATER.test(file.fileName))
          .filter((file) => size(file) <= LARGEST || always.includes(file.name))
          .map((file) => `/${file.fileName}`)
          .sort();
        const { code } = await transformWithOxc(await readFile(source, 'utf8'), source);
        const version = createHash('sha256').update(code).update(files.join()).digest('hex').slice(0, 12);
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          // A classic worker: the empty export that makes the source a module goes.
          source: code
            .replace(/^export \{\s*\};?\s*$/m, '')
            .replaceAll('__FILES__', JSON.stringify(files))
            .replaceAll('__VERSION__', JSON.stringify(version)),
        });
      },
    },
  };
}
