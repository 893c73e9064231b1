// Which view an address leads to: a table of paths, whose `$names` stand for any one part.
import { type ComponentType, createElement, lazy } from 'react';

export type Params = Partial<Record<'guildId' | 'channelId' | 'messageId' | 'page' | 'code' | 'id', string>>;
type View = ComponentType<object>;
type Load = () => Promise<Record<string, unknown>>;

export interface Route {
  parts: string[];
  View: View;
  /** Behind the sign-in: the view is a pane of the shell. */
  inside: boolean;
}

const split = (path: string) => path.split('/').filter(Boolean);

/** A view whose code comes with its first use. After an update its file may be gone: the page is loaded anew, once. */
export function view(load: Load, name = 'default'): View {
  return lazy(async () => {
    try {
      const part = (await load())[name] as View;
      sessionStorage.removeItem('reloaded');
      // A view may itself be one that comes later, and those do not nest.
      return { default: () => createElement(part) };
    } catch (error) {
      if (navigator.onLine && !sessionStorage.getItem('reloaded')) {
        sessionStorage.setItem('reloaded', '1');
        location.reload();
        return new Promise<never>(() => {});
      }
      throw error;
    }
  });
}

export const route = (path: string, load: Load, name?: string, inside = false): Route => ({
  parts: split(path),
  View: view(load, name),
  inside,
});

const rank = ({ parts }: Route) => parts.map((one) => (one.startsWith('$') ? '1' : '0')).join('');

/** Fixed parts go before any part, from the left. */
export const table = (routes: Route[]): Route[] => [...routes].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

export function match(routes: readonly Route[], path: string): { route: Route; params: Params } | undefined {
  let parts: string[];
  try {
    parts = split(path).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const route = routes.find(
    ({ parts: wanted }) =>
      wanted.length === parts.length && wanted.every((one, at) => one.startsWith('$') || one === parts[at]),
  );
  if (!route) return undefined;
  const named = route.parts.flatMap((one, at) => (one.startsWith('$') ? [[one.slice(1), parts[at]]] : []));
  return { route, params: Object.fromEntries(named) as Params };
}
