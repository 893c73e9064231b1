import { useState } from 'react';
import { toast } from '#/ui';
import { relationshipError } from './errors';

/** The one state of a dialog that does one thing: busy, and the sentence when it failed. */
export function useAction(onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const act = async (run: () => Promise<unknown>, said?: string) => {
    setBusy(true);
    setError(undefined);
    try {
      await run();
      if (said) toast({ kind: 'success', text: said });
      onDone();
    } catch (failure) {
      setError(relationshipError(failure));
      setBusy(false);
    }
  };
  return { busy, error, act };
}
