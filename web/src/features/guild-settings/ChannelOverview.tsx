import { Plural, useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import type { Channel } from '#/api/types';
import { useParams } from '#/app/routing';
import { Section } from '#/features/settings/Frame';
import { useForm, useLoad } from '#/features/settings/form';
import { SaveBar } from '#/features/settings/SaveBar';
import { useEntity } from '#/store';
import { Select, Slider, Switch, TextArea, TextField } from '#/ui';

const [TEXT, VOICE, CATEGORY, LINK] = [0, 2, 4, 998];
const WAITS = [0, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600];

export default function ChannelOverview() {
  const { channelId } = useParams();
  const channel = useEntity('channels', channelId);
  return channel ? <Form channel={channel} /> : null;
}

function Form({ channel }: { channel: Channel }) {
  const { t } = useLingui();
  const form = useForm({
    name: channel.name ?? '',
    topic: channel.topic ?? '',
    rate_limit_per_user: channel.rate_limit_per_user ?? 0,
    nsfw: channel.nsfw ?? false,
    bitrate: channel.bitrate ?? 64_000,
    user_limit: channel.user_limit ?? 0,
    url: channel.url ?? '',
    rtc_region: channel.rtc_region ?? '',
  });
  const { values, set, errors } = form;
  const save = () => {
    const { topic, rtc_region, ...rest } = form.changed;
    const body = {
      ...rest,
      ...(topic === undefined ? {} : { topic: topic || null }),
      ...(rtc_region === undefined ? {} : { rtc_region: rtc_region || null }),
    };
    return form.save(
      () => api('PATCH /channels/{channel_id}', { path: { channel_id: channel.id }, body }),
      t`Saved`,
    );
  };
  const waits = WAITS.map((value) => ({
    value,
    label:
      value === 0
        ? t`Off`
        : value < 60
          ? t`${value} seconds`
          : value < 3600
            ? t`${value / 60} minutes`
            : t`${value / 3600} hours`,
  }));
  return (
    <>
      <Section>
        <TextField
          label={t`Name`}
          counter={100}
          required
          value={values.name}
          onChange={(name) => set({ name })}
          error={errors['name']}
        />
        {channel.type === TEXT && (
          <TextArea
            label={t`Topic`}
            hint={t`One line beside the name; people can open it to read all.`}
            counter={1024}
            value={values.topic}
            onChange={(topic) => set({ topic })}
            error={errors['topic']}
          />
        )}
        {channel.type === LINK && (
          <TextField
            label={t`Address`}
            type="url"
            dir="ltr"
            value={values.url}
            onChange={(url) => set({ url })}
            error={errors['url']}
          />
        )}
      </Section>
      {channel.type !== CATEGORY && channel.type !== LINK && (
        <Section title={t`Writing`}>
          {channel.type === TEXT && (
            <Select
              label={t`Slow mode`}
              hint={t`How long everybody waits between two messages.`}
              value={values.rate_limit_per_user}
              options={waits}
              onChange={(rate_limit_per_user) => set({ rate_limit_per_user })}
            />
          )}
          <Switch
            label={t`Age-restricted`}
            hint={t`Asks everybody who enters whether they are of age.`}
            checked={values.nsfw}
            onChange={(nsfw) => set({ nsfw })}
          />
        </Section>
      )}
      {channel.type === VOICE && (
        <Section title={t`Voice`}>
          <Slider
            label={t`Quality`}
            min={8000}
            max={128_000}
            step={8000}
            value={values.bitrate}
            format={(value) => `${value / 1000} kbit/s`}
            onChange={(bitrate) => set({ bitrate })}
          />
          <Slider
            label={t`Places`}
            min={0}
            max={99}
            value={values.user_limit}
            format={(value) => (value === 0 ? t`without limit` : String(value))}
            onChange={(user_limit) => set({ user_limit })}
            hint={
              <Plural value={values.user_limit} _0="Everybody may come" one="One person" other="# people" />
            }
          />
          <Region
            channelId={channel.id}
            value={values.rtc_region}
            onChange={(rtc_region) => set({ rtc_region })}
          />
        </Section>
      )}
      <SaveBar dirty={form.dirty} busy={form.busy} onSave={() => void save()} onDiscard={form.reset} />
    </>
  );
}

function Region(props: { channelId: string; value: string; onChange: (region: string) => void }) {
  const { t } = useLingui();
  const { channelId, value, onChange } = props;
  const regions = useLoad(() =>
    api('GET /channels/{channel_id}/rtc-regions', { path: { channel_id: channelId } }),
  );
  if (!regions.data?.length) return null;
  return (
    <Select
      label={t`Region`}
      value={value}
      onChange={onChange}
      options={[
        { value: '', label: t`Automatic` },
        ...regions.data.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
