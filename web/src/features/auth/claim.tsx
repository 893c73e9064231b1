// An account without e-mail address and password works, but not for everything. Where it does not, the part that
// was refused calls `claim()`: it resolves to true once the account is finished, and the action goes on.
import { lazy, Suspense } from 'react';
import { create } from 'zustand';
import { useMe } from '#/store';

const ClaimDialog = lazy(() => import('./ClaimDialog'));

const useClaim = create<{ answer: ((done: boolean) => void) | null }>(() => ({ answer: null }));

export function claim(): Promise<boolean> {
  useClaim.getState().answer?.(false);
  return new Promise((resolve) => useClaim.setState({ answer: resolve }));
}

/** Claimed accounts have an e-mail address. */
export const useClaimed = () => useMe()?.email !== null;

export function ClaimHost() {
  const answer = useClaim(({ answer }) => answer);
  if (!answer) return null;
  const end = (done: boolean) => {
    useClaim.setState({ answer: null });
    answer(done);
  };
  return (
    <Suspense fallback={null}>
      <ClaimDialog onEnd={end} />
    </Suspense>
  );
}
