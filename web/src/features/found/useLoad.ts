import { useEffect, useState } from 'react';

/** What an operation answers, asked for again whenever `key` changes; older answers that come late are dropped. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>) {
  const [state, setState] = useState<{ key: string; data?: T; error?: unknown }>({ key: '' });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that `load` depends on
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(
      (data) => stop.signal.aborted || setState({ key, data }),
      (error) => stop.signal.aborted || setState((now) => ({ ...now, key, error })),
    );
    return () => stop.abort();
  }, [key, turn]);
  return {
    data: state.key === key ? state.data : undefined,
    error: state.key === key ? state.error : undefined,
    loading: state.key !== key,
    again: () => setTurn((now) => now + 1),
    change: (edit: (data: T) => T) =>
      setState((now) => (now.data === undefined ? now : { ...now, data: edit(now.data) })),
  };
}
