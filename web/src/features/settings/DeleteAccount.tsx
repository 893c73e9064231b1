import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Me } from '#/api/types';
import { useAttempt } from '#/features/attempt';
import { formatList } from '#/i18n';
import { entity, useList } from '#/store';
import { Banner, FormDialog, TextField, useErrorText } from '#/ui';
import { gaveUp } from './form';
import styles from './Security.module.css';

/** What deleting means, what has to happen before, and the name typed as a signature. */
export function DeleteAccount({ me, onClose }: { me: Me; onClose: () => void }) {
  const { t } = useLingui();
  const text = useErrorText();
  const [typed, setTyped] = useState('');
  const { busy, refused, attempt } = useAttempt(true);
  const guilds = useList('guilds');
  const owned = guilds
    .map((id) => entity('guilds', id))
    .filter((guild) => guild?.owner_id === me.id)
    .map((guild) => guild?.name ?? '');
  const submit = () => attempt(() => api('POST /users/@me/delete', { body: {}, sudo: true }));
  return (
    <FormDialog
      onClose={onClose}
      closeOutside={false}
      title={t`Delete your account?`}
      onSubmit={submit}
      action={t`Delete account`}
      disabled={typed !== me.username || owned.length > 0}
      danger
      busy={busy}
      cancel={t`Keep it`}
    >
      {owned.length > 0 && (
        <Banner kind="warning">
          {t`You own ${formatList(owned)}. Hand over or delete what you own first.`}
        </Banner>
      )}
      <ul className={styles.facts}>
        <li>{t`You are signed out on every device now.`}</li>
        <li>{t`After a grace period of some days your profile, friends, notes and settings are deleted for good.`}</li>
        <li>{t`You leave all communities and groups.`}</li>
        <li>{t`Your messages stay, shown as written by a deleted person. To remove them too, use My data first.`}</li>
        <li>{t`Signing in within the grace period keeps the account.`}</li>
      </ul>
      <TextField
        label={t`Type your username to confirm: ${me.username}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        error={refused === undefined || gaveUp(refused) ? undefined : text(refused)}
        onChange={setTyped}
      />
    </FormDialog>
  );
}
