import { useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import { Section } from '#/features/settings/Frame';
import { useRun } from '#/features/settings/form';
import { useMe } from '#/store';
import { RadioCards, Switch } from '#/ui';
import { useGuild } from './hooks';
import type { GuildPatch } from './types';

export default function Moderation() {
  const { t } = useLingui();
  const guild = useGuild();
  const me = useMe();
  const { run } = useRun();
  const save = (body: GuildPatch, sudo = false) =>
    void run(() => api('PATCH /guilds/{guild_id}', { path: { guild_id: guild.id }, body, sudo }), t`Saved`);
  const owner = guild.owner_id === me?.id;
  return (
    <>
      <Section title={t`Who may write`}>
        <RadioCards
          label={t`Verification`}
          value={guild.verification_level}
          onChange={(verification_level) => save({ verification_level })}
          options={[
            { value: 0, label: t`Everybody` },
            { value: 1, label: t`Confirmed e-mail address` },
            { value: 2, label: t`Registered for 5 minutes`, hint: t`And a confirmed e-mail address.` },
            { value: 3, label: t`Member for 10 minutes`, hint: t`And all of the above.` },
            { value: 4, label: t`Confirmed phone number` },
          ]}
        />
        <Switch
          label={t`Unfinished accounts stay outside`}
          hint={t`Accounts without e-mail address and password cannot join.`}
          checked={guild.features.includes('DISALLOW_UNCLAIMED_ACCOUNTS')}
          onChange={(enabled) =>
            void run(() =>
              api('PATCH /guilds/{guild_id}/disallow-unclaimed-accounts', {
                path: { guild_id: guild.id },
                body: { enabled },
              }),
            )
          }
        />
      </Section>
      <Section title={t`What may be shown`}>
        <RadioCards
          label={t`Explicit pictures`}
          value={guild.explicit_content_filter}
          onChange={(explicit_content_filter) => save({ explicit_content_filter })}
          options={[
            { value: 0, label: t`Are not looked for` },
            { value: 1, label: t`Are stopped from members without a role` },
            { value: 2, label: t`Are stopped from everybody` },
          ]}
        />
        <RadioCards
          label={t`Age rating`}
          value={guild.nsfw_level}
          onChange={(nsfw_level) => save({ nsfw_level })}
          options={[
            { value: 0, label: t`Not rated` },
            { value: 2, label: t`For all ages` },
            { value: 3, label: t`For adults`, hint: t`People under age cannot enter.` },
          ]}
        />
      </Section>
      <Section title={t`Moderators`}>
        <Switch
          label={t`Two-factor for moderators`}
          hint={t`Whoever removes, bans, or deletes must have a second factor.`}
          checked={guild.mfa_level === 1}
          {...(owner ? {} : { reason: t`Only the owner can change this.` })}
          onChange={(on) => save({ mfa_level: on ? 1 : 0 }, true)}
        />
      </Section>
    </>
  );
}
