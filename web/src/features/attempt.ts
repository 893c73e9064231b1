// One thing sent at a time: busy until it is answered, and what was refused until the next attempt.
import { useState } from 'react';

/** `ends`: success takes what shows it away, so that it stays busy until then. */
export function useAttempt(ends = false) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const attempt = async (action: () => Promise<unknown>) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await action();
      if (ends) return;
    } catch (error) {
      setRefused(error);
    }
    setBusy(false);
  };
  return { busy, refused, setRefused, attempt };
}
