// From a successful answer into the application: the token goes to the worker, a waiting invite is accepted,
// and the person lands where they were going.
import { api } from '#/api/client';
import type { Answer, Invite } from '#/api/types';
import { goTo } from '#/app/layout';
import { channelPath, HOME, safeNext } from '#/app/links';
import { session } from '#/store/session';

export type Signed = Answer<'POST /auth/webauthn/authenticate'>;
export type MfaDemand = Exclude<Answer<'POST /auth/login'>, Signed>;

export const isSigned = (answer: Signed | MfaDemand): answer is Signed => 'token' in answer;

export interface Aim {
  /** Path of this client to go to. */
  next?: string;
  /** Code of the invite that brought the person here. */
  invite?: string;
  /** The server does not accept the invite on this way (second factor, new address), so we do. */
  accept?: boolean;
}

/** What the address asks for: `?next=` and `?invite=`. */
export function aimOf(search: string): Aim {
  const query = new URLSearchParams(search);
  const aim: Aim = {};
  const next = safeNext(query.get('next'));
  const invite = query.get('invite');
  if (next) aim.next = next;
  if (invite) aim.invite = invite;
  return aim;
}

export function withAim(path: string, aim: Aim): string {
  const query = new URLSearchParams();
  if (aim.invite) query.set('invite', aim.invite);
  if (aim.next) query.set('next', aim.next);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Where an invite leads once it is accepted. */
export function invitedTo(invite: Invite): string {
  if (invite.guild) return channelPath(invite.guild.id, invite.channel?.id ?? '').replace(/\/$/, '');
  return invite.channel ? channelPath('@me', invite.channel.id) : HOME;
}

export async function enter(signed: Signed, aim: Aim): Promise<void> {
  await session.signIn(signed.token, signed.user_id);
  let to = aim.next ?? HOME;
  if (aim.invite) {
    const path = { invite_code: aim.invite };
    try {
      const invite = aim.accept
        ? await api('POST /invites/{invite_code}', { path })
        : await api('GET /invites/{invite_code}', { path });
      to = invitedTo(invite as Invite);
    } catch {
      // The invite's own page says what is wrong with it.
      to = `/invite/${encodeURIComponent(aim.invite)}`;
    }
  }
  goTo(to, true);
}

let kept: { path: string; token: string } | undefined;
/** The token of a mailed link. It leaves the address bar, the history and the next referrer at once. */
export function fragmentToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    kept = { path: location.pathname, token };
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return kept?.path === location.pathname ? kept.token : '';
}
