// Builds the client into `dist/`: hashed files under `assets/`, which never change, and the few named ones.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compiledMessages, directImports, firstView, layerOrder, serviceWorker } from './scripts/plugins.mjs';

// During development the pages come from Vite and everything else from a running server.
const server = process.env['FLUXER_SERVER'] ?? 'http://localhost:8080';
const forwarded = ['/api', '/media', '/gateway', '/s3', '/.well-known', '/static'];

/** Tells the server which languages there are, so that the page starts in the reader's. */
function languages(): Plugin {
  const catalogues = () => {
    try {
      const folder = fileURLToPath(new URL('./src/i18n/locales', import.meta.url));
      return readdirSync(folder).flatMap((name) => /^([\w-]+)\.po$/.exec(name)?.[1] ?? []);
    } catch {
      return [];
    }
  };
  return {
    name: 'languages',
    transformIndexHtml: () => {
      const content = [...new Set(['en', ...catalogues()])].join(' ');
      return [{ tag: 'meta', attrs: { name: 'languages', content }, injectTo: 'head' }];
    },
  };
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** What every page starts with, and what one in a channel adds to it: a file each. */
const first = firstView({
  start: [file('./src/app/main.tsx')],
  channel: [file('./src/app/Signed.tsx'), file('./src/app/views.tsx')],
});

/** The page's icon is in the page: one request less beside what the first view waits for. */
const icon: Plugin = {
  name: 'icon',
  transformIndexHtml: (html) => {
    const svg = readFileSync(file('./public/favicon.svg'), 'utf8').trim();
    return html.replace('href="/favicon.svg"', `href="data:image/svg+xml,${encodeURIComponent(svg)}"`);
  },
};

export default defineConfig({
  plugins: [
    languages(),
    first,
    icon,
    react(),
    // The English texts stay in the code, so that English needs no catalogue and a missing one shows words.
    babel({
      plugins: [['@lingui/babel-plugin-lingui-macro', { stripMessageField: false }], compiledMessages],
      presets: [reactCompilerPreset()],
    }),
    directImports({
      '#/ui': file('./src/ui/index.ts'),
      'lucide-react': file('./node_modules/lucide-react/dist/esm/lucide-react.mjs'),
    }),
    lingui(),
    layerOrder(['reset', 'tokens', 'base', 'ui', 'features', 'custom']),
    serviceWorker(file('./src/worker/sw.ts'), ['start', 'channel']),
  ],
  resolve: { alias: { '#': file('./src') } },
  server: { proxy: Object.fromEntries(forwarded.map((path) => [path, { target: server, ws: true }])) },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'start', test: first.in('start'), priority: 3 },
            { name: 'channel', test: first.in('channel'), priority: 2 },
            // What many other views share comes in a few files: a request for every icon costs more than its bytes.
            { name: 'icons', test: /lucide-react/, minShareCount: 3, priority: 1 },
            { name: 'parts', test: /\/src\/(ui|model|i18n|app)\//, minShareCount: 4, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  // The server puts the nonce of each answer in this word's place.
  html: { cspNonce: 'FLUXER_NONCE' },
});
