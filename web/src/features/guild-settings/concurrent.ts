// Two people change the same role: what each of them changed is kept.
import { useState } from 'react';

/** What one changed from `base` to `mine`, done to what is saved by now. */
export function merge(base: bigint, mine: bigint, saved: bigint): bigint {
  const flips = base ^ mine;
  return (saved & ~flips) | (mine & flips);
}

/** Remembers what was saved when the changes of a form began; told apart are the fields that others changed since. */
export function useBase<T extends object>(saved: T, dirty: boolean) {
  const [base, setBase] = useState(saved);
  const changed = (Object.keys(saved) as (keyof T)[]).filter((key) => saved[key] !== base[key]);
  if (!dirty && changed.length > 0) setBase(saved);
  return {
    base,
    /** Changed by somebody else while one's own changes were not saved yet. */
    meanwhile: dirty ? changed : [],
    /** What the other did is known now. */
    rebase: () => setBase(saved),
  };
}
