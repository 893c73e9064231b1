import { Trans, useLingui } from '@lingui/react/macro';
import { KeyRound, MonitorSmartphone } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ApiError, api } from '#/api/client';
import { goTo } from '#/app/layout';
import { useAccounts } from '#/features/accounts/useAccounts';
import { useAttempt } from '#/features/attempt';
import { discovery, session } from '#/store/session';
import { Banner, Button, PasswordField, useErrorText } from '#/ui';
import { type Aim, aimOf, enter, isSigned, type MfaDemand, withAim } from './flow';
import { Halted, haltOf } from './Halted';
import { InviteCard } from './InviteCard';
import { Mfa } from './Mfa';
import { NewAddress, type NewAddressDemand } from './NewAddress';
import { Page } from './Page';
import { EmailField, Form, Or, To } from './parts';
import { hasPasskeys, signInByPasskey, stopPasskeys, unlessCancelled } from './passkey';
import { SsoStart } from './SsoStart';
import { useSubmit } from './submit';

const OnDevice = lazy(() => import('#/features/accounts/OnDevice'));

type Step =
  | { at: 'form' }
  | { at: 'mfa'; demand: MfaDemand }
  | { at: 'address'; demand: NewAddressDemand }
  | { at: 'halted'; error: ApiError };

/** Signing in, with or without an invite to keep on the way. */
export function LoginFlow({ aim }: { aim: Aim }) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>({ at: 'form' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const again = () => setStep({ at: 'form' });
  const accounts = useAccounts();
  const adding = accounts.some(({ current }) => current);

  const submit = useSubmit(async (headers) => {
    void stopPasskeys();
    try {
      const body = { email: email.trim(), password, ...(aim.invite ? { invite_code: aim.invite } : {}) };
      const answer = await api('POST /auth/login', { body, headers, anonymous: true });
      if (isSigned(answer)) await enter(answer, aim);
      else setStep({ at: 'mfa', demand: answer });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'IP_AUTHORIZATION_REQUIRED')
        setStep({ at: 'address', demand: error.data as unknown as NewAddressDemand });
      else if (haltOf(error)) setStep({ at: 'halted', error });
      else throw error;
    }
  });

  if (step.at === 'mfa') return <Mfa demand={step.demand} aim={{ ...aim, accept: true }} onBack={again} />;
  if (step.at === 'address')
    return <NewAddress demand={step.demand} aim={{ ...aim, accept: true }} onBack={again} />;
  if (step.at === 'halted') return <Halted error={step.error} onBack={again} />;

  const wrong = submit.field('password') ?? submit.field('email');
  return (
    <Page
      title={adding ? t`Add an account` : t`Welcome back`}
      text={adding ? <Trans>You can go back and forth between them.</Trans> : <LastReason />}
      above={aim.invite ? <InviteCard code={aim.invite} /> : undefined}
      foot={
        <>
          <Trans>New here?</Trans>
          <To href={withAim('/register', aim)}>
            <Trans>Create an account</Trans>
          </To>
        </>
      }
    >
      {discovery().sso.enforced ? (
        <SsoStart aim={aim} />
      ) : (
        <>
          <Form submit={submit} label={t`Sign in`} shows={['email', 'password']}>
            <EmailField
              autoComplete="username webauthn"
              autoFocus
              value={email}
              onChange={setEmail}
              error={wrong ? (submit.field('email') ?? wrong) : undefined}
            />
            <PasswordField
              label={t`Password`}
              name="password"
              required
              value={password}
              onChange={setPassword}
              error={submit.field('password')}
              hint={
                <To href={withAim('/forgot', aim)}>
                  <Trans>Forgot your password?</Trans>
                </To>
              }
            />
          </Form>
          <PasskeyButton aim={aim} />
          <Button
            variant="ghost"
            wide
            icon={<MonitorSmartphone size={18} aria-hidden />}
            onClick={() => goTo('/handoff')}
          >
            <Trans>Use a device that is signed in</Trans>
          </Button>
          {discovery().sso.enabled && <SsoStart aim={aim} />}
        </>
      )}
      {accounts.length > 0 && (
        <Suspense fallback={null}>
          <OnDevice accounts={accounts} />
        </Suspense>
      )}
    </Page>
  );
}

/** Why the person is here although they were signed in. */
function LastReason() {
  const reason = session.get().reason;
  if (!reason) return <Trans>Sign in to go on where you left off.</Trans>;
  return <Trans>You were signed out here. What you had written is kept.</Trans>;
}

function PasskeyButton({ aim }: { aim: Aim }) {
  const text = useErrorText();
  const { busy, refused, attempt } = useAttempt();

  // The e-mail field offers passkeys by itself where the browser can.
  useEffect(() => {
    if (!hasPasskeys()) return;
    signInByPasskey(true).then(
      (signed) => enter(signed, { ...aim, accept: true }),
      () => {},
    );
    return () => void stopPasskeys();
  }, [aim]);

  if (!hasPasskeys()) return null;
  return (
    <>
      <Or />
      <Button
        size="l"
        wide
        busy={busy}
        icon={<KeyRound size={18} aria-hidden />}
        onClick={() =>
          void attempt(() =>
            unlessCancelled(signInByPasskey().then((signed) => enter(signed, { ...aim, accept: true }))),
          )
        }
      >
        <Trans>Use a passkey</Trans>
      </Button>
      {refused ? <Banner kind="error">{text(refused)}</Banner> : null}
    </>
  );
}

export default function Login() {
  const [aim] = useState(() => aimOf(location.search));
  return <LoginFlow aim={aim} />;
}
