// Small steps of the build that nobody ships.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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

/** Writes `sw.js`: the service worker with the list of files that the client's shell is made of. */
export function serviceWorker(source) {
  return {
    name: 'service-worker',
    async generateBundle(_options, bundle) {
      const size = (file) => Buffer.byteLength(file.type === 'chunk' ? file.code : file.source);
      const files = Object.values(bundle)
        .filter((file) => /\.(js|css|woff2)$/.test(file.fileName) && !LATER.test(file.fileName))
        .filter((file) => size(file) <= LARGEST)
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
  };
}
