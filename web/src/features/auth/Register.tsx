import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { api } from '#/api/client';
import { offerFirstSteps } from '#/features/first/due';
import { discovery } from '#/store/session';
import { Checkbox, PasswordField, TextField } from '#/ui';
import css from './auth.module.css';
import { BirthDate } from './BirthDate';
import { type Birth, isoDate } from './birth';
import { aimOf, enter, withAim } from './flow';
import { InviteCard } from './InviteCard';
import { Page } from './Page';
import { EmailField, Form, To } from './parts';
import { SsoStart } from './SsoStart';
import { useSubmit } from './submit';

type Missing = Partial<Record<'global_name' | 'email' | 'password' | 'date_of_birth' | 'consent', string>>;

export default function Register() {
  const { t } = useLingui();
  const [aim] = useState(() => aimOf(location.search));
  const [name, setName] = useState('');
  const [username, setUsername] = useState<string | null>(null);
  const [suggested, setSuggested] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [birth, setBirth] = useState<Birth>({ day: '', month: '', year: '' });
  const [consent, setConsent] = useState(false);
  const [missing, setMissing] = useState<Missing>({});
  const asked = useRef('');

  const submit = useSubmit(async (headers) => {
    const date_of_birth = isoDate(birth);
    const lack: Missing = {};
    if (!name.trim()) lack.global_name = t`How should people call you?`;
    if (!email.trim()) lack.email = t`Enter your e-mail address.`;
    if ([...password].length < 8) lack.password = t`Use at least 8 characters.`;
    if (!date_of_birth) lack.date_of_birth = t`Enter day, month and year.`;
    if (!consent) lack.consent = t`Without this there can be no account.`;
    setMissing(lack);
    if (Object.keys(lack).length > 0) {
      requestAnimationFrame(() =>
        submit.form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      );
      return;
    }
    const answer = await api('POST /auth/register', {
      body: {
        consent,
        date_of_birth: date_of_birth ?? '',
        email: email.trim(),
        password,
        global_name: name.trim(),
        ...(username?.trim() ? { username: username.trim() } : {}),
        ...(aim.invite ? { invite_code: aim.invite } : {}),
      },
      headers,
      anonymous: true,
    });
    offerFirstSteps();
    await enter(answer as { token: string; user_id: string }, aim);
  });

  const suggest = async () => {
    const global_name = name.trim();
    if (!global_name || asked.current === global_name) return;
    asked.current = global_name;
    try {
      const { suggestions } = await api('POST /auth/username-suggestions', {
        body: { global_name },
        anonymous: true,
      });
      setSuggested(suggestions[0] ?? '');
    } catch {
      // Only a help; the server makes a name of its own.
    }
  };
  const told = (path: keyof Missing | 'username') =>
    (path === 'username' ? undefined : missing[path]) ?? submit.field(path);

  return (
    <Page
      title={t`Create your account`}
      text={aim.invite ? <Trans>Then you are in.</Trans> : <Trans>A minute, and you are in.</Trans>}
      above={aim.invite ? <InviteCard code={aim.invite} /> : undefined}
      foot={
        <>
          <Trans>Have an account?</Trans>
          <To href={withAim('/login', aim)}>
            <Trans>Sign in</Trans>
          </To>
        </>
      }
    >
      {discovery().sso.enforced ? (
        <SsoStart aim={aim} />
      ) : (
        <Form
          submit={submit}
          label={t`Create account`}
          shows={['global_name', 'username', 'email', 'password', 'date_of_birth', 'consent']}
        >
          <TextField
            label={t`Name`}
            name="name"
            autoComplete="name"
            autoFocus
            required
            maxLength={32}
            value={name}
            onChange={setName}
            onBlur={() => void suggest()}
            error={told('global_name')}
            hint={t`Shown beside what you write. You can change it any time.`}
          />
          {(suggested || username !== null) && (
            <TextField
              label={t`Username`}
              name="username"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              dir="ltr"
              maxLength={32}
              value={username ?? suggested}
              onChange={setUsername}
              error={told('username')}
              hint={t`How friends find you: letters, digits and _`}
            />
          )}
          <EmailField value={email} onChange={setEmail} error={told('email')} />
          <PasswordField
            label={t`Password`}
            name="new-password"
            autoComplete="new-password"
            required
            value={password}
            onChange={setPassword}
            error={told('password')}
            hint={t`8 characters or more. Long beats complicated.`}
          />
          <BirthDate value={birth} onChange={setBirth} error={told('date_of_birth')} />
          <div>
            <Checkbox
              label={<Trans>I agree to the rules of this server and to how it handles my data.</Trans>}
              checked={consent}
              onChange={setConsent}
            />
            {told('consent') && (
              <p className={css.complaint} role="alert">
                {told('consent')}
              </p>
            )}
          </div>
        </Form>
      )}
    </Page>
  );
}
