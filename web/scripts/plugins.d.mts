import type { Plugin } from 'vite';

export function compiledMessages(babel: unknown): { visitor: object };
export function directImports(collections: Record<string, string>): Plugin;
export function firstView(chunks: Record<string, string[]>): Plugin & {
  in(name: string): (id: string) => boolean;
};
export function layerOrder(order: string[]): Plugin;
export function serviceWorker(source: string, always?: readonly string[]): Plugin;
