import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useState } from 'react';
import { entity, useList, useSettings } from '#/store';
import { Button, IconButton, Select, Switch, TextField } from '#/ui';
import { PageSkeleton, Row, Section } from './Frame';
import { useSave } from './form';

// friend_source_flags
const MUTUAL_FRIENDS = 1;
const MUTUAL_GUILDS = 2;
const ANYONE = 4;
// incoming_call_flags, group_dm_add_permission_flags
const FRIENDS_OF_FRIENDS = 1;
const GUILD_MEMBERS = 2;
const EVERYONE = 4;
const FRIENDS_ONLY = 8;
const NOBODY = 16;
const SILENT = 32;

export default function Privacy() {
  const { t } = useLingui();
  const settings = useSettings();
  const guilds = useList('guilds');
  const save = useSave();
  if (!settings) return <PageSkeleton />;
  const friends = settings.friend_source_flags;
  const calls = settings.incoming_call_flags;
  const groups = settings.group_dm_add_permission_flags;
  const friend = (bit: number, on: boolean) => {
    let flags = on ? friends | bit : friends & ~bit;
    if (bit === ANYONE && on) flags |= MUTUAL_FRIENDS | MUTUAL_GUILDS;
    if (bit !== ANYONE && !on) flags &= ~ANYONE;
    save({ friend_source_flags: flags });
  };
  const who = [
    { value: EVERYONE, label: t`Everybody` },
    {
      value: FRIENDS_OF_FRIENDS | GUILD_MEMBERS | FRIENDS_ONLY,
      label: t`Friends, their friends, communities`,
    },
    { value: GUILD_MEMBERS | FRIENDS_ONLY, label: t`Friends and people of my communities` },
    { value: FRIENDS_OF_FRIENDS | FRIENDS_ONLY, label: t`Friends and their friends` },
    { value: FRIENDS_ONLY, label: t`Friends only` },
    { value: NOBODY, label: t`Nobody` },
  ];
  const nearest = (flags: number) => {
    if (flags & NOBODY) return NOBODY;
    if (flags & EVERYONE) return EVERYONE;
    const wide = flags & (FRIENDS_OF_FRIENDS | GUILD_MEMBERS);
    return wide ? wide | FRIENDS_ONLY : FRIENDS_ONLY;
  };
  /** The server keeps "friends only" alone; the wider circles are sent without it. */
  const wire = (value: number) =>
    value & (FRIENDS_OF_FRIENDS | GUILD_MEMBERS) ? value & ~FRIENDS_ONLY : value;
  const restricted = settings.restricted_guilds;
  return (
    <>
      <Section
        title={t`Direct messages`}
        hint={t`Friends can always write to you. Here it is about people you share a community with.`}
        lines
      >
        <Switch
          label={t`Messages from members of new communities`}
          hint={t`Holds for communities you join from now on.`}
          checked={!settings.default_guilds_restricted}
          onChange={(on) => save({ default_guilds_restricted: !on })}
        />
        <Switch
          label={t`Messages from bots of new communities`}
          checked={!settings.bot_default_guilds_restricted}
          onChange={(on) => save({ bot_default_guilds_restricted: !on })}
        />
        {guilds.map((id) => (
          <Switch
            key={id}
            label={entity('guilds', id)?.name ?? id}
            hint={t`Members may write to me`}
            checked={!restricted.includes(id)}
            onChange={(on) =>
              save({ restricted_guilds: on ? restricted.filter((one) => one !== id) : [...restricted, id] })
            }
          />
        ))}
      </Section>
      <Section title={t`Friend requests`} hint={t`Who may ask to be your friend.`} lines>
        <Switch
          label={t`Everybody`}
          checked={Boolean(friends & ANYONE)}
          onChange={(on) => friend(ANYONE, on)}
        />
        <Switch
          label={t`Friends of friends`}
          checked={Boolean(friends & MUTUAL_FRIENDS)}
          onChange={(on) => friend(MUTUAL_FRIENDS, on)}
        />
        <Switch
          label={t`Members of my communities`}
          checked={Boolean(friends & MUTUAL_GUILDS)}
          onChange={(on) => friend(MUTUAL_GUILDS, on)}
        />
      </Section>
      <Section title={t`Groups and calls`}>
        <Select
          label={t`Who may add me to groups`}
          options={who}
          value={nearest(groups)}
          onChange={(value) => save({ group_dm_add_permission_flags: wire(value) })}
        />
        <Select
          label={t`Who may call me`}
          options={who}
          value={nearest(calls)}
          onChange={(value) => save({ incoming_call_flags: wire(value) | (calls & SILENT) })}
        />
        <Switch
          label={t`Calls make no sound`}
          hint={t`They are shown, but do not ring.`}
          checked={Boolean(calls & SILENT)}
          onChange={(on) => save({ incoming_call_flags: on ? calls | SILENT : calls & ~SILENT })}
        />
      </Section>
      <TrustedDomains
        list={settings.trusted_domains}
        onChange={(trusted_domains) => save({ trusted_domains })}
      />
    </>
  );
}

function TrustedDomains({ list, onChange }: { list: string[]; onChange: (list: string[]) => void }) {
  const { t } = useLingui();
  const [domain, setDomain] = useState('');
  const all = list.includes('*');
  const clean = domain
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
  const valid = /^([\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+$/u.test(clean);
  return (
    <Section
      title={t`Links`}
      hint={t`Before a link leads to a domain that is not in this list, you are asked.`}
    >
      <Switch label={t`Never ask`} checked={all} onChange={(on) => onChange(on ? ['*'] : [])} />
      {!all && (
        <>
          <form
            style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: 'var(--space-8)' }}
            onSubmit={(event) => {
              event.preventDefault();
              if (!valid || list.includes(clean)) return;
              onChange([...list, clean]);
              setDomain('');
            }}
          >
            <TextField
              label={t`Domain`}
              hideLabel
              placeholder="example.org"
              dir="ltr"
              autoCapitalize="none"
              spellCheck={false}
              value={domain}
              onChange={setDomain}
            />
            <Button type="submit" disabled={!valid}>{t`Add`}</Button>
          </form>
          <div>
            {list.map((one) => (
              <Row key={one} title={<bdi dir="ltr">{one}</bdi>}>
                <IconButton
                  label={t`Remove ${one}`}
                  icon={<X size={18} />}
                  onClick={() => onChange(list.filter((other) => other !== one))}
                />
              </Row>
            ))}
          </div>
        </>
      )}
    </Section>
  );
}
