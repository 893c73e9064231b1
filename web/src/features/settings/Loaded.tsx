import type { ReactNode } from 'react';
import { ErrorState } from '#/ui';
import { PageSkeleton } from './Frame';

interface LoadedProps<T> {
  of: { data?: T; error?: unknown; reload: () => void };
  children: (data: T) => ReactNode;
}

/** What was loaded, or its skeleton, or its error with a retry. */
export function Loaded<T>({ of, children }: LoadedProps<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.error !== undefined) return <ErrorState error={of.error} onRetry={of.reload} />;
  return <PageSkeleton />;
}
