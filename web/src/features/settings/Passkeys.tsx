import { useLingui } from '@lingui/react/macro';
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser';
import { KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { formatLongDate, formatRelative } from '#/i18n';
import { Button, confirm, FormDialog, IconButton, TextField } from '#/ui';
import { Row, Section } from './Frame';
import { useLoad, useRun } from './form';
import { Loaded } from './Loaded';

const LIMIT = 10;

interface Naming {
  title: string;
  name: string;
  save: (name: string) => Promise<boolean>;
}

export function Passkeys() {
  const { t } = useLingui();
  const { busy, run } = useRun();
  const keys = useLoad(() => api('GET /users/@me/mfa/webauthn/credentials'));
  const [naming, setNaming] = useState<Naming | null>(null);
  const add = (name: string) =>
    run(async () => {
      const options = await api('POST /users/@me/mfa/webauthn/credentials/registration-options', {
        body: {},
        sudo: true,
      });
      const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
      const response = await startRegistration({ optionsJSON });
      await api('POST /users/@me/mfa/webauthn/credentials', {
        body: { response: response as unknown as Record<string, never>, challenge: options.challenge, name },
        sudo: true,
      });
      keys.reload();
    }, t`Passkey added`);
  const rename = (id: string) => (name: string) =>
    run(async () => {
      await api('PATCH /users/@me/mfa/webauthn/credentials/{credential_id}', {
        path: { credential_id: id },
        body: { name },
        sudo: true,
      });
      keys.reload();
    });
  const remove = async (id: string, name: string) => {
    const yes = await confirm({
      title: t`Remove ${name}?`,
      body: <p>{t`You can no longer sign in with it.`}</p>,
      action: t`Remove`,
      danger: true,
    });
    if (!yes) return;
    await run(async () => {
      await api('DELETE /users/@me/mfa/webauthn/credentials/{credential_id}', {
        path: { credential_id: id },
        body: {},
        sudo: true,
      });
      keys.reload();
    });
  };
  const possible = typeof PublicKeyCredential !== 'undefined';
  const full = (keys.data?.length ?? 0) >= LIMIT;
  const reason = !possible
    ? t`This browser has no passkeys.`
    : full
      ? t`Ten passkeys are the most an account can have.`
      : undefined;
  return (
    <Section
      title={t`Passkeys`}
      hint={t`Sign in with your fingerprint, face or a security key, without a password.`}
    >
      <Loaded of={keys}>
        {(list) =>
          list.length === 0 ? (
            <p>{t`No passkeys yet.`}</p>
          ) : (
            <div>
              {list.map((key) => (
                <Row
                  key={key.id}
                  icon={<KeyRound size={20} />}
                  title={key.name}
                  text={
                    key.last_used_at
                      ? t`Added ${formatLongDate(key.created_at)}, used ${formatRelative(key.last_used_at)}`
                      : t`Added ${formatLongDate(key.created_at)}`
                  }
                >
                  <IconButton
                    label={t`Rename ${key.name}`}
                    icon={<Pencil size={18} />}
                    onClick={() =>
                      setNaming({ title: t`Rename passkey`, name: key.name, save: rename(key.id) })
                    }
                  />
                  <IconButton
                    label={t`Remove ${key.name}`}
                    icon={<Trash2 size={18} />}
                    onClick={() => void remove(key.id, key.name)}
                  />
                </Row>
              ))}
            </div>
          )
        }
      </Loaded>
      <div>
        <Button
          {...(reason && { reason })}
          onClick={() => setNaming({ title: t`Add a passkey`, name: deviceName(), save: add })}
        >{t`Add a passkey`}</Button>
      </div>
      {naming && <NameDialog naming={naming} busy={busy} onClose={() => setNaming(null)} />}
    </Section>
  );
}

const deviceName = () => /iPhone|iPad|Android|Windows|Mac|Linux/.exec(navigator.userAgent)?.[0] ?? 'Passkey';

function NameDialog({ naming, busy, onClose }: { naming: Naming; busy: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState(naming.name);
  return (
    <FormDialog
      size="s"
      title={naming.title}
      onClose={onClose}
      onSubmit={async () => {
        if (await naming.save(name.trim())) onClose();
      }}
      action={t`Continue`}
      busy={busy}
      disabled={!name.trim()}
    >
      <TextField
        label={t`Name`}
        hint={t`To tell it from others: the device or key it lives on.`}
        maxLength={100}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
