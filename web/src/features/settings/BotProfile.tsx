import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { Button, confirm, EmptyState, Switch, TextArea, TextField } from '#/ui';
import type { App } from './Developer';
import { Row, Section } from './Frame';
import { useForm } from './form';
import { PictureField } from './PictureField';
import { SaveBar } from './SaveBar';
import { SecretDialog } from './SecretDialog';

const FRIENDLY = 16;
const MANUAL = 32;

export function BotProfile({ app, onChange }: { app: App; onChange: () => void }) {
  const { t } = useLingui();
  return app.bot ? <Form app={app} bot={app.bot} onChange={onChange} /> : <EmptyState title={t`No bot`} />;
}

interface FormProps {
  app: App;
  bot: NonNullable<App['bot']>;
  onChange: () => void;
}

function Form({ app, bot, onChange }: FormProps) {
  const { t } = useLingui();
  const [token, setToken] = useState<string>();
  const form = useForm({
    username: bot.username,
    avatar: bot.avatar ?? null,
    banner: bot.banner ?? null,
    bio: bot.bio ?? '',
    bot_flags: bot.flags,
  });
  const { values, errors, set } = form;
  const path = { id: app.id };
  const user = { id: bot.id, username: bot.username, avatar: bot.avatar ?? null };
  const save = () => {
    const { bio } = form.changed;
    const body = { ...form.changed, ...(bio !== undefined && { bio: bio || null }) };
    return form.save(
      () => api('PATCH /oauth2/applications/{id}/bot', { path, body }).then(onChange),
      t`Bot saved`,
    );
  };
  const reset = async () => {
    const yes = await confirm({
      title: t`Make a new token?`,
      body: <p>{t`The bot is disconnected until its program uses the new one.`}</p>,
      action: t`Make a new one`,
      danger: true,
    });
    if (!yes) return;
    await form.run(async () => {
      const answer = await api('POST /oauth2/applications/{id}/bot/reset-token', {
        path,
        body: {},
        sudo: true,
      });
      setToken(answer.token);
    });
  };
  const flag = (bit: number, on: boolean) =>
    set({ bot_flags: on ? values.bot_flags | bit : values.bot_flags & ~bit });
  return (
    <>
      <Section title={t`Access`} lines>
        <Row title={t`Token`} text={t`With it the bot signs in. Shown once, when it is made.`}>
          <Button onClick={() => void reset()}>{t`Make a new one`}</Button>
        </Row>
      </Section>
      <Section title={t`Profile of the bot`}>
        <PictureField kind="avatar" user={user} form={form} />
        <PictureField kind="banner" user={user} form={form} />
        <TextField
          label={t`Username`}
          hint={t`A new name brings a new number.`}
          suffix={`#${bot.discriminator}`}
          maxLength={32}
          value={values.username}
          error={errors['username']}
          onChange={(username) => set({ username })}
        />
        <TextArea
          label={t`About the bot`}
          optional
          counter={1024}
          value={values.bio}
          error={errors['bio']}
          onChange={(bio) => set({ bio })}
        />
        <div>
          <Switch
            label={t`People may befriend it`}
            checked={Boolean(values.bot_flags & FRIENDLY)}
            onChange={(on) => flag(FRIENDLY, on)}
          />
          <Switch
            label={t`Its program accepts friend requests`}
            hint={t`Otherwise they are accepted by themselves.`}
            disabled={!(values.bot_flags & FRIENDLY)}
            checked={Boolean(values.bot_flags & MANUAL)}
            onChange={(on) => flag(MANUAL, on)}
          />
        </div>
      </Section>
      {token && (
        <SecretDialog
          title={t`New bot token`}
          secrets={[{ label: t`Bot token`, value: token }]}
          onClose={() => setToken(undefined)}
        />
      )}
      <SaveBar dirty={form.dirty} busy={form.busy} onSave={() => void save()} onDiscard={form.reset} />
    </>
  );
}
