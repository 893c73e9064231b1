// Short news at the edge of the screen. At most three; six seconds, except errors and what is being looked at.
import type { ReactNode } from 'react';
import { create } from 'zustand';

export interface ToastOptions {
  kind?: 'info' | 'success' | 'warning' | 'error';
  text: ReactNode;
  /** Takes back what just happened. */
  undo?: () => void;
  action?: { label: string; run: () => void };
  /** A newer toast with the same key takes the place of the older. */
  key?: string;
}

export interface ToastEntry extends ToastOptions {
  id: string;
}

export const useToasts = create<{ list: ToastEntry[] }>()(() => ({ list: [] }));

let serial = 0;

/** Shows a toast; returns what takes it away. */
export function toast(options: ToastOptions | string): () => void {
  const entry = typeof options === 'string' ? { text: options } : options;
  serial++;
  const id = entry.key ?? String(serial);
  useToasts.setState(({ list }) => ({
    list: [...list.filter((other) => other.id !== id), { ...entry, id }].slice(-3),
  }));
  return () => dismissToast(id);
}

export function dismissToast(id: string): void {
  useToasts.setState(({ list }) => ({ list: list.filter((other) => other.id !== id) }));
}
