import { useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import { Section } from '#/features/settings/Frame';
import { useForm } from '#/features/settings/form';
import { SaveBar } from '#/features/settings/SaveBar';
import { bannerUrl, embedSplashUrl, iconUrl, splashUrl } from '#/model/media';
import { RadioCards, Select, Switch, TextField } from '#/ui';
import css from './guild.module.css';
import { useChannels, useGuild } from './hooks';
import { Picture } from './Picture';

const NO_JOIN_MESSAGES = 1;

export default function Overview() {
  const { t } = useLingui();
  const guild = useGuild();
  const texts = useChannels(guild.id, [0]);
  const voices = useChannels(guild.id, [2]);
  const form = useForm({
    name: guild.name,
    icon: undefined as string | null | undefined,
    banner: undefined as string | null | undefined,
    splash: undefined as string | null | undefined,
    embed_splash: undefined as string | null | undefined,
    splash_card_alignment: guild.splash_card_alignment,
    system_channel_id: guild.system_channel_id,
    system_channel_flags: guild.system_channel_flags,
    afk_channel_id: guild.afk_channel_id,
    afk_timeout: guild.afk_timeout,
    default_message_notifications: guild.default_message_notifications,
    message_history_cutoff: guild.message_history_cutoff,
  });
  const { values, set, errors } = form;
  const save = () =>
    form.save(
      () => api('PATCH /guilds/{guild_id}', { path: { guild_id: guild.id }, body: form.changed }),
      t`Saved`,
    );
  const toggle = (route: 'text-channel-flexible-names' | 'detached-banner', enabled: boolean) =>
    form.run(() =>
      api(`PATCH /guilds/{guild_id}/${route}`, { path: { guild_id: guild.id }, body: { enabled } }),
    );
  const none = { value: '', label: t`None` };
  const pick = (channels: typeof texts) => [
    none,
    ...channels.map((channel) => ({ value: channel.id, label: channel.name ?? channel.id })),
  ];
  const cutoff = values.message_history_cutoff;
  return (
    <>
      <Section title={t`Looks`}>
        <TextField
          label={t`Name`}
          counter={100}
          required
          value={values.name}
          onChange={(name) => set({ name })}
          error={errors['name']}
        />
        <div className={css.pictures}>
          <Picture
            label={t`Icon`}
            drawn={{ name: guild.name, seed: guild.id }}
            ratio={1}
            width={512}
            src={iconUrl(guild, 80)}
            value={values.icon}
            onChange={(icon) => set({ icon })}
            error={errors['icon']}
          />
          <Picture
            label={t`Banner above the channels`}
            ratio={16 / 9}
            width={1280}
            src={bannerUrl(guild, 320)}
            value={values.banner}
            onChange={(banner) => set({ banner })}
            error={errors['banner']}
          />
        </div>
        <Switch
          label={t`Banner stands apart`}
          hint={t`The banner does not lie behind the name of the community.`}
          checked={guild.features.includes('DETACHED_BANNER')}
          onChange={(on) => void toggle('detached-banner', on)}
        />
        <div className={css.pictures}>
          <Picture
            label={t`Behind the invite page`}
            ratio={16 / 9}
            width={1920}
            src={splashUrl(guild, 320)}
            value={values.splash}
            onChange={(splash) => set({ splash })}
            error={errors['splash']}
          />
          <Picture
            label={t`In previews of invite links`}
            ratio={16 / 9}
            width={1280}
            src={embedSplashUrl(guild, 320)}
            value={values.embed_splash}
            onChange={(embed_splash) => set({ embed_splash })}
            error={errors['embed_splash']}
          />
        </div>
        <Select
          label={t`Place of the invite's card`}
          value={values.splash_card_alignment}
          onChange={(splash_card_alignment) => set({ splash_card_alignment })}
          options={[
            { value: 0, label: t`Centre` },
            { value: 1, label: t`Left` },
            { value: 2, label: t`Right` },
          ]}
        />
      </Section>
      <Section title={t`Channels`}>
        <div className={css.two}>
          <Select
            label={t`System messages go to`}
            value={values.system_channel_id ?? ''}
            options={pick(texts)}
            onChange={(id) => set({ system_channel_id: id || null })}
          />
          <Select
            label={t`Idle people are moved to`}
            value={values.afk_channel_id ?? ''}
            options={pick(voices)}
            onChange={(id) => set({ afk_channel_id: id || null })}
          />
          <Select
            label={t`Idle after`}
            value={values.afk_timeout}
            onChange={(afk_timeout) => set({ afk_timeout })}
            options={[60, 300, 900, 1800, 3600].map((value) => ({ value, label: t`${value / 60} minutes` }))}
          />
        </div>
        <Switch
          label={t`Say when somebody joins`}
          checked={(values.system_channel_flags & NO_JOIN_MESSAGES) === 0}
          onChange={(on) =>
            set({
              system_channel_flags: on
                ? values.system_channel_flags & ~NO_JOIN_MESSAGES
                : values.system_channel_flags | NO_JOIN_MESSAGES,
            })
          }
        />
        <Switch
          label={t`Free names for text channels`}
          hint={t`Capitals, spaces and every script. Switching it off renames channels that need it.`}
          checked={guild.features.includes('TEXT_CHANNEL_FLEXIBLE_NAMES')}
          onChange={(on) => void toggle('text-channel-flexible-names', on)}
        />
      </Section>
      <Section title={t`Notifications`}>
        <RadioCards
          label={t`New members hear of`}
          value={values.default_message_notifications}
          onChange={(default_message_notifications) => set({ default_message_notifications })}
          options={[
            { value: 0, label: t`All messages` },
            { value: 1, label: t`Mentions only`, hint: t`Calmer, and better for large communities.` },
          ]}
        />
      </Section>
      <Section
        title={t`Past messages`}
        hint={t`Who may not read the history of a channel sees its messages from this moment on, instead of only those sent while they look.`}
      >
        <div className={css.tools}>
          <TextField
            label={t`Readable from`}
            type="datetime-local"
            className={css.grow ?? ''}
            value={cutoff ? new Date(Date.parse(cutoff)).toISOString().slice(0, 16) : ''}
            onChange={(text) =>
              set({ message_history_cutoff: text ? new Date(`${text}Z`).toISOString() : null })
            }
            error={errors['message_history_cutoff']}
          />
        </div>
      </Section>
      <SaveBar dirty={form.dirty} busy={form.busy} onSave={() => void save()} onDiscard={form.reset} />
    </>
  );
}
