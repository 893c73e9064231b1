import { useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { useSettings } from '#/store';
import { Avatar, Button, EmptyState, FormDialog, LockDrawing, Switch, TextField } from '#/ui';
import { Application } from './Application';
import { Row, Section } from './Frame';
import { useFieldAttempt, useLoad, useSave } from './form';
import { Loaded } from './Loaded';
import { SecretDialog } from './SecretDialog';

export type App = Answer<'GET /oauth2/applications/@me'>[number];

export default function Developer() {
  const { t } = useLingui();
  const settings = useSettings();
  const save = useSave();
  const apps = useLoad(() => api('GET /oauth2/applications/@me'));
  const [open, setOpen] = useState<string>();
  const [creating, setCreating] = useState(false);
  const [fresh, setFresh] = useState<App>();
  const chosen = apps.data?.find((app) => app.id === open);
  if (chosen) {
    return (
      <Application key={chosen.id} app={chosen} onBack={() => setOpen(undefined)} onChange={apps.reload} />
    );
  }
  return (
    <>
      {settings && (
        <Section lines>
          <Switch
            label={t`Developer mode`}
            hint={t`Menus offer to copy ids.`}
            checked={settings.developer_mode}
            onChange={(developer_mode) => save({ developer_mode })}
          />
        </Section>
      )}
      <Section title={t`Applications`} hint={t`Bots and programs of yours that use this server.`}>
        <Loaded of={apps}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState
                icon={<LockDrawing />}
                title={t`No applications yet`}
                text={t`An application has a bot account and can ask people for access.`}
              />
            ) : (
              <div>
                {list.map((app) => (
                  <Row
                    key={app.id}
                    icon={<Avatar name={app.name} seed={app.id} shape="square" size={40} />}
                    title={app.name}
                    text={<bdi>{app.id}</bdi>}
                  >
                    <Button onClick={() => setOpen(app.id)}>{t`Open`}</Button>
                  </Row>
                ))}
              </div>
            )
          }
        </Loaded>
        <div>
          <Button variant="primary" icon={<Plus size={18} />} onClick={() => setCreating(true)}>
            {t`New application`}
          </Button>
        </div>
      </Section>
      {creating && (
        <CreateDialog
          onClose={() => setCreating(false)}
          onDone={(app) => {
            setCreating(false);
            setFresh(app);
            apps.reload();
          }}
        />
      )}
      {fresh && (
        <SecretDialog
          title={t`${fresh.name} is ready`}
          secrets={[
            ...(fresh.bot?.token ? [{ label: t`Bot token`, value: fresh.bot.token }] : []),
            ...(fresh.client_secret ? [{ label: t`Client secret`, value: fresh.client_secret }] : []),
          ]}
          onClose={() => {
            setOpen(fresh.id);
            setFresh(undefined);
          }}
        />
      )}
    </>
  );
}

function CreateDialog({ onClose, onDone }: { onClose: () => void; onDone: (app: App) => void }) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const { busy, only, attempt } = useFieldAttempt(true);
  const submit = () =>
    attempt(async () => onDone(await api('POST /oauth2/applications', { body: { name: name.trim() } })));
  return (
    <FormDialog
      size="s"
      title={t`New application`}
      onClose={onClose}
      onSubmit={submit}
      action={t`Create`}
      busy={busy}
      disabled={!name.trim()}
    >
      <TextField label={t`Name`} maxLength={100} value={name} error={only('name')} onChange={setName} />
    </FormDialog>
  );
}
