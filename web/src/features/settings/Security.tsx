import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { formatLongDate } from '#/i18n';
import { discovery, useMe } from '#/store';
import { Banner, Button, confirm, Pill } from '#/ui';
import { BackupCodes } from './BackupCodes';
import { DeleteAccount } from './DeleteAccount';
import { PageSkeleton, Row, Section } from './Frame';
import { useRun } from './form';
import { Passkeys } from './Passkeys';
import { PasswordDialog } from './PasswordDialog';
import { TotpDialog, TotpOffDialog } from './Totp';

const TOTP = 0;
const SMS = 1;

export default function Security() {
  const { t } = useLingui();
  const me = useMe();
  const { run } = useRun();
  const [open, setOpen] = useState<'password' | 'totp' | 'totp-off' | 'codes' | 'delete' | null>(null);
  const [codes, setCodes] = useState<string[]>();
  if (!me) return <PageSkeleton />;
  const has = (type: number) => me.authenticator_types?.includes(type as 0) ?? false;
  const close = () => setOpen(null);
  const forget = async () => {
    const yes = await confirm({
      title: t`Forget all known places?`,
      body: <p>{t`The next sign-in from each place has to be confirmed by mail again.`}</p>,
      action: t`Forget`,
    });
    if (yes) {
      await run(
        () => api('DELETE /users/@me/authorized-ips', { body: {}, sudo: true }),
        t`All places forgotten`,
      );
    }
  };
  const disable = async () => {
    const yes = await confirm({
      title: t`Disable your account?`,
      body: <p>{t`You are signed out everywhere and nobody can reach you. Signing in again undoes it.`}</p>,
      action: t`Disable account`,
      danger: true,
    });
    if (yes) await run(() => api('POST /users/@me/disable', { body: {}, sudo: true }));
  };
  const changed = me.password_last_changed_at;
  return (
    <>
      <Section title={t`Password`} lines>
        <Row
          title={t`Password`}
          text={changed ? t`Last changed ${formatLongDate(changed)}` : t`Changed with a code from your mail`}
        >
          {me.email ? (
            <Button onClick={() => setOpen('password')}>{t`Change`}</Button>
          ) : (
            <Button reason={t`Add an e-mail address first, under Account.`}>{t`Change`}</Button>
          )}
        </Row>
      </Section>
      <Section
        title={t`Second step`}
        hint={t`With a second step a stolen password is not enough to get in.`}
        lines
      >
        <Row
          title={
            <>
              {t`Authenticator app`} {has(TOTP) && <Pill tone="positive">{t`on`}</Pill>}
            </>
          }
          text={t`An app shows a new code every 30 seconds.`}
        >
          {has(TOTP) ? (
            <>
              <Button onClick={() => setOpen('codes')}>{t`Backup codes`}</Button>
              <Button variant="ghost" onClick={() => setOpen('totp-off')}>{t`Turn off`}</Button>
            </>
          ) : (
            <Button variant="primary" onClick={() => setOpen('totp')}>{t`Set up`}</Button>
          )}
        </Row>
        {discovery().features.sms_mfa_enabled && (
          <Row
            title={
              <>
                {t`Text message`} {has(SMS) && <Pill tone="positive">{t`on`}</Pill>}
              </>
            }
            text={t`As a fallback, when the app is not at hand.`}
          >
            {has(SMS) ? (
              <Button
                variant="ghost"
                onClick={() =>
                  void run(() => api('POST /users/@me/mfa/sms/disable', { body: {}, sudo: true }))
                }
              >{t`Turn off`}</Button>
            ) : (
              <Button
                {...(!has(TOTP)
                  ? { reason: t`Set up the authenticator app first.` }
                  : !me.phone && { reason: t`Add a phone number first, under Account.` })}
                onClick={() =>
                  void run(() => api('POST /users/@me/mfa/sms/enable', { body: {}, sudo: true }))
                }
              >{t`Turn on`}</Button>
            )}
          </Row>
        )}
      </Section>
      <Passkeys />
      <Section title={t`Known places`} lines>
        <Row title={t`Forget known places`} text={t`Places you have confirmed by mail before.`}>
          <Button onClick={() => void forget()}>{t`Forget`}</Button>
        </Row>
      </Section>
      <Section title={t`Leave`} danger lines>
        <Row title={t`Disable account`} text={t`Takes a break; signing in again brings everything back.`}>
          <Button variant="ghost" onClick={() => void disable()}>{t`Disable`}</Button>
        </Row>
        <Row title={t`Delete account`} text={t`Removes your profile and leaves all communities.`}>
          <Button variant="danger" onClick={() => setOpen('delete')}>{t`Delete`}</Button>
        </Row>
      </Section>
      {me.pending_bulk_message_deletion && (
        <Banner kind="warning">{t`All your messages are about to be deleted. See My data.`}</Banner>
      )}
      {open === 'password' && <PasswordDialog onClose={close} />}
      {open === 'totp' && (
        <TotpDialog
          me={me}
          onClose={close}
          onCodes={(list) => {
            setCodes(list);
            setOpen('codes');
          }}
        />
      )}
      {open === 'totp-off' && <TotpOffDialog onClose={close} />}
      {open === 'codes' && (
        <BackupCodes
          codes={codes}
          onClose={() => {
            setCodes(undefined);
            close();
          }}
        />
      )}
      {open === 'delete' && <DeleteAccount me={me} onClose={close} />}
    </>
  );
}
