import { useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import { Section } from '#/features/settings/Frame';
import { useRun } from '#/features/settings/form';
import { Switch } from '#/ui';
import { useGuild } from './hooks';
import { InviteTable } from './InviteTable';

const PAUSED = 'INVITES_DISABLED';

export default function Invites() {
  const { t } = useLingui();
  const guild = useGuild();
  const { run } = useRun();
  const path = { guild_id: guild.id };
  const pause = (on: boolean) => {
    const features = guild.features.filter((feature) => feature !== PAUSED);
    if (on) features.push(PAUSED);
    void run(() => api('PATCH /guilds/{guild_id}', { path, body: { features } }));
  };
  return (
    <>
      <Section>
        <Switch
          label={t`Pause all invites`}
          hint={t`Nobody can join until you switch it off again. The links stay as they are.`}
          checked={guild.features.includes(PAUSED)}
          onChange={pause}
        />
      </Section>
      <Section title={t`Invites`} lines>
        <InviteTable load={() => api('GET /guilds/{guild_id}/invites', { path })} />
      </Section>
    </>
  );
}
