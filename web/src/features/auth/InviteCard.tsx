// What an invite leads to, small (above the sign-in) or as the heart of its own page.
import { Plural, Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { ApiError, api } from '#/api/client';
import type { Invite } from '#/api/types';
import { iconUrl, splashUrl } from '#/model/media';
import { Avatar, Skeleton } from '#/ui';
import css from './auth.module.css';

export type Loaded =
  | { state: 'loading' }
  | { state: 'gone' }
  | { state: 'failed'; error: unknown }
  | { state: 'there'; invite: Invite };

export function useInvite(code: string): [Loaded, retry: () => void] {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a try more asks again
  useEffect(() => {
    let stopped = false;
    setLoaded({ state: 'loading' });
    api('GET /invites/{invite_code}', { path: { invite_code: code } }).then(
      (invite) => stopped || setLoaded({ state: 'there', invite: invite as Invite }),
      (error) =>
        stopped ||
        setLoaded(
          error instanceof ApiError && error.status === 404 ? { state: 'gone' } : { state: 'failed', error },
        ),
    );
    return () => {
      stopped = true;
    };
  }, [code, tries]);
  return [loaded, () => setTries((count) => count + 1)];
}

export const inviteName = (invite: Invite) => invite.guild?.name ?? invite.channel?.name ?? '';

export function InviteCard({ code }: { code: string }) {
  const [loaded] = useInvite(code);
  if (loaded.state === 'loading')
    return (
      <div className={css.invite} aria-busy="true">
        <Skeleton shape="block" width={56} height={56} />
        <Skeleton width="70%" height={18} />
      </div>
    );
  return loaded.state === 'there' ? <InviteSummary invite={loaded.invite} /> : null;
}

export function InviteSummary({ invite, large }: { invite: Invite; large?: boolean }) {
  const { guild, inviter } = invite;
  const name = inviteName(invite);
  const splash = large && guild ? splashUrl(guild, 640) : undefined;
  const host = inviter ? (inviter.global_name ?? inviter.username) : undefined;
  return (
    <div className={css.invite}>
      {splash && <img className={css.banner} src={splash} alt="" />}
      <Avatar
        name={name || '?'}
        seed={guild?.id ?? invite.code}
        src={guild ? (iconUrl(guild, large ? 72 : 56) ?? null) : null}
        size={large ? 72 : 56}
        shape="square"
      />
      <div>
        {host && !large && (
          <p className={css.note}>
            <Trans>
              <bdi>{host}</bdi> invites you to
            </Trans>
          </p>
        )}
        <p className={css.inviteName}>
          <bdi>{name || <Trans>A group conversation</Trans>}</bdi>
        </p>
        <p className={css.inviteFacts}>
          {invite.presence_count != null && (
            <span className={css.dot} data-online="">
              <Plural value={invite.presence_count} one="# online" other="# online" />
            </span>
          )}
          {invite.member_count != null && (
            <span className={css.dot}>
              <Plural value={invite.member_count} one="# member" other="# members" />
            </span>
          )}
        </p>
      </div>
    </div>
  );
}
