import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { api } from '#/api/client';
import type { Answer, Me } from '#/api/types';
import { FormDialog, PasswordField, Skeleton, TextField, toast } from '#/ui';
import { CodeField, ResendButton } from './CodeField';
import { useFieldAttempt } from './form';

type Ticket = Answer<'POST /users/@me/email-change/start'>;

interface EmailDialogProps {
  me: Me;
  /** The account has neither address nor password: both are set at the end. */
  claim?: boolean;
  onClose: () => void;
  onDone?: () => void;
}

/** The change in three steps: the code sent to the old address, the new address, the code sent to the new one. */
export function EmailDialog({ me, claim, onClose, onDone }: EmailDialogProps) {
  const { t } = useLingui();
  const [step, setStep] = useState<'start' | 'old' | 'new' | 'confirm' | 'failed'>('start');
  const [ticket, setTicket] = useState<Ticket>();
  const [proof, setProof] = useState('');
  const [code, setCode] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [token, setToken] = useState('');
  const { busy, errors, only, general, setRefused, attempt } = useFieldAttempt();
  const bounced = me.email_bounced === true && !claim;
  const started = useRef(false);

  useEffect(() => {
    if (started.current) return;
    started.current = true;
    if (bounced) {
      setStep('new');
      return;
    }
    api('POST /users/@me/email-change/start', { body: {} }).then(
      (answer) => {
        setTicket(answer);
        setProof(answer.original_proof ?? '');
        setStep(answer.require_original ? 'old' : 'new');
      },
      (error: unknown) => {
        setRefused(error);
        setStep('failed');
      },
    );
  }, [bounced, setRefused]);

  const id = ticket?.ticket ?? '';
  const next = () =>
    attempt(async () => {
      if (step === 'old') {
        const answer = await api('POST /users/@me/email-change/verify-original', {
          body: { ticket: id, code },
        });
        setProof(answer.original_proof);
        setCode('');
        setStep('new');
      } else if (step === 'new' && bounced) {
        const answer = await api('POST /users/@me/email-change/bounced/request-new', {
          body: { new_email: email },
        });
        setTicket((before) => ({ ...(before as Ticket), ticket: answer.ticket }));
        setStep('confirm');
      } else if (step === 'new') {
        const body = { ticket: id, new_email: email, original_proof: proof };
        await api('POST /users/@me/email-change/request-new', { body });
        setStep('confirm');
      } else if (step === 'confirm' && bounced) {
        await api('POST /users/@me/email-change/bounced/verify-new', { body: { ticket: id, code } });
        finish();
      } else if (step === 'confirm') {
        let proven = token;
        if (!proven) {
          const body = { ticket: id, code, original_proof: proof };
          proven = (await api('POST /users/@me/email-change/verify-new', { body })).email_token;
          setToken(proven);
        }
        await api('PATCH /users/@me', {
          body: { email_token: proven, ...(claim && { new_password: password }) },
          sudo: true,
        });
        finish();
      }
    });
  const finish = () => {
    toast({ kind: 'success', text: claim ? t`Your account is complete` : t`E-mail address changed` });
    onClose();
    onDone?.();
  };
  const resend = () =>
    attempt(async () => {
      const options = { body: { ticket: id } };
      if (step === 'old') await api('POST /users/@me/email-change/resend-original', options);
      else if (bounced) await api('POST /users/@me/email-change/bounced/resend-new', options);
      else await api('POST /users/@me/email-change/resend-new', options);
    });
  const ready =
    step === 'new'
      ? email.includes('@')
      : code.length === 9 && (!claim || step === 'old' || password.length >= 8);
  const title = claim ? t`Finish your account` : t`Change e-mail address`;
  const refusal = step === 'failed' ? only() : general('ticket', 'email', 'original_proof');
  return (
    <FormDialog
      size="s"
      onClose={onClose}
      closeOutside={false}
      title={title}
      onSubmit={next}
      action={step !== 'failed' && (step === 'confirm' ? title : t`Continue`)}
      busy={busy}
      disabled={!ready}
    >
      {step === 'start' && <Skeleton shape="block" height={64} />}
      {step === 'old' && (
        <>
          <p>{t`We have sent a code to ${me.email ?? ''}, to be sure that it is you.`}</p>
          <CodeField kind="mail" label={t`Code`} value={code} error={errors['code']} onChange={setCode} />
          <ResendButton onSend={resend} />
        </>
      )}
      {step === 'new' && (
        <TextField
          label={t`New address`}
          type="email"
          dir="ltr"
          autoFocus
          autoComplete="email"
          value={email}
          error={errors['new_email']}
          onChange={setEmail}
        />
      )}
      {step === 'confirm' && (
        <>
          <p>{t`We have sent a code to ${email}.`}</p>
          <CodeField kind="mail" label={t`Code`} value={code} error={errors['code']} onChange={setCode} />
          {claim && (
            <PasswordField
              label={t`Password`}
              autoComplete="new-password"
              hint={t`At least 8 characters`}
              value={password}
              error={errors['new_password']}
              onChange={setPassword}
            />
          )}
          <ResendButton onSend={resend} />
        </>
      )}
      {refusal && (
        <p role="alert" style={{ color: 'var(--danger)' }}>
          {refusal}
        </p>
      )}
    </FormDialog>
  );
}
