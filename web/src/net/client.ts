// The page's end of the network worker.
import type { Options, Route } from '#/api/types';

export async function request(route: Route, _options: Options<Route>): Promise<unknown> {
  throw new Error(route);
}
