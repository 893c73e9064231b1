import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { FormDialog, TextField, toast } from '#/ui';
import { CodeField, ResendButton } from './CodeField';
import { useFieldAttempt } from './form';

export function PhoneDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [phone, setPhone] = useState('+');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, general, attempt } = useFieldAttempt();
  const number = phone.replace(/[^\d+]/g, '');
  const send = () => api('POST /users/@me/phone/send-verification', { body: { phone: number } });
  const next = () =>
    attempt(async () => {
      if (!sent) {
        await send();
        setSent(true);
      } else {
        const { phone_token } = await api('POST /users/@me/phone/verify', { body: { phone: number, code } });
        await api('POST /users/@me/phone', { body: { phone_token }, sudo: true });
        toast({ kind: 'success', text: t`Phone number saved` });
        onClose();
      }
    });
  return (
    <FormDialog
      size="s"
      onClose={onClose}
      closeOutside={false}
      title={t`Phone number`}
      onSubmit={next}
      action={sent ? t`Confirm` : t`Send code`}
      busy={busy}
      disabled={sent ? code.length !== 6 : !/^\+[1-9]\d{5,14}$/.test(number)}
    >
      {sent ? (
        <>
          <p>{t`We have sent a message with a code to ${number}.`}</p>
          <CodeField label={t`Code`} value={code} error={general('code')} onChange={setCode} />
          <ResendButton onSend={send} />
        </>
      ) : (
        <TextField
          label={t`Number with country code`}
          type="tel"
          dir="ltr"
          autoFocus
          autoComplete="tel"
          placeholder="+49 151 23456789"
          value={phone}
          error={general('phone')}
          onChange={setPhone}
        />
      )}
    </FormDialog>
  );
}
