// Builds the client into `dist/`: hashed files under `assets/`, which never change, and the few named ones.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compiledMessages, layerOrder, serviceWorker } from './scripts/plugins.mjs';

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

export default defineConfig({
  plugins: [
    languages(),
    react(),
    // The English texts stay in the code, so that English needs no catalogue and a missing one shows words.
    babel({
      plugins: [['@lingui/babel-plugin-lingui-macro', { stripMessageField: false }], compiledMessages],
      presets: [reactCompilerPreset()],
    }),
    lingui(),
    layerOrder(['reset', 'tokens', 'base', 'ui', 'features', 'custom']),
    serviceWorker(fileURLToPath(new URL('./src/worker/sw.ts', import.meta.url))),
  ],
  resolve: { alias: { '#': fileURLToPath(new URL('./src', import.meta.url)) } },
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
          // What many views share comes in a few files: a request for every icon costs more than its bytes.
          groups: [
            { name: 'icons', test: /lucide-react/, minShareCount: 3 },
            { name: 'parts', test: /\/src\/(ui|model|i18n|app)\//, minShareCount: 4 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  // The server puts the nonce of each answer in this word's place.
  html: { cspNonce: 'FLUXER_NONCE' },
});
