import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { api } from '#/api/client';
import { FormDialog, PasswordField, Skeleton, toast } from '#/ui';
import { CodeField, ResendButton } from './CodeField';
import { useFieldAttempt } from './form';

/** A new password by a code from the mail. All other sessions end; this one goes on. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [ticket, setTicket] = useState('');
  const [proof, setProof] = useState('');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const { busy, errors, only, general, setRefused, attempt } = useFieldAttempt();
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    api('POST /users/@me/password-change/start', { body: {} }).then(
      (answer) => setTicket(answer.ticket),
      setRefused,
    );
  }, [setRefused]);
  const next = () =>
    attempt(async () => {
      if (!proof) {
        const answer = await api('POST /users/@me/password-change/verify', { body: { ticket, code } });
        setProof(answer.verification_proof);
        return;
      }
      const body = { ticket, verification_proof: proof, new_password: password };
      await api('POST /users/@me/password-change/complete', { body });
      toast({ kind: 'success', text: t`Password changed. All other devices are signed out.` });
      onClose();
    });
  const refusal = ticket ? general('ticket', 'email', 'verification_proof') : only();
  return (
    <FormDialog
      size="s"
      onClose={onClose}
      closeOutside={false}
      title={t`Change password`}
      onSubmit={next}
      action={proof ? t`Change password` : t`Continue`}
      busy={busy}
      disabled={!ticket || (proof ? password.length < 8 : code.length !== 9)}
    >
      {!ticket && !refusal && <Skeleton shape="block" height={64} />}
      {ticket && !proof && (
        <>
          <p>{t`We have sent a code to your e-mail address.`}</p>
          <CodeField kind="mail" label={t`Code`} value={code} error={errors['code']} onChange={setCode} />
          <ResendButton
            onSend={() => attempt(() => api('POST /users/@me/password-change/resend', { body: { ticket } }))}
          />
        </>
      )}
      {proof && (
        <PasswordField
          label={t`New password`}
          autoFocus
          autoComplete="new-password"
          hint={t`At least 8 characters. All other devices are signed out.`}
          value={password}
          error={errors['new_password']}
          onChange={setPassword}
        />
      )}
      {refusal && (
        <p role="alert" style={{ color: 'var(--danger)' }}>
          {refusal}
        </p>
      )}
    </FormDialog>
  );
}
