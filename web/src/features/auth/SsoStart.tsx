import { Trans } from '@lingui/react/macro';
import { LogIn } from 'lucide-react';
import { api } from '#/api/client';
import { useAttempt } from '#/features/attempt';
import { discovery } from '#/store/session';
import { Banner, Button, useErrorText } from '#/ui';
import { type Aim, withAim } from './flow';

/** To the provider that this instance trusts, and back to /auth/sso/callback. */
export function SsoStart({ aim }: { aim: Aim }) {
  const text = useErrorText();
  const { busy, refused, attempt } = useAttempt(true);
  const name = discovery().sso.display_name;
  const go = () =>
    attempt(async () => {
      const redirect_to = aim.invite
        ? `/invite/${encodeURIComponent(aim.invite)}`
        : (aim.next ?? withAim('/', {}));
      const { authorization_url } = await api('POST /auth/sso/start', {
        body: { redirect_to },
        anonymous: true,
      });
      location.assign(authorization_url);
    });
  return (
    <>
      <Button variant="primary" size="l" wide busy={busy} icon={<LogIn size={18} aria-hidden />} onClick={go}>
        {name ? <Trans>Sign in with {name}</Trans> : <Trans>Sign in with your organisation</Trans>}
      </Button>
      {refused ? <Banner kind="error">{text(refused)}</Banner> : null}
    </>
  );
}
