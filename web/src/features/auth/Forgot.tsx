import { Trans, useLingui } from '@lingui/react/macro';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { aimOf } from './flow';
import { Page } from './Page';
import { BackToLogin, EmailField, Form } from './parts';
import { useSubmit } from './submit';

export default function Forgot() {
  const { t } = useLingui();
  const [aim] = useState(() => aimOf(location.search));
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState('');
  const submit = useSubmit(async (headers) => {
    await api('POST /auth/forgot', { body: { email: email.trim() }, headers, anonymous: true });
    setSent(email.trim());
  });
  const back = <BackToLogin aim={aim} />;
  if (sent)
    return (
      <Page
        title={t`Look into your mail`}
        icon={<MailCheck size={30} />}
        kind="positive"
        text={
          <Trans>
            If there is an account for <bdi>{sent}</bdi>, a link to set a new password is on its way. It works
            for an hour.
          </Trans>
        }
        foot={back}
      />
    );
  return (
    <Page
      title={t`Forgot your password?`}
      text={<Trans>Tell us your e-mail address, and we send you a link to set a new one.</Trans>}
      foot={back}
    >
      <Form submit={submit} label={t`Send the link`} shows={['email']}>
        <EmailField autoFocus value={email} onChange={setEmail} error={submit.field('email')} />
      </Form>
    </Page>
  );
}
