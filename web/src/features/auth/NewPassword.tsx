// Setting a password by a mailed link: after forgetting it, or to take back an account somebody else changed.
import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { PasswordField } from '#/ui';
import { enter, isSigned, type MfaDemand, type Signed } from './flow';
import { LinkOver } from './LinkOver';
import { Mfa } from './Mfa';
import { Page } from './Page';
import { BackToLogin, Form } from './parts';
import { useSubmit } from './submit';

interface Props {
  token: string;
  title: string;
  text: ReactNode;
  send: (password: string, headers: Record<string, string>) => Promise<Signed | MfaDemand>;
}

const none = {};

export function NewPassword({ token, title, text, send }: Props) {
  const { t } = useLingui();
  const [password, setPassword] = useState('');
  const [demand, setDemand] = useState<MfaDemand>();
  const submit = useSubmit(async (headers) => {
    const answer = await send(password, headers);
    if (isSigned(answer)) await enter(answer, none);
    else setDemand(answer);
  });
  if (demand) return <Mfa demand={demand} aim={none} onBack={() => setDemand(undefined)} />;
  if (!token || submit.field('token')) return <LinkOver again="/forgot" />;
  return (
    <Page title={title} text={text} foot={<BackToLogin />}>
      <Form submit={submit} label={t`Set password`} shows={['password']}>
        <PasswordField
          label={t`New password`}
          name="new-password"
          autoComplete="new-password"
          autoFocus
          required
          value={password}
          onChange={setPassword}
          error={submit.field('password')}
          hint={t`8 characters or more. Every other device is signed out; what was written there is kept.`}
        />
      </Form>
    </Page>
  );
}
