// The second proof before what cannot be taken lightly: passkey, code of the app, text message, or password.
import { useLingui } from '@lingui/react/macro';
import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from '@simplewebauthn/browser';
import { useState } from 'react';
import { api, type SudoMethods, type SudoProof } from '#/api/client';
import type { ApiError } from '#/api/error';
import { Button, FormDialog, PasswordField, Tabs, useErrorText } from '#/ui';
import { CodeField, ResendButton } from './CodeField';
import { fieldErrors, useLoad } from './form';
import { Loaded } from './Loaded';

type Method = 'webauthn' | 'totp' | 'sms';

interface SudoProps {
  methods: SudoMethods;
  refused: ApiError | undefined;
  /** `null` is giving up. */
  onDone: (proof: SudoProof | null) => void;
}

export default function Sudo({ methods, refused, onDone }: SudoProps) {
  return methods.hasMfa ? (
    <SecondStep refused={refused} onDone={onDone} />
  ) : (
    <Password refused={refused} onDone={onDone} />
  );
}

type StepProps = Omit<SudoProps, 'methods'>;

function Password({ refused, onDone }: StepProps) {
  const { t } = useLingui();
  const [password, setPassword] = useState('');
  return (
    <FormDialog
      size="s"
      title={t`Is it you?`}
      description={t`For this your password is needed.`}
      onClose={() => onDone(null)}
      onSubmit={() => onDone({ password })}
      action={t`Continue`}
      disabled={!password}
    >
      <PasswordField
        label={t`Password`}
        autoFocus
        value={password}
        error={refused && !password ? (fieldErrors(refused)['password'] ?? refused.message) : undefined}
        onChange={setPassword}
      />
    </FormDialog>
  );
}

function SecondStep({ refused, onDone }: StepProps) {
  const { t } = useLingui();
  const text = useErrorText();
  const offered = useLoad(() => api('GET /users/@me/sudo/mfa-methods'));
  const [chosen, setChosen] = useState<Method>();
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>(
    refused && (fieldErrors(refused)['mfa_code'] ?? refused.message),
  );
  const names: Record<Method, string> = { webauthn: t`Passkey`, totp: t`App`, sms: t`Text message` };
  const list = (['webauthn', 'totp', 'sms'] as const).filter((method) => offered.data?.[method]);
  const method = chosen ?? list[0];
  const send = async () => {
    setError(undefined);
    try {
      await api('POST /users/@me/sudo/mfa/sms/send');
      setSent(true);
    } catch (failed) {
      setError(text(failed));
    }
  };
  const passkey = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const options = await api('POST /users/@me/sudo/webauthn/authentication-options');
      const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
      const response = await startAuthentication({ optionsJSON });
      onDone({ mfa_method: 'webauthn', webauthn_response: response, webauthn_challenge: options.challenge });
    } catch (failed) {
      setError(text(failed));
    } finally {
      setBusy(false);
    }
  };
  const submit = () => {
    if (method === 'webauthn') void passkey();
    else if (method) onDone({ mfa_method: method, mfa_code: code });
  };
  return (
    <FormDialog
      size="s"
      title={t`Is it you?`}
      description={t`For this a second proof is needed. It then holds for five minutes.`}
      onClose={() => onDone(null)}
      onSubmit={submit}
      action={method === 'webauthn' ? t`Use passkey` : t`Continue`}
      busy={busy}
      disabled={!method || (method !== 'webauthn' && code.length < 6)}
    >
      <Loaded of={offered}>
        {() => (
          <>
            {list.length > 1 && method && (
              <Tabs
                label={t`Ways to prove it`}
                tabs={list.map((id) => ({ id, label: names[id] }))}
                value={method}
                onChange={(id) => {
                  setChosen(id);
                  setCode('');
                  setError(undefined);
                }}
              />
            )}
            {method === 'totp' && (
              <CodeField
                kind="any"
                label={t`Code of your authenticator app, or a backup code`}
                value={code}
                error={code ? undefined : error}
                onChange={setCode}
              />
            )}
            {method === 'sms' && !sent && (
              <div>
                <Button onClick={() => void send()}>{t`Send a code to my phone`}</Button>
              </div>
            )}
            {method === 'sms' && sent && (
              <>
                <CodeField label={t`Code of the message`} value={code} error={error} onChange={setCode} />
                <ResendButton onSend={send} />
              </>
            )}
            {method === 'webauthn' && (
              <p role={error ? 'alert' : undefined}>
                {error ?? t`Your device asks for your fingerprint, face or key.`}
              </p>
            )}
          </>
        )}
      </Loaded>
    </FormDialog>
  );
}
