import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { Section } from '#/features/settings/Frame';
import { useLoad, useRun } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { Banner, Button, Select, TextArea } from '#/ui';
import css from './guild.module.css';
import { useGuildId } from './hooks';

type Status = Answer<'GET /guilds/{guild_id}/discovery'>;

/** Asking to be in the public list of this server. */
export default function Discovery() {
  const guildId = useGuildId();
  const load = useLoad(async () => ({
    status: await api('GET /guilds/{guild_id}/discovery', { path: { guild_id: guildId } }),
    categories: await api('GET /discovery/categories'),
  }));
  return (
    <Loaded of={load}>
      {({ status, categories }) => (
        <Form
          key={status.application?.status ?? 'none'}
          guildId={guildId}
          status={status}
          categories={categories}
          onChange={load.reload}
        />
      )}
    </Loaded>
  );
}

interface FormProps {
  guildId: string;
  status: Status;
  categories: { id: number; name: string }[];
  onChange: () => void;
}

function Form({ guildId, status, categories, onChange }: FormProps) {
  const { t } = useLingui();
  const { run, busy } = useRun();
  const application = status.application;
  const live = application && application.status !== 'removed' && application.status !== 'rejected';
  const [category, setCategory] = useState(application?.category_type ?? categories[0]?.id ?? 0);
  const [description, setDescription] = useState(application?.description ?? '');
  const path = { guild_id: guildId };
  const body = { category_type: category, description: description.trim() };
  const send = () =>
    run(async () => {
      if (live) await api('PATCH /guilds/{guild_id}/discovery', { path, body });
      else await api('POST /guilds/{guild_id}/discovery', { path, body });
      onChange();
    }, t`Saved`);
  const withdraw = () =>
    run(async () => {
      await api('DELETE /guilds/{guild_id}/discovery', { path });
      onChange();
    });
  const states = {
    pending: t`You asked to be listed. Somebody who runs this server will look at it.`,
    approved: t`This community is in the public list.`,
    rejected: t`The request was declined.`,
    removed: t`This community was taken off the public list.`,
  };
  return (
    <Section
      title={t`Public list`}
      hint={t`People of this server find the community there, see its name, picture and text, and can join.`}
    >
      {application && (
        <Banner kind={application.status === 'approved' ? 'success' : 'info'}>
          {states[application.status]} {application.review_reason && <bdi>{application.review_reason}</bdi>}
        </Banner>
      )}
      {!status.eligible && !live && (
        <Banner kind="warning">
          <Trans>It takes at least {status.min_member_count} members.</Trans>
        </Banner>
      )}
      <Select
        label={t`Category`}
        value={category}
        onChange={setCategory}
        options={categories.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextArea
        label={t`What is it about?`}
        hint={t`10 to 300 characters`}
        counter={300}
        value={description}
        onChange={setDescription}
      />
      <div className={css.tools}>
        <Button
          variant="primary"
          busy={busy}
          disabled={description.trim().length < 10 || (!status.eligible && !live)}
          onClick={() => void send()}
        >
          {live ? <Trans>Save</Trans> : <Trans>Ask to be listed</Trans>}
        </Button>
        {live && (
          <Button variant="ghost" busy={busy} onClick={() => void withdraw()}>
            {application.status === 'approved' ? <Trans>Leave the list</Trans> : <Trans>Withdraw</Trans>}
          </Button>
        )}
      </div>
    </Section>
  );
}
