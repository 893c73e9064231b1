// Builds the client into `dist/`: hashed files under `assets/`, which never change, and the few named ones.

import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compiledMessages, layerOrder } from './scripts/plugins.mjs';

// During development the pages come from Vite and everything else from a running server.
const server = process.env['FLUXER_SERVER'] ?? 'http://localhost:8080';
const forwarded = ['/api', '/media', '/gateway', '/s3', '/.well-known', '/static'];

export default defineConfig({
  plugins: [
    react(),
    // The English texts stay in the code, so that English needs no catalogue and a missing one shows words.
    babel({
      plugins: [['@lingui/babel-plugin-lingui-macro', { stripMessageField: false }], compiledMessages],
      presets: [reactCompilerPreset()],
    }),
    lingui(),
    layerOrder(['reset', 'tokens', 'base', 'ui', 'features', 'custom']),
  ],
  resolve: { alias: { '#': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: Object.fromEntries(forwarded.map((path) => [path, { target: server, ws: true }])) },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  worker: { format: 'es' },
});
