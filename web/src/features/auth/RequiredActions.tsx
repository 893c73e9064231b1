// The server wants an address or a number confirmed before it lets the account do anything else.
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { leave } from '#/features/accounts/leave';
import { useMe } from '#/store';
import { Banner, Button, TextField } from '#/ui';
import css from './auth.module.css';
import { Page } from './Page';
import { CodeField, Form, Ways } from './parts';
import { useCountdown, useSubmit } from './submit';

type Way = 'email' | 'phone';

/** Which of the two would satisfy the demand. */
export function ways(actions: readonly string[]): Way[] {
  const either = actions.some((action) => action.includes('EMAIL_OR'));
  const email = either || actions.some((action) => action.includes('EMAIL'));
  const phone = either || actions.some((action) => action.includes('PHONE'));
  return [...(email ? (['email'] as const) : []), ...(phone ? (['phone'] as const) : [])];
}

export default function RequiredActions() {
  const { t } = useLingui();
  const me = useMe();
  const possible = ways(me?.required_actions ?? []);
  const [chosen, setWay] = useState<Way | null>(null);
  const way = chosen ?? possible[0] ?? 'email';
  const names = { email: t`E-mail`, phone: t`Phone` };
  return (
    <Page
      title={t`One thing first`}
      icon={<ShieldAlert size={30} />}
      text={<Trans>To protect everybody here, this server wants to be sure that it can reach you.</Trans>}
      foot={
        <Button variant="ghost" onClick={() => void leave()}>
          <Trans>Sign out</Trans>
        </Button>
      }
    >
      <Ways label={t`Ways to be reached`} names={names} ways={possible} value={way} onChange={setWay}>
        {way === 'email' ? <Email /> : <Phone />}
      </Ways>
    </Page>
  );
}

function Email() {
  const { t } = useLingui();
  const me = useMe();
  const [wait, startWait] = useCountdown();
  const [sent, setSent] = useState(false);
  const submit = useSubmit(async (headers) => {
    await api('POST /auth/verify/resend', { headers });
    setSent(true);
    startWait(30);
  });
  return (
    <>
      {sent && (
        <Banner kind="success">
          <Trans>Sent. Open the link in the mail; this page then goes on by itself.</Trans>
        </Banner>
      )}
      <Form submit={submit} label={sent ? t`Send again` : t`Send me a link`} shows={[]}>
        <p className={css.note}>
          {wait > 0 ? (
            <Plural
              value={wait}
              one="You can ask again in # second."
              other="You can ask again in # seconds."
            />
          ) : (
            <Trans>
              To <bdi>{me?.email}</bdi>
            </Trans>
          )}
        </p>
      </Form>
    </>
  );
}

function Phone() {
  const { t } = useLingui();
  const [phone, setPhone] = useState('+');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const submit = useSubmit(async (headers) => {
    const number = phone.replace(/[\s()-]/g, '');
    if (!sent) {
      await api('POST /users/@me/phone/send-verification', { body: { phone: number }, headers });
      setSent(true);
      return;
    }
    const { phone_token } = await api('POST /users/@me/phone/verify', {
      body: { phone: number, code: code.trim() },
    });
    await api('POST /users/@me/phone', { body: { phone_token }, sudo: true });
  });
  return (
    <Form submit={submit} label={sent ? t`Confirm` : t`Send a code`} shows={['phone', 'code']}>
      <TextField
        label={t`Phone number`}
        type="tel"
        autoComplete="tel"
        dir="ltr"
        required
        disabled={sent}
        value={phone}
        onChange={setPhone}
        error={submit.field('phone')}
        hint={t`With the country's code, as in +49…`}
      />
      {sent && <CodeField inputMode="numeric" value={code} onChange={setCode} error={submit.field('code')} />}
    </Form>
  );
}
