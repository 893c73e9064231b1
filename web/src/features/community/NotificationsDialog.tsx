import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { ChannelIcon } from '#/features/channels/ChannelIcon';
import { INHERIT, isMuted } from '#/features/mute';
import { formatDateTime } from '#/i18n';
import { entity, updateChannelOverride, updateGuildSettings, useEntity } from '#/store';
import { Dialog, IconButton, RadioCards, Select, Switch, toast } from '#/ui';
import css from './Community.module.css';

type Level = 0 | 1 | 2 | 3;
type Props = { request: { guildId: string | null }; onClose: () => void };

/** What a community may say, and where it differs by channel. Every change is kept at once. */
export default function NotificationsDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const guildId = request.guildId ?? '@me';
  const guild = useEntity('guilds', guildId);
  const row = useEntity('guildSettings', guildId);
  const save = (patch: Parameters<typeof updateGuildSettings>[1]) => {
    updateGuildSettings(guildId, patch).catch(() =>
      toast({ kind: 'error', text: t`It could not be saved.` }),
    );
  };
  const usual = guild?.default_message_notifications === 1 ? t`only mentions` : t`all messages`;
  const muted = isMuted(row);
  const end = row?.mute_config?.end_time;
  const overrides = Object.entries(row?.channel_overrides ?? {}).filter(
    ([id, one]) => entity('channels', id) && (one.message_notifications !== INHERIT || isMuted(one)),
  );
  return (
    <Dialog open title={<Trans>Notifications of {guild?.name ?? ''}</Trans>} onClose={onClose}>
      <Switch
        label={<Trans>Mute the community</Trans>}
        hint={
          muted && end ? (
            <Trans>Until {formatDateTime(end)}. Mentions still count.</Trans>
          ) : (
            <Trans>Nothing sounds or shows. Mentions still count.</Trans>
          )
        }
        checked={muted}
        onChange={(on) =>
          save({ muted: on, mute_config: on ? { end_time: null, selected_time_window: -1 } : null })
        }
      />
      <RadioCards<Level>
        label={<Trans>Tell me about</Trans>}
        value={(row?.message_notifications ?? INHERIT) as Level}
        onChange={(level) => save({ message_notifications: level })}
        options={[
          { value: 3, label: t`The community’s choice`, hint: usual },
          { value: 0, label: t`All messages` },
          { value: 1, label: t`Only mentions` },
          { value: 2, label: t`Nothing` },
        ]}
      />
      <div className={css.switches}>
        <Switch
          label={<Trans>Leave out @everyone and @here</Trans>}
          checked={row?.suppress_everyone ?? false}
          onChange={(on) => save({ suppress_everyone: on })}
        />
        <Switch
          label={<Trans>Leave out mentions of my roles</Trans>}
          checked={row?.suppress_roles ?? false}
          onChange={(on) => save({ suppress_roles: on })}
        />
        <Switch
          label={<Trans>Also to my phone</Trans>}
          checked={row?.mobile_push ?? true}
          onChange={(on) => save({ mobile_push: on })}
        />
        <Switch
          label={<Trans>Hide muted channels</Trans>}
          checked={row?.hide_muted_channels ?? false}
          onChange={(on) => save({ hide_muted_channels: on })}
        />
      </div>
      {overrides.length > 0 && (
        <section className={css.send}>
          <h3>
            <Trans>Channels that differ</Trans>
          </h3>
          <ul className={css.friends}>
            {overrides.map(([id, one]) => {
              const name = entity('channels', id)?.name ?? '';
              return (
                <li key={id} className={css.friend}>
                  <ChannelIcon channelId={id} />
                  <bdi className={css.who}>{name}</bdi>
                  <Select<Level>
                    label={t`Notifications of ${name}`}
                    hideLabel
                    value={one.message_notifications as Level}
                    onChange={(level) =>
                      void updateChannelOverride(guildId, id, { message_notifications: level })
                    }
                    options={[
                      { value: 3, label: isMuted(one) ? t`Muted` : t`As the community` },
                      { value: 0, label: t`All messages` },
                      { value: 1, label: t`Only mentions` },
                      { value: 2, label: t`Nothing` },
                    ]}
                  />
                  <IconButton
                    size="s"
                    label={t`${name} as the community`}
                    icon={<X />}
                    onClick={() =>
                      void updateChannelOverride(guildId, id, {
                        message_notifications: INHERIT,
                        muted: false,
                        mute_config: null,
                      })
                    }
                  />
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
