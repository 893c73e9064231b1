import { useLingui } from '@lingui/react/macro';
import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { disablePush, enablePush, play, pushPossible, type SoundName } from '#/features/notifications';
import { pushHere } from '#/features/notifications/push';
import { discovery } from '#/store';
import { Banner, Button, DateTimeField, IconButton, Segmented, Slider, Switch, usePreferences } from '#/ui';
import { Row, Section } from './Frame';
import { keep, useLoad, useRun } from './form';
import { Loaded } from './Loaded';

type State = NotificationPermission | 'absent';
const permission = (): State => ('Notification' in window ? Notification.permission : 'absent');

export default function Notifications() {
  const { t } = useLingui();
  const look = usePreferences();
  const [state, setState] = useState(permission);
  const [tried, setTried] = useState(false);
  const on = look.notify && state === 'granted';
  const turn = async (wanted: boolean) => {
    if (!wanted) return keep({ notify: false });
    const answer = state === 'default' ? await Notification.requestPermission() : state;
    setState(answer);
    keep({ notify: answer === 'granted' });
  };
  const test = () => {
    setTried(true);
    new Notification(t`Ana in #general`, { body: t`The 14:02 to the coast is on time.`, tag: 'test' });
  };
  const sounds: { id: SoundName; label: string }[] = [
    { id: 'message', label: t`Message` },
    { id: 'mention', label: t`Mention` },
    { id: 'direct', label: t`Direct message` },
    { id: 'mute', label: t`Microphone off` },
    { id: 'unmute', label: t`Microphone on` },
    { id: 'deafen', label: t`Sound off` },
    { id: 'undeafen', label: t`Sound on` },
    { id: 'join', label: t`Somebody joins the voice channel` },
    { id: 'leave', label: t`Somebody leaves the voice channel` },
    { id: 'moved', label: t`Moved to another voice channel` },
    { id: 'incoming', label: t`Call` },
    { id: 'outgoing', label: t`Calling` },
    { id: 'disconnected', label: t`Connection lost` },
  ];
  return (
    <>
      <Section title={t`On the desktop`}>
        {state === 'denied' && (
          <Banner kind="warning">
            {t`The browser blocks notifications of this page. Allow them in the settings of the site, beside the address.`}
          </Banner>
        )}
        <div>
          <Switch
            label={t`Show notifications`}
            hint={t`While this page is open somewhere.`}
            {...(state === 'absent' && { reason: t`This browser has none.` })}
            checked={on}
            onChange={(wanted) => void turn(wanted)}
          />
          <Switch
            label={t`Number on the icon`}
            hint={t`Counts mentions and direct messages.`}
            checked={look.badge}
            onChange={(badge) => keep({ badge })}
          />
        </div>
        {on && (
          <>
            <Segmented
              label={t`What they show`}
              hideLabel={false}
              options={[
                { value: 'full', label: t`Name and text` },
                { value: 'name', label: t`Only who` },
                { value: 'none', label: t`Only that there is something` },
              ]}
              value={look.notifyContent}
              onChange={(notifyContent) => keep({ notifyContent })}
            />
            <div>
              <Button onClick={test}>{tried ? t`Once more` : t`Try one`}</Button>
            </div>
          </>
        )}
      </Section>
      {discovery().push.public_vapid_key && <Push />}
      <Section
        title={t`Quiet hours`}
        hint={t`In this time nothing makes a sound or pops up. Numbers still count.`}
      >
        <Switch
          label={t`Quiet hours`}
          checked={look.quietHours !== null}
          onChange={(wanted) => keep({ quietHours: wanted ? { from: '22:00', to: '07:00' } : null })}
        />
        {look.quietHours && (
          <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 'var(--space-16)' }}>
            <DateTimeField
              kind="time"
              label={t`From`}
              value={look.quietHours.from}
              onChange={(from) => look.quietHours && keep({ quietHours: { ...look.quietHours, from } })}
            />
            <DateTimeField
              kind="time"
              label={t`Until`}
              value={look.quietHours.to}
              onChange={(to) => look.quietHours && keep({ quietHours: { ...look.quietHours, to } })}
            />
          </div>
        )}
      </Section>
      <Section title={t`Sounds`}>
        <Switch label={t`Sounds`} checked={look.sounds} onChange={(wanted) => keep({ sounds: wanted })} />
        {look.sounds && (
          <>
            <Slider
              label={t`Volume`}
              value={look.volume}
              min={0}
              max={100}
              step={5}
              format={(value) => `${value} %`}
              onChange={(volume) => keep({ volume })}
            />
            <div>
              {sounds.map(({ id, label }) => (
                <div
                  key={id}
                  style={{
                    display: 'grid',
                    gridTemplateColumns: 'auto minmax(0, 1fr)',
                    gap: 'var(--space-8)',
                  }}
                >
                  <IconButton
                    label={t`Play: ${label}`}
                    icon={<Volume2 size={18} />}
                    onClick={() => play(id, true)}
                  />
                  <Switch
                    label={label}
                    checked={!look.soundsOff.includes(id)}
                    onChange={(wanted) =>
                      keep({
                        soundsOff: wanted
                          ? look.soundsOff.filter((one) => one !== id)
                          : [...look.soundsOff, id],
                      })
                    }
                  />
                </div>
              ))}
            </div>
          </>
        )}
      </Section>
    </>
  );
}

/** The devices that are told when no page is open. */
function Push() {
  const { t } = useLingui();
  const { run } = useRun();
  const list = useLoad(async () => ({
    here: await pushHere(),
    ...(await api('GET /users/@me/push/subscriptions')),
  }));
  const remove = (id: string) =>
    run(async () => {
      await api('DELETE /users/@me/push/subscriptions/{subscription_id}', { path: { subscription_id: id } });
      list.reload();
    });
  const turn = (on: boolean) =>
    run(async () => {
      if (on) await enablePush();
      else await disablePush();
      list.reload();
    });
  const phone = /iphone|ipad/i.test(navigator.userAgent);
  const reason = pushPossible()
    ? undefined
    : phone
      ? t`On an iPhone or iPad, first add this page to the home screen and open it from there.`
      : t`This browser cannot do it, or has forbidden it here.`;
  return (
    <Section title={t`Push`} hint={t`Devices that are told even when no page is open.`}>
      <Loaded of={list}>
        {({ here, subscriptions }) => (
          <div>
            <Switch
              label={t`Push on this device`}
              {...(reason && { reason })}
              checked={here !== undefined && subscriptions.some((one) => one.subscription_id === here)}
              onChange={(on) => void turn(on)}
            />
            {subscriptions
              .filter((one) => one.subscription_id !== here)
              .map((one) => (
                <Row key={one.subscription_id} title={one.user_agent ?? t`Unknown device`}>
                  <Button size="s" onClick={() => void remove(one.subscription_id)}>{t`Remove`}</Button>
                </Row>
              ))}
          </div>
        )}
      </Loaded>
    </Section>
  );
}
