import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Bit, type BitName } from '#/model/permissions';
import { discovery } from '#/store';
import { Checkbox, LinkButton, Select } from '#/ui';
import { CopyButton } from './CopyButton';
import type { App } from './Developer';
import styles from './Developer.module.css';
import { Section } from './Frame';
import { usePermissionNames } from './permissionNames';
import { useScopes } from './scopes';

const offered = ['identify', 'email', 'guilds', 'connections', 'bot'];

/** Puts together the address by which people add the bot or allow access. */
export function UrlBuilder({ app }: { app: App }) {
  const { t } = useLingui();
  const scopes = useScopes();
  const names = usePermissionNames();
  const [chosen, setChosen] = useState<string[]>(['bot']);
  const [bits, setBits] = useState<BitName[]>([]);
  const [redirect, setRedirect] = useState('');
  const bot = chosen.includes('bot');
  const needsRedirect = chosen.some((scope) => scope !== 'bot') || app.bot_require_code_grant;
  const permissions = bits.reduce((sum, name) => sum | Bit[name], 0n);
  const query = new URLSearchParams({
    client_id: app.id,
    scope: offered.filter((s) => chosen.includes(s)).join(' '),
  });
  const back = redirect || app.redirect_uris[0];
  if (needsRedirect && back) {
    query.set('redirect_uri', back);
    query.set('response_type', 'code');
  }
  if (bot && permissions) query.set('permissions', String(permissions));
  const address = `${discovery().endpoints.webapp.replace(/\/+$/, '')}/oauth2/authorize?${query}`;
  const ready = chosen.length > 0 && (!needsRedirect || back !== undefined);
  const toggle = <T extends string>(list: T[], one: T, on: boolean) =>
    on ? [...list, one] : list.filter((other) => other !== one);
  return (
    <>
      <Section title={t`What it asks for`}>
        <div>
          {offered.map((scope) => (
            <Checkbox
              key={scope}
              label={scopes[scope]?.label ?? scope}
              hint={scope}
              checked={chosen.includes(scope)}
              onChange={(on) => setChosen(toggle(chosen, scope, on))}
            />
          ))}
        </div>
        {needsRedirect && app.redirect_uris.length > 0 && (
          <Select
            label={t`Return to`}
            options={app.redirect_uris.map((value) => ({ value, label: value }))}
            value={redirect || (app.redirect_uris[0] ?? '')}
            onChange={setRedirect}
          />
        )}
      </Section>
      {bot && (
        <Section title={t`Permissions of the bot`}>
          <div className={styles.columns}>
            {names.map(({ bit, label }) => (
              <Checkbox
                key={bit}
                label={label}
                checked={bits.includes(bit)}
                onChange={(on) => setBits(toggle(bits, bit, on))}
              />
            ))}
          </div>
        </Section>
      )}
      <Section title={t`Address`}>
        {ready ? (
          <>
            <code className={styles.url}>{address}</code>
            <div className={styles.head}>
              <CopyButton text={address} />
              <LinkButton href={`/oauth2/authorize?${query}`}>{t`Open`}</LinkButton>
            </div>
          </>
        ) : (
          <p>{t`Add a redirect address under General first.`}</p>
        )}
      </Section>
    </>
  );
}
