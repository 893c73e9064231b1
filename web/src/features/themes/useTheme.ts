import { useEffect, useState } from 'react';
import { discovery } from '#/store/session';

export interface SharedTheme {
  css?: string;
  gone?: boolean;
  error?: unknown;
}

/** A theme somebody shared, by its number; `again` asks once more after an error. */
export function useTheme(id: string): [theme: SharedTheme, again: () => void] {
  const [theme, setTheme] = useState<SharedTheme>({});
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let stale = false;
    setTheme({});
    if (!/^[\da-f]{16}$/i.test(id)) return setTheme({ gone: true });
    const base = discovery().endpoints.media.replace(/\/+$/, '');
    fetch(`${base}/themes/${id}.css`, { credentials: 'omit' })
      .then(async (answer) => {
        if (stale) return;
        if (answer.ok) setTheme({ css: await answer.text() });
        else if (answer.status === 404) setTheme({ gone: true });
        else setTheme({ error: new Error(String(answer.status)) });
      })
      .catch((refused: unknown) => stale || setTheme({ error: refused }));
    return () => {
      stale = true;
    };
  }, [id, round]);
  return [theme, () => setRound(round + 1)];
}
