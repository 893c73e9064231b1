import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Me } from '#/api/types';
import { useMe } from '#/store';
import { Banner, Button, confirm, FormDialog, Pill, TextField } from '#/ui';
import { EmailDialog } from './EmailDialog';
import { PageSkeleton, Row, Section } from './Frame';
import { useForm, useRun } from './form';
import { PhoneDialog } from './PhoneDialog';

export default function Account() {
  const { t } = useLingui();
  const me = useMe();
  const [open, setOpen] = useState<'name' | 'email' | 'phone' | 'claim' | null>(null);
  const { run } = useRun();
  if (!me) return <PageSkeleton />;
  const unclaimed = !me.email && !me.password_last_changed_at;
  const close = () => setOpen(null);
  const removePhone = async () => {
    const yes = await confirm({
      title: t`Remove the phone number?`,
      body: <p>{t`It can no longer be used to confirm that it is you.`}</p>,
      action: t`Remove`,
      danger: true,
    });
    if (yes)
      await run(() => api('DELETE /users/@me/phone', { body: {}, sudo: true }), t`Phone number removed`);
  };
  return (
    <>
      {unclaimed && (
        <Banner
          kind="warning"
          action={<Button onClick={() => setOpen('claim')}>{t`Finish your account`}</Button>}
        >
          {t`This account has no e-mail address and password yet. Without them it is lost when you sign out.`}
        </Banner>
      )}
      {me.email_bounced && (
        <Banner kind="error" action={<Button onClick={() => setOpen('email')}>{t`Repair`}</Button>}>
          {t`Mails to ${me.email ?? ''} come back. Give an address that works.`}
        </Banner>
      )}
      <Section title={t`Who you are`} lines>
        <Row title={t`Username`} text={<bdi>{`${me.username}#${me.discriminator}`}</bdi>}>
          <Button onClick={() => setOpen('name')}>{t`Change`}</Button>
        </Row>
        <Row
          title={t`E-mail address`}
          text={
            me.email ? (
              <>
                {me.email} {!me.verified && <Pill tone="warning">{t`not confirmed`}</Pill>}
              </>
            ) : (
              t`None`
            )
          }
        >
          {me.email && !me.verified && (
            <Button
              onClick={() => void run(() => api('POST /auth/verify/resend'), t`A new mail is on its way`)}
            >
              {t`Send the mail again`}
            </Button>
          )}
          <Button onClick={() => setOpen(unclaimed ? 'claim' : 'email')}>
            {me.email ? t`Change` : t`Add`}
          </Button>
        </Row>
        <Row title={t`Phone number`} text={me.phone ? <bdi dir="ltr">{me.phone}</bdi> : t`None`}>
          {me.phone && <Button variant="ghost" onClick={() => void removePhone()}>{t`Remove`}</Button>}
          <Button onClick={() => setOpen('phone')}>{me.phone ? t`Change` : t`Add`}</Button>
        </Row>
      </Section>
      {open === 'name' && <NameDialog me={me} onClose={close} />}
      {(open === 'email' || open === 'claim') && (
        <EmailDialog me={me} claim={open === 'claim'} onClose={close} />
      )}
      {open === 'phone' && <PhoneDialog onClose={close} />}
    </>
  );
}

/** Username and number; says while typing whether the two are free. */
function NameDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const { t } = useLingui();
  const form = useForm({ username: me.username, discriminator: me.discriminator });
  const { username, discriminator } = form.values;
  const [free, setFree] = useState<'same' | 'free' | 'taken' | 'asking'>('same');
  useEffect(() => {
    const same = username.toLowerCase() === me.username.toLowerCase() && discriminator === me.discriminator;
    if (same || !/^\w{1,32}$/.test(username) || !/^\d{1,4}$/.test(discriminator)) {
      setFree('same');
      return;
    }
    setFree('asking');
    const cancel = new AbortController();
    const timer = setTimeout(() => {
      api('GET /users/check-tag', { query: { username, discriminator }, signal: cancel.signal }).then(
        ({ taken }) => setFree(taken ? 'taken' : 'free'),
        () => undefined,
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      cancel.abort();
    };
  }, [username, discriminator, me.username, me.discriminator]);
  const save = async () => {
    const done = await form.save(
      () => api('PATCH /users/@me', { body: form.changed, sudo: true }),
      t`Username changed`,
    );
    if (done) onClose();
  };
  const taken = free === 'taken' ? t`Somebody has this name and number. Change one of them.` : undefined;
  return (
    <FormDialog
      size="s"
      onClose={onClose}
      title={t`Change username`}
      description={t`Friends use it to find you.`}
      onSubmit={save}
      action={t`Change`}
      busy={form.busy}
      disabled={!form.dirty || free === 'taken'}
    >
      <TextField
        label={t`Username`}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        value={username}
        error={form.errors['username'] ?? taken}
        hint={free === 'free' ? t`Free` : free === 'asking' ? t`Looking…` : t`Letters, digits and _`}
        onChange={(value) => form.set({ username: value })}
      />
      <TextField
        label={t`Number`}
        inputMode="numeric"
        maxLength={4}
        prefix="#"
        value={discriminator}
        error={form.errors['discriminator']}
        onChange={(value) => form.set({ discriminator: value.replace(/\D/g, '') })}
      />
    </FormDialog>
  );
}
