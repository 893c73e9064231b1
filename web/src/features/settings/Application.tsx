import { useLingui } from '@lingui/react/macro';
import { ArrowLeft, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { Button, confirm, IconButton, Switch, Tabs, TextField } from '#/ui';
import { BotProfile } from './BotProfile';
import { CopyButton } from './CopyButton';
import type { App } from './Developer';
import styles from './Developer.module.css';
import { Row, Section } from './Frame';
import { useForm } from './form';
import { SaveBar } from './SaveBar';
import { SecretDialog } from './SecretDialog';
import { UrlBuilder } from './UrlBuilder';

const MOST = 10;

/** What the server accepts as an address to return to. */
export const validRedirect = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false;
  const { protocol } = new URL(uri);
  return protocol === 'https:' || protocol === 'http:';
};

interface ApplicationProps {
  app: App;
  onBack: () => void;
  onChange: () => void;
}

export function Application({ app, onBack, onChange }: ApplicationProps) {
  const { t } = useLingui();
  const [tab, setTab] = useState<'general' | 'bot' | 'url'>('general');
  return (
    <>
      <div className={styles.head}>
        <IconButton label={t`All applications`} icon={<ArrowLeft size={20} data-mirror />} onClick={onBack} />
        <h3>{app.name}</h3>
      </div>
      <Tabs
        label={app.name}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'general', label: t`General` },
          { id: 'bot', label: t`Bot` },
          { id: 'url', label: t`Invite address` },
        ]}
      />
      {tab === 'general' && <General app={app} onBack={onBack} onChange={onChange} />}
      {tab === 'bot' && <BotProfile app={app} onChange={onChange} />}
      {tab === 'url' && <UrlBuilder app={app} />}
    </>
  );
}

function General({ app, onBack, onChange }: ApplicationProps) {
  const { t } = useLingui();
  const [secret, setSecret] = useState<string>();
  const [uri, setUri] = useState('');
  const form = useForm({
    name: app.name,
    redirect_uris: app.redirect_uris,
    bot_public: app.bot_public,
    bot_require_code_grant: app.bot_require_code_grant,
  });
  const { values, errors, set } = form;
  const path = { id: app.id };
  const save = () =>
    form.save(
      () => api('PATCH /oauth2/applications/{id}', { path, body: form.changed }).then(onChange),
      t`Application saved`,
    );
  const reset = async () => {
    const yes = await confirm({
      title: t`Make a new client secret?`,
      body: <p>{t`The present one stops working at once.`}</p>,
      action: t`Make a new one`,
      danger: true,
    });
    if (!yes) return;
    await form.run(async () => {
      const answer = await api('POST /oauth2/applications/{id}/client-secret/reset', {
        path,
        body: {},
        sudo: true,
      });
      setSecret(answer.client_secret ?? undefined);
    });
  };
  const remove = async () => {
    const yes = await confirm({
      title: t`Delete ${app.name}?`,
      body: (
        <p>{t`Its bot leaves all communities, its token stops working, and what people allowed it ends.`}</p>
      ),
      action: t`Delete application`,
      danger: true,
    });
    if (!yes) return;
    const done = await form.run(() =>
      api('DELETE /oauth2/applications/{id}', { path, body: {}, sudo: true }),
    );
    if (done) {
      onBack();
      onChange();
    }
  };
  const bad = uri !== '' && !validRedirect(uri);
  return (
    <>
      <Section title={t`General`}>
        <TextField
          label={t`Name`}
          maxLength={100}
          value={values.name}
          error={errors['name']}
          onChange={(name) => set({ name })}
        />
        <Row title={t`Application id`} text={<bdi>{app.id}</bdi>}>
          <CopyButton text={app.id} />
        </Row>
        <Row title={t`Client secret`} text={t`Shown once, when it is made.`}>
          <Button onClick={() => void reset()}>{t`Make a new one`}</Button>
        </Row>
        <div>
          <Switch
            label={t`Everybody may add the bot`}
            hint={t`Otherwise only you.`}
            checked={values.bot_public}
            onChange={(bot_public) => set({ bot_public })}
          />
          <Switch
            label={t`Adding the bot needs a code grant`}
            hint={t`For bots whose program has to take part in the adding.`}
            checked={values.bot_require_code_grant}
            onChange={(bot_require_code_grant) => set({ bot_require_code_grant })}
          />
        </div>
      </Section>
      <Section
        title={t`Redirect addresses`}
        hint={t`Where people return to after they have allowed access; compared to the letter.`}
      >
        <div className={styles.list}>
          {values.redirect_uris.map((one) => (
            <div key={one} className={styles.line}>
              <code className={styles.url}>{one}</code>
              <IconButton
                label={t`Remove ${one}`}
                icon={<X size={18} />}
                onClick={() => set({ redirect_uris: values.redirect_uris.filter((other) => other !== one) })}
              />
            </div>
          ))}
          {values.redirect_uris.length < MOST && (
            <form
              className={styles.line}
              onSubmit={(event) => {
                event.preventDefault();
                if (!validRedirect(uri) || values.redirect_uris.includes(uri)) return;
                set({ redirect_uris: [...values.redirect_uris, uri] });
                setUri('');
              }}
            >
              <TextField
                label={t`New redirect address`}
                hideLabel
                dir="ltr"
                type="url"
                placeholder="https://example.org/callback"
                value={uri}
                error={bad ? t`A whole address with https:// or http://` : errors['redirect_uris']}
                onChange={setUri}
              />
              <Button type="submit" icon={<Plus size={18} />} disabled={!validRedirect(uri)}>{t`Add`}</Button>
            </form>
          )}
        </div>
      </Section>
      <Section title={t`Delete`} danger lines>
        <Row title={t`Delete application`} text={t`Cannot be undone.`}>
          <Button variant="danger" onClick={() => void remove()}>{t`Delete`}</Button>
        </Row>
      </Section>
      {secret && (
        <SecretDialog
          title={t`New client secret`}
          secrets={[{ label: t`Client secret`, value: secret }]}
          onClose={() => setSecret(undefined)}
        />
      )}
      <SaveBar dirty={form.dirty} busy={form.busy} onSave={() => void save()} onDiscard={form.reset} />
    </>
  );
}
