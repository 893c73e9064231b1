import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { Button } from '#/ui';
import css from './auth.module.css';
import { type Aim, enter, type MfaDemand } from './flow';
import { Page } from './Page';
import { CodeField, Form, SendAgain, Ways } from './parts';
import { hasPasskeys, passkeyAsSecondFactor, unlessCancelled } from './passkey';
import { useCountdown, useSubmit } from './submit';

type Method = MfaDemand['allowed_methods'][number];

/** The second proof, by any of the ways that the account has. */
export function Mfa({ demand, aim, onBack }: { demand: MfaDemand; aim: Aim; onBack: () => void }) {
  const { t } = useLingui();
  const methods = demand.allowed_methods.filter((method) => method !== 'webauthn' || hasPasskeys());
  const [method, setMethod] = useState<Method>(methods[0] ?? 'totp');
  const names: Record<Method, string> = { totp: t`Code`, sms: t`Text message`, webauthn: t`Passkey` };
  return (
    <Page
      title={t`Is it you?`}
      text={<Trans>Your account asks for a second proof.</Trans>}
      foot={
        <Button variant="ghost" onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
      }
    >
      <Ways label={t`Ways to prove it`} names={names} ways={methods} value={method} onChange={setMethod}>
        {method === 'totp' && <Code demand={demand} aim={aim} />}
        {method === 'sms' && <Sms demand={demand} aim={aim} />}
        {method === 'webauthn' && <Passkey demand={demand} aim={aim} />}
      </Ways>
    </Page>
  );
}

type Props = { demand: MfaDemand; aim: Aim };

function Code({ demand, aim }: Props) {
  const { t } = useLingui();
  const [code, setCode] = useState('');
  const submit = useSubmit(async () => {
    const body = { code: code.trim(), ticket: demand.ticket };
    await enter(await api('POST /auth/login/mfa/totp', { body, anonymous: true }), aim);
  });
  return (
    <Form submit={submit} label={t`Continue`} shows={['code']}>
      <CodeField
        value={code}
        onChange={setCode}
        error={submit.field('code')}
        hint={t`Six digits from your app, or one of your backup codes.`}
      />
    </Form>
  );
}

function Sms({ demand, aim }: Props) {
  const { t } = useLingui();
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const [wait, startWait] = useCountdown();
  const submit = useSubmit(async () => {
    if (!sent) return send();
    const body = { code: code.trim(), ticket: demand.ticket };
    await enter(await api('POST /auth/login/mfa/sms', { body, anonymous: true }), aim);
  });
  const send = async () => {
    await api('POST /auth/login/mfa/sms/send', { body: { ticket: demand.ticket }, anonymous: true });
    setSent(true);
    startWait(30);
  };
  const phone = demand.sms_phone_hint ?? '';
  return (
    <Form
      submit={submit}
      label={sent ? t`Continue` : t`Send a code`}
      shows={['code']}
      after={sent && <SendAgain wait={wait} onClick={() => void send().catch(() => {})} />}
    >
      <p className={css.note}>
        <Trans>
          To your number ending in <bdi dir="ltr">{phone}</bdi>.
        </Trans>
      </p>
      {sent && <CodeField value={code} onChange={setCode} error={submit.field('code')} />}
    </Form>
  );
}

function Passkey({ demand, aim }: Props) {
  const { t } = useLingui();
  const submit = useSubmit(async () => {
    await unlessCancelled(passkeyAsSecondFactor(demand.ticket).then((signed) => enter(signed, aim)));
  });
  return (
    <Form submit={submit} label={t`Use a passkey`} shows={[]}>
      <p className={css.note}>
        <Trans>Your browser will ask for your finger, your face or the key itself.</Trans>
      </p>
    </Form>
  );
}
