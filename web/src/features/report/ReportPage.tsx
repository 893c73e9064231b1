// A notice without an account (as European law asks for): what it is about, who says so, and a code by mail.
import { Trans, useLingui } from '@lingui/react/macro';
import { Flag, MailCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { Page } from '#/features/auth/Page';
import { BackToLogin, CodeField, EmailField, Form, SendAgain } from '#/features/auth/parts';
import { useCountdown, useSubmit } from '#/features/auth/submit';
import { RadioCards, Select, TextArea, TextField } from '#/ui';
import { categoryOptions, type Reported } from './categories';
import { fieldsOf, isTarget, wrong } from './target';

const countries = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(
  ' ',
);

export default function ReportPage() {
  const { t, i18n } = useLingui();
  const [kind, setKind] = useState<Reported>('message');
  const [target, setTarget] = useState('');
  const [category, setCategory] = useState('other');
  const [more, setMore] = useState('');
  const [name, setName] = useState('');
  const [country, setCountry] = useState('');
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState<Record<string, string> | null>(null);
  const [done, setDone] = useState(false);
  const [missing, setMissing] = useState<'target' | 'name' | 'country' | null>(null);
  const [wait, startWait] = useCountdown();
  const names = new Intl.DisplayNames([i18n.locale], { type: 'region' });
  const mail = () => api('POST /reports/dsa/email/send', { body: { email: email.trim() }, anonymous: true });

  const ask = useSubmit(async () => {
    setMissing(null);
    if (!target.trim()) return setMissing('target');
    if (!name.trim()) return setMissing('name');
    if (!country) return setMissing('country');
    try {
      const fields = await fieldsOf(kind, target);
      await mail();
      startWait(30);
      setAsked(fields);
    } catch (error) {
      if (!wrong(error)) throw error;
      setMissing('target');
    }
  });
  const send = useSubmit(async () => {
    const { ticket } = await api('POST /reports/dsa/email/verify', {
      body: { email: email.trim(), code: code.trim().toUpperCase() },
      anonymous: true,
    });
    try {
      await api('POST /reports/dsa', {
        body: {
          ticket,
          report_type: kind,
          category,
          reporter_full_legal_name: name.trim(),
          reporter_country_of_residence: country,
          ...(more.trim() ? { additional_info: more.trim() } : {}),
          ...asked,
        } as never,
        anonymous: true,
      });
      setDone(true);
    } catch (error) {
      if (!isTarget(error)) throw error;
      // The code is used up: everything typed stays, and another is asked for.
      setAsked(null);
      setCode('');
      setMissing('target');
    }
  });

  if (done)
    return (
      <Page
        title={t`Your report is with us`}
        icon={<MailCheck size={30} />}
        kind="positive"
        text={<Trans>Thank you. The people who run this server will look at it.</Trans>}
        foot={<BackToLogin />}
      />
    );
  if (asked)
    return (
      <Page
        title={t`Look into your mail`}
        icon={<MailCheck size={30} />}
        text={
          <Trans>
            A code is on its way to <bdi>{email}</bdi>. With it your report is sent.
          </Trans>
        }
        foot={<BackToLogin />}
      >
        <Form
          submit={send}
          label={t`Send the report`}
          shows={['code']}
          after={
            <SendAgain
              wide
              wait={wait}
              onClick={() => {
                startWait(30);
                void mail().catch(() => {});
              }}
            />
          }
        >
          <CodeField
            label={t`Code from the mail`}
            placeholder="XXXX-XXXX"
            value={code}
            onChange={setCode}
            error={send.field('code')}
          />
        </Form>
      </Page>
    );
  const said = {
    message: {
      label: t`Link to the message`,
      hint: t`Everybody who sees a message can copy its link.`,
      error: t`That is no link to a message here, or the message is gone.`,
    },
    user: {
      label: t`Name and number`,
      hint: t`As in name#1234.`,
      error: t`Nobody here has that name and number.`,
    },
    guild: {
      label: t`Invite or link`,
      hint: t`An invite to the community, or a link into it.`,
      error: t`No community is found there.`,
    },
  }[kind];
  return (
    <Page
      title={t`Report something`}
      icon={<Flag size={30} />}
      text={
        <Trans>For people without an account. With one, use Report in the menu of what it is about.</Trans>
      }
      foot={<BackToLogin />}
    >
      <Form submit={ask} label={t`Send me a code`} shows={['email']}>
        <RadioCards
          label={<Trans>What do you report?</Trans>}
          value={kind}
          onChange={(value) => {
            setKind(value);
            setCategory('other');
            setMissing(null);
          }}
          options={[
            { value: 'message', label: t`A message` },
            { value: 'user', label: t`A person` },
            { value: 'guild', label: t`A community` },
          ]}
        />
        <TextField
          label={said.label}
          hint={said.hint}
          error={missing === 'target' ? said.error : undefined}
          dir="ltr"
          spellCheck={false}
          maxLength={2048}
          value={target}
          onChange={setTarget}
        />
        <Select
          label={t`What is it about?`}
          value={category}
          options={categoryOptions(kind)}
          onChange={setCategory}
        />
        <TextArea
          label={<Trans>What should they know?</Trans>}
          optional
          rows={3}
          counter={1000}
          maxLength={1000}
          value={more}
          onChange={setMore}
        />
        <TextField
          label={t`Your full name`}
          autoComplete="name"
          maxLength={160}
          error={missing === 'name' ? t`Fill this in.` : undefined}
          value={name}
          onChange={setName}
        />
        <Select
          label={t`Country you live in`}
          autoComplete="country"
          value={country}
          error={missing === 'country' ? t`Fill this in.` : undefined}
          options={[
            { value: '', label: '–' },
            ...countries
              .map((value) => ({ value, label: names.of(value) ?? value }))
              .sort((a, b) => a.label.localeCompare(b.label, i18n.locale)),
          ]}
          onChange={setCountry}
        />
        <EmailField value={email} onChange={setEmail} error={ask.field('email')} />
      </Form>
    </Page>
  );
}
