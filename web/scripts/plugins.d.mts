import type { Plugin } from 'vite';

export function compiledMessages(babel: unknown): { visitor: object };
export function layerOrder(order: string[]): Plugin;
export function serviceWorker(source: string): Plugin;
