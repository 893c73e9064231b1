// What became of what this tab sent: for those who hear it rather than see the row change.
import type { Pending } from './types';

export type Outcome = 'sent' | 'failed';

const listeners = new Set<(outcome: Outcome, pending: Pending) => void>();

export function onOutcome(listener: (outcome: Outcome, pending: Pending) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export function tellOutcome(outcome: Outcome, pending: Pending): void {
  for (const listener of listeners) listener(outcome, pending);
}
