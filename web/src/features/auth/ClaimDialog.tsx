import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { Dialog, PasswordField } from '#/ui';
import { CodeField, EmailField, Form, SendAgain } from './parts';
import { useCountdown, useSubmit } from './submit';

export default function ClaimDialog({ onEnd }: { onEnd: (done: boolean) => void }) {
  const { t } = useLingui();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [ticket, setTicket] = useState<{ ticket: string; original_proof: string } | null>(null);
  const [wait, startWait] = useCountdown();
  const submit = useSubmit(async () => {
    if (!ticket) {
      const { ticket, original_proof } = await api('POST /users/@me/email-change/start', {
        body: {} as never,
      });
      const proof = original_proof ?? '';
      await api('POST /users/@me/email-change/request-new', {
        body: { ticket, new_email: email.trim(), original_proof: proof },
      });
      setTicket({ ticket, original_proof: proof });
      startWait(30);
      return;
    }
    const { email_token } = await api('POST /users/@me/email-change/verify-new', {
      body: { ...ticket, code: code.trim().toUpperCase() },
    });
    await api('PATCH /users/@me', { body: { email_token, new_password: password } });
    onEnd(true);
  });
  return (
    <Dialog
      open
      size="s"
      title={t`Finish your account`}
      description={t`With an e-mail address and a password it is yours for good, and you can do everything here.`}
      onClose={() => onEnd(false)}
    >
      <Form
        submit={submit}
        label={ticket ? t`Finish` : t`Send me a code`}
        shows={['new_email', 'new_password', 'code']}
        after={
          ticket && (
            <SendAgain
              wait={wait}
              onClick={() => {
                startWait(30);
                void api('POST /users/@me/email-change/resend-new', {
                  body: { ticket: ticket.ticket },
                }).catch(() => {});
              }}
            />
          )
        }
      >
        <EmailField
          disabled={ticket !== null}
          value={email}
          onChange={setEmail}
          error={submit.field('new_email')}
        />
        <PasswordField
          label={t`Password`}
          autoComplete="new-password"
          required
          minLength={8}
          value={password}
          onChange={setPassword}
          error={submit.field('new_password')}
          hint={t`8 characters or more. Long beats complicated.`}
        />
        {ticket && (
          <CodeField
            label={t`Code from the mail`}
            placeholder="XXXX-XXXX"
            value={code}
            onChange={setCode}
            error={submit.field('code')}
          />
        )}
      </Form>
    </Dialog>
  );
}
