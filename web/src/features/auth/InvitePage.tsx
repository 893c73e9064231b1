import { Trans, useLingui } from '@lingui/react/macro';
import { Unlink } from 'lucide-react';
import { ApiError, api } from '#/api/client';
import type { Invite } from '#/api/types';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import { useParams } from '#/app/routing';
import { useAttempt } from '#/features/attempt';
import { useSession } from '#/store/session';
import { Banner, Button, ErrorState, Skeleton, useErrorText } from '#/ui';
import css from './auth.module.css';
import { invitedTo, withAim } from './flow';
import { InviteSummary, inviteName, useInvite } from './InviteCard';
import { Page } from './Page';
import { To } from './parts';

export default function InvitePage() {
  const { t } = useLingui();
  const { code = '' } = useParams();
  const [loaded, retry] = useInvite(code);
  const { phase } = useSession();
  const signedIn = phase !== 'signed-out' && phase !== 'boot';

  if (loaded.state === 'loading')
    return (
      <Page title={t`You are invited`}>
        <div className={css.invite} aria-busy="true">
          <Skeleton shape="block" width={72} height={72} />
          <Skeleton width="60%" height={20} />
        </div>
      </Page>
    );
  if (loaded.state === 'failed')
    return (
      <Page title={t`You are invited`}>
        <ErrorState error={loaded.error} onRetry={retry} />
      </Page>
    );
  if (loaded.state === 'gone')
    return (
      <Page
        title={t`This invite leads nowhere`}
        icon={<Unlink size={30} />}
        kind="danger"
        text={<Trans>It has expired, was used up or taken back. Ask whoever sent it for a new one.</Trans>}
      >
        <Button size="l" wide onClick={() => goTo(signedIn ? HOME : '/login')}>
          {signedIn ? <Trans>Go home</Trans> : <Trans>Go to the sign-in</Trans>}
        </Button>
      </Page>
    );
  return <Card invite={loaded.invite} signedIn={signedIn} />;
}

/** Each refusal in its own words, with what can be done. */
export function useJoinError(): (error: unknown) => string {
  const { t } = useLingui();
  const text = useErrorText();
  return (error) => {
    if (!(error instanceof ApiError)) return text(error);
    switch (error.code) {
      case 'UNKNOWN_INVITE':
        return t`This invite has expired or was taken back. Ask for a new one.`;
      case 'USER_BANNED_FROM_GUILD':
        return t`You are banned from this community. Only its moderators can change that.`;
      case 'MAX_GUILDS':
        return t`You are in as many communities as an account can be. Leave one to join another.`;
      case 'MAX_GUILD_MEMBERS':
        return t`This community is full at the moment.`;
      case 'INVITES_DISABLED':
        return t`This community does not take new members at the moment.`;
      case 'UNCLAIMED_ACCOUNT_CANNOT_JOIN_GROUP_DMS':
        return t`Finish your account first: it needs an e-mail address and a password.`;
      default:
        return text(error);
    }
  };
}

function Card({ invite, signedIn }: { invite: Invite; signedIn: boolean }) {
  const { t } = useLingui();
  const say = useJoinError();
  const { busy, refused, attempt } = useAttempt(true);
  const aim = { invite: invite.code };
  const host = invite.inviter ? (invite.inviter.global_name ?? invite.inviter.username) : undefined;
  const name = inviteName(invite);

  const join = () =>
    attempt(async () => {
      await api('POST /invites/{invite_code}', { path: { invite_code: invite.code } });
      goTo(invitedTo(invite), true);
    });

  return (
    <Page
      title={name ? t`Join ${name}` : t`You are invited`}
      text={
        host ? (
          <Trans>
            <bdi>{host}</bdi> would like to have you there.
          </Trans>
        ) : (
          <Trans>You are welcome there.</Trans>
        )
      }
      foot={
        signedIn ? undefined : (
          <>
            <Trans>Have an account?</Trans>
            <To href={`/invite/${encodeURIComponent(invite.code)}/login`}>
              <Trans>Sign in</Trans>
            </To>
          </>
        )
      }
    >
      <InviteSummary invite={invite} large />
      {refused ? <Banner kind="error">{say(refused)}</Banner> : null}
      {signedIn ? (
        <>
          <Button variant="primary" size="l" wide busy={busy} onClick={() => void join()}>
            <Trans>Accept the invite</Trans>
          </Button>
          <Button variant="ghost" wide onClick={() => goTo(HOME)}>
            <Trans>Not now</Trans>
          </Button>
        </>
      ) : (
        <Button variant="primary" size="l" wide onClick={() => goTo(withAim('/register', aim))}>
          <Trans>Create an account and join</Trans>
        </Button>
      )}
    </Page>
  );
}
