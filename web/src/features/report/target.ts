// What a person without an account points at, in the form the server takes it.
import { ApiError, api } from '#/api/client';
import type { Reported } from './categories';

export interface Wrong {
  target: true;
}
export const wrong = (error: unknown): error is Wrong =>
  typeof error === 'object' && !!error && 'target' in error;

/** The fields that name it. Throws `{ target: true }` when it is no such thing. */
export async function fieldsOf(kind: Reported, text: string): Promise<Record<string, string>> {
  const word = text.trim();
  const fail = { target: true } satisfies Wrong;
  if (kind === 'message') {
    if (!/\/channels\/(?:@me|\d+)\/\d+\/\d+\/?$/.test(word)) throw fail;
    return { message_link: word };
  }
  if (kind === 'user') {
    if (/^\d{15,20}$/.test(word)) return { user_id: word };
    if (!/^[^#\s]{1,32}#\d{1,4}$/.test(word)) throw fail;
    return { user_tag: word };
  }
  const id = /^\d{15,20}$/.exec(word)?.[0] ?? /\/channels\/(\d+)/.exec(word)?.[1];
  if (id) return { guild_id: id };
  const code = /([\w-]{2,64})\/?$/.exec(word)?.[1];
  if (!code) throw fail;
  try {
    const invite = await api('GET /invites/{invite_code}', { path: { invite_code: code }, anonymous: true });
    const guild = 'guild' in invite ? invite.guild?.id : undefined;
    if (!guild) throw fail;
    return { guild_id: guild, invite_code: code };
  } catch (error) {
    throw error instanceof ApiError && error.status === 404 ? fail : error;
  }
}

/** Refusals that mean the target, not the reporter. */
export const isTarget = (error: unknown): boolean =>
  error instanceof ApiError && /^UNKNOWN_|^INVALID_DSA_REPORT_TARGET$/.test(error.code);
