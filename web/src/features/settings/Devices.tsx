import { useLingui } from '@lingui/react/macro';
import { Laptop, Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { leave } from '#/features/accounts/leave';
import { formatRelative, useMinute } from '#/i18n';
import { Button, Checkbox, confirm, Pill } from '#/ui';
import { Row, Section } from './Frame';
import { useLoad, useRun } from './form';
import { Loaded } from './Loaded';

type Device = Answer<'GET /auth/sessions'>[number];

const icon = (device: Device) => {
  const os = device.client_info?.os ?? '';
  if (/android|ios|iphone|ipad/i.test(os)) return <Smartphone size={20} />;
  return /desktop/i.test(device.client_info?.platform ?? '') ? <Monitor size={20} /> : <Laptop size={20} />;
};

export default function Devices() {
  const devices = useLoad(() => api('GET /auth/sessions'));
  return (
    <Loaded of={devices}>{(list) => <List list={list} onChange={devices.reload} key={list.length} />}</Loaded>
  );
}

function List({ list, onChange }: { list: Device[]; onChange: () => void }) {
  const { t } = useLingui();
  const now = useMinute();
  const { busy, run } = useRun();
  const [chosen, setChosen] = useState<string[]>([]);
  const current = list.find((device) => device.current);
  const others = list.filter((device) => device !== current);
  const signOut = async (ids: string[]) => {
    const yes = await confirm({
      title: ids.length === 1 ? t`Sign out this device?` : t`Sign out ${ids.length} devices?`,
      body: <p>{t`It has to sign in again to be used.`}</p>,
      action: t`Sign out`,
      danger: true,
    });
    if (!yes) return;
    await run(async () => {
      for (let at = 0; at < ids.length; at += 100) {
        const body = { session_id_hashes: ids.slice(at, at + 100) };
        await api('POST /auth/sessions/logout', { body, sudo: true });
      }
      onChange();
    });
  };
  const describe = (device: Device) => {
    const said = (text: string | null | undefined) => (text && text !== 'Unknown' ? text : undefined);
    const { client_info: info } = device;
    const [browser, os, platform] = [said(info?.browser), said(info?.os), said(info?.platform)];
    const name = browser ?? platform;
    return name && os ? t`${name} on ${os}` : (name ?? os ?? t`Unknown device`);
  };
  const place = (device: Device) => {
    const { city, region, country } = device.client_info?.location ?? {};
    return [city, region, country].filter(Boolean).join(', ');
  };
  const used = (device: Device) => {
    const at = device.approx_last_used_at;
    return [place(device), at && t`used ${formatRelative(at, now)}`].filter(Boolean).join(' · ');
  };
  return (
    <>
      {current && (
        <Section title={t`This device`} lines>
          <Row
            icon={icon(current)}
            title={
              <>
                {describe(current)} <Pill tone="positive">{t`this one`}</Pill>
              </>
            }
            text={used(current)}
          >
            <Button onClick={() => void leave()}>{t`Sign out`}</Button>
          </Row>
        </Section>
      )}
      {others.length > 0 && (
        <Section
          title={t`Other devices`}
          hint={t`Sign out what you do not know, and change your password then.`}
        >
          <div>
            {others.map((device) => (
              <Row
                key={device.id_hash}
                icon={icon(device)}
                title={
                  <Checkbox
                    label={describe(device)}
                    hint={used(device)}
                    checked={chosen.includes(device.id_hash)}
                    onChange={(on) =>
                      setChosen(
                        on ? [...chosen, device.id_hash] : chosen.filter((id) => id !== device.id_hash),
                      )
                    }
                  />
                }
              >
                <Button size="s" onClick={() => void signOut([device.id_hash])}>{t`Sign out`}</Button>
              </Row>
            ))}
          </div>
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 'var(--space-8)' }}>
            {chosen.length > 0 && (
              <Button variant="danger" busy={busy} onClick={() => void signOut(chosen)}>
                {t`Sign out the chosen`}
              </Button>
            )}
            <Button
              variant="ghost"
              busy={busy}
              onClick={() => void signOut(others.map((device) => device.id_hash))}
            >{t`Sign out all other devices`}</Button>
          </div>
        </Section>
      )}
    </>
  );
}
