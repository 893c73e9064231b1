import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Message } from '#/api/types';
import { bodyOf, isEmpty, type Search, type Sort, type Where } from './query';

interface Found {
  messages: Message[];
  total: number;
}

/** Seconds to wait while the server still builds its index. */
const PATIENCE = [1, 2, 4, 8, 15];

/** What a search finds. While the server prepares its index it is asked again by itself. */
export function useSearch(search: Search, where: Where, sort: Sort, page: number) {
  const key = JSON.stringify([search, where, sort, page]);
  const [state, setState] = useState<{ key: string; found?: Found; error?: unknown; preparing?: boolean }>({
    key: '',
  });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all four
  useEffect(() => {
    if (isEmpty(search)) return setState({ key });
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (tries: number): Promise<void> => {
      try {
        const body = bodyOf(search, where, sort, page);
        const answer = await api('POST /search/messages', { body, signal: stop.signal });
        if (stop.signal.aborted) return;
        if ('indexing' in answer) {
          setState({ key, preparing: true });
          timer = setTimeout(() => void ask(tries + 1), 1000 * (PATIENCE[tries] ?? 15));
          return;
        }
        setState({ key, found: { messages: answer.messages as Message[], total: answer.total } });
      } catch (error) {
        if (!stop.signal.aborted) setState({ key, error });
      }
    };
    void ask(0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [key, turn]);
  const current = state.key === key;
  return {
    found: current ? state.found : undefined,
    error: current ? state.error : undefined,
    preparing: current && state.preparing === true,
    loading: !current,
    again: () => setTurn((now) => now + 1),
  };
}
