import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Me } from '#/api/types';
import { FormDialog, QR, toast } from '#/ui';
import { CodeField } from './CodeField';
import { CopyButton } from './CopyButton';
import { useFieldAttempt } from './form';
import styles from './Security.module.css';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 random bits in base 32, as authenticator apps read them. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => alphabet[byte & 31]).join('');
}

const groups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

interface TotpDialogProps {
  me: Me;
  onClose: () => void;
  onCodes: (codes: string[]) => void;
}

export function TotpDialog({ me, onClose, onCodes }: TotpDialogProps) {
  const { t } = useLingui();
  const [secret] = useState(newSecret);
  const [code, setCode] = useState('');
  const { busy, only, attempt } = useFieldAttempt();
  const issuer = location.host;
  const label = encodeURIComponent(`${issuer}:${me.email ?? me.username}`);
  const address = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
  const submit = () =>
    attempt(async () => {
      const answer = await api('POST /users/@me/mfa/totp/enable', { body: { secret, code }, sudo: true });
      onCodes(answer.backup_codes.map((one) => one.code));
    });
  return (
    <FormDialog
      onClose={onClose}
      closeOutside={false}
      title={t`Set up an authenticator app`}
      onSubmit={submit}
      action={t`Turn on`}
      busy={busy}
      disabled={code.length !== 6}
    >
      <div className={styles.setup}>
        <QR text={address} label={t`Code for the authenticator app`} size={176} />
        <div className={styles.steps}>
          <p>{t`Scan this with an authenticator app, or type the key into it:`}</p>
          <code className={styles.secret}>{groups(secret)}</code>
          <CopyButton text={secret} label={t`Copy key`} />
        </div>
      </div>
      <CodeField label={t`Code that the app shows`} value={code} error={only('code')} onChange={setCode} />
    </FormDialog>
  );
}

export function TotpOffDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [code, setCode] = useState('');
  const { busy, only, attempt } = useFieldAttempt();
  const submit = () =>
    attempt(async () => {
      const body = { code, mfa_method: 'totp' as const, mfa_code: code };
      await api('POST /users/@me/mfa/totp/disable', { body, sudo: true });
      toast({ kind: 'success', text: t`The authenticator app is off` });
      onClose();
    });
  return (
    <FormDialog
      size="s"
      onClose={onClose}
      title={t`Turn off the authenticator app?`}
      description={t`Backup codes and text messages as a second step go with it.`}
      onSubmit={submit}
      action={t`Turn off`}
      danger
      busy={busy}
      disabled={code.length < 6}
    >
      <CodeField
        kind="any"
        label={t`Code of the app, or a backup code`}
        value={code}
        error={only('code', 'mfa_code')}
        onChange={setCode}
      />
    </FormDialog>
  );
}
