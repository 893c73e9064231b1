import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import { Section } from '#/features/settings/Frame';
import { useRun } from '#/features/settings/form';
import { useMe } from '#/store';
import { Button, Combobox, confirm, FormDialog, TextField } from '#/ui';
import css from './guild.module.css';
import { useGuild } from './hooks';
import { type Found, findMembers } from './RoleMembers';

export default function Danger() {
  const { t } = useLingui();
  const guild = useGuild();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Transfer />
      <Section
        title={t`Delete the community`}
        hint={t`Every channel, message and file is gone, for everybody.`}
        danger
      >
        <div>
          <Button variant="danger" onClick={() => setDeleting(true)}>
            <Trans>Delete community…</Trans>
          </Button>
        </div>
      </Section>
      {deleting && <Delete guildId={guild.id} name={guild.name} onClose={() => setDeleting(false)} />}
    </>
  );
}

function Transfer() {
  const { t } = useLingui();
  const guild = useGuild();
  const me = useMe();
  const { run, busy } = useRun();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found[]>([]);
  const [chosen, setChosen] = useState<Found>();
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(
      () =>
        findMembers(guild.id, query).then(
          (people) => stale || setFound(people),
          () => {},
        ),
      120,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [guild.id, query]);
  const hand = async () => {
    if (!chosen) return;
    const yes = await confirm({
      title: t`Hand over to ${chosen.name}?`,
      body: <p>{t`You stay a member. Only the new owner can give it back.`}</p>,
      action: t`Hand over`,
      danger: true,
    });
    if (!yes) return;
    await run(
      () =>
        api('POST /guilds/{guild_id}/transfer-ownership', {
          path: { guild_id: guild.id },
          body: { new_owner_id: chosen.id },
          sudo: true,
        }),
      t`Handed over`,
    );
  };
  return (
    <Section title={t`Hand over`} hint={t`Somebody else becomes the owner.`}>
      <div className={css.tools}>
        <Combobox
          className={css.grow ?? ''}
          label={t`New owner`}
          placeholder={t`Name`}
          options={found
            .filter(({ id }) => id !== me?.id)
            .map(({ id, name, username }) => ({ id, label: name, hint: username }))}
          value={chosen ? [chosen.id] : []}
          onSearch={setQuery}
          onChange={([id]) => setChosen(found.find((one) => one.id === id))}
        />
        <Button variant="danger" disabled={!chosen} busy={busy} onClick={() => void hand()}>
          <Trans>Hand over…</Trans>
        </Button>
      </div>
    </Section>
  );
}

function Delete({ guildId, name, onClose }: { guildId: string; name: string; onClose: () => void }) {
  const { t } = useLingui();
  const { run, busy } = useRun();
  const [typed, setTyped] = useState('');
  const same = typed.trim() === name.trim();
  const erase = async () => {
    if (!same) return;
    const done = await run(() =>
      api('POST /guilds/{guild_id}/delete', { path: { guild_id: guildId }, body: {}, sudo: true }),
    );
    if (done) {
      onClose();
      goTo(HOME, true);
    }
  };
  return (
    <FormDialog
      alert
      size="s"
      title={t`Delete ${name}?`}
      description={t`This cannot be undone. Type the name of the community to go on.`}
      onClose={onClose}
      onSubmit={erase}
      action={<Trans>Delete for good</Trans>}
      danger
      busy={busy}
      disabled={!same}
    >
      <TextField label={name} autoComplete="off" autoFocus value={typed} onChange={setTyped} />
    </FormDialog>
  );
}
