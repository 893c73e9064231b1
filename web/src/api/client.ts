// The server's operations, typed by its OpenAPI document. The request itself is made in the network worker,
// which holds the token; a refusal that asks for a second proof opens the proof's dialog and asks once more.
import { request } from '#/net/client';
import { ApiError } from './error';
import type { Answer, Options, Route } from './types';

export interface SudoMethods {
  hasMfa: boolean;
}
/** What the dialog gives back: the body's fields that prove it (`password`, or `mfa_method` and its code). */
export type SudoProof = Record<string, unknown>;
type SudoAsk = (methods: SudoMethods, refused?: ApiError) => Promise<SudoProof | null>;

let askSudo: SudoAsk | undefined;
/** Called by the part of the interface that owns the proof's dialog. `null` from it gives up. */
export function onSudo(ask: SudoAsk): void {
  askSudo = ask;
}

export async function api<R extends Route>(
  route: R,
  ...[options]: undefined extends Options<R>['path'] ? [options?: Options<R>] : [options: Options<R>]
): Promise<Answer<R>> {
  const given = (options ?? {}) as unknown as Options<Route>;
  try {
    return (await request(route, given)) as Answer<R>;
  } catch (error) {
    if (!(given.sudo && askSudo && error instanceof ApiError && error.code === 'SUDO_MODE_REQUIRED'))
      throw error;
    let refused: ApiError | undefined;
    for (;;) {
      const proof = await askSudo({ hasMfa: error.data['has_mfa'] === true }, refused);
      if (!proof) throw error;
      const body = { ...(given.body as object | undefined), ...proof };
      try {
        return (await request(route, { ...given, body } as Options<Route>)) as Answer<R>;
      } catch (again) {
        const wrong =
          again instanceof ApiError && again.errors.some((e) => /^(password|mfa_code)$/.test(e.path));
        if (!wrong) throw again;
        refused = again as ApiError;
      }
    }
  }
}

export { ApiError, isAbort, NetworkError } from './error';
