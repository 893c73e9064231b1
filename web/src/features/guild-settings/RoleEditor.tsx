import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Role } from '#/api/types';
import { Section } from '#/features/settings/Frame';
import { useForm } from '#/features/settings/form';
import { SaveBar } from '#/features/settings/SaveBar';
import { Bit } from '#/model/permissions';
import { Banner, Button, ColorPicker, confirm, SearchField, Switch, Tabs, TextField } from '#/ui';
import { useBitGroups } from './bits';
import { merge, useBase } from './concurrent';
import css from './guild.module.css';
import { useRoleRights } from './hooks';
import { ChangedBits, Meanwhile } from './Meanwhile';
import { RoleMembers } from './RoleMembers';
import type { RolePatch } from './types';

type Tab = 'looks' | 'permissions' | 'members';

export function RoleEditor({ guildId, role, locked }: { guildId: string; role: Role; locked: boolean }) {
  const { t } = useLingui();
  const everyone = role.id === guildId;
  const [tab, setTab] = useState<Tab>(everyone ? 'permissions' : 'looks');
  const saved = {
    name: role.name,
    color: role.color,
    hoist: role.hoist,
    mentionable: role.mentionable,
    permissions: role.permissions,
  };
  const form = useForm(saved);
  const { base, meanwhile, rebase } = useBase(saved, form.dirty);
  const permissions = merge(
    BigInt(base.permissions),
    BigInt(form.values.permissions),
    BigInt(saved.permissions),
  );
  const path = { guild_id: guildId, role_id: role.id };
  const save = () => {
    const body: RolePatch = {
      ...form.changed,
      ...(form.changed.permissions === undefined ? {} : { permissions: permissions.toString() }),
    };
    return form.save(() => api('PATCH /guilds/{guild_id}/roles/{role_id}', { path, body }), t`Saved`);
  };
  const fields = {
    name: t`Name`,
    color: t`Colour`,
    hoist: t`Shown apart in the member list`,
    mentionable: t`Everybody may mention it`,
    permissions: t`Permissions`,
  };
  const clash = meanwhile.filter((key) => key !== 'permissions' && key in form.changed);
  const shown = meanwhile.filter((key) => clash.includes(key) || key === 'permissions');
  const told = (key: keyof typeof fields, value: unknown): string => {
    if (typeof value === 'boolean') return value ? t`yes` : t`no`;
    if (key === 'color') return `#${Number(value).toString(16).padStart(6, '0')}`;
    return String(value);
  };
  const erase = () =>
    confirm({
      title: t`Delete ${role.name}?`,
      body: (
        <p>
          <Trans>Everybody who has it loses it, and what it allowed.</Trans>
        </p>
      ),
      action: t`Delete role`,
      danger: true,
      run: () => api('DELETE /guilds/{guild_id}/roles/{role_id}', { path }),
    });
  const tabs = [
    { id: 'looks' as const, label: t`Looks` },
    { id: 'permissions' as const, label: t`Permissions` },
    ...(everyone ? [] : [{ id: 'members' as const, label: t`Members` }]),
  ].filter(({ id }) => !everyone || id !== 'looks');
  return (
    <>
      {locked && (
        <Banner kind="info">
          <Trans>This role is not below your own highest one, so you can only look at it.</Trans>
        </Banner>
      )}
      {shown.length > 0 && (
        <Meanwhile
          onKeep={() => {
            form.set({ permissions: permissions.toString() });
            rebase();
          }}
          onTake={
            clash.length > 0
              ? () => {
                  form.set(Object.fromEntries(clash.map((key) => [key, saved[key]])));
                  rebase();
                }
              : undefined
          }
        >
          {shown.map((key) =>
            key === 'permissions' ? (
              <ChangedBits key={key} was={BigInt(base.permissions)} now={BigInt(saved.permissions)} />
            ) : (
              <li key={key}>
                {fields[key]}: <Trans>theirs</Trans> <bdi>{told(key, saved[key])}</bdi>, <Trans>yours</Trans>{' '}
                <bdi>{told(key, form.values[key])}</bdi>
              </li>
            ),
          )}
        </Meanwhile>
      )}
      <Tabs label={t`Parts of the role`} tabs={tabs} value={tab} onChange={setTab}>
        {tab === 'looks' && (
          <Section>
            <TextField
              label={t`Name`}
              counter={100}
              required
              disabled={locked}
              value={form.values.name}
              onChange={(name) => form.set({ name })}
              error={form.errors['name']}
            />
            {!locked && (
              <>
                <ColorPicker
                  label={t`Colour`}
                  optional
                  value={form.values.color || null}
                  onChange={(color) => form.set({ color: color ?? 0 })}
                />
                <Switch
                  label={t`Shown apart in the member list`}
                  checked={form.values.hoist}
                  onChange={(hoist) => form.set({ hoist })}
                />
                <Switch
                  label={t`Everybody may mention it`}
                  checked={form.values.mentionable}
                  onChange={(mentionable) => form.set({ mentionable })}
                />
                <div>
                  <Button variant="danger" onClick={() => void erase()}>
                    <Trans>Delete role</Trans>
                  </Button>
                </div>
              </>
            )}
          </Section>
        )}
        {tab === 'permissions' && (
          <Permissions
            guildId={guildId}
            locked={locked}
            value={permissions}
            onChange={(bits) => {
              rebase();
              form.set({ permissions: bits.toString() });
            }}
          />
        )}
        {tab === 'members' && <RoleMembers guildId={guildId} role={role} locked={locked} />}
      </Tabs>
      <SaveBar dirty={form.dirty} busy={form.busy} onSave={() => void save()} onDiscard={form.reset} />
    </>
  );
}

interface PermissionsProps {
  guildId: string;
  locked: boolean;
  value: bigint;
  onChange: (bits: bigint) => void;
}

function Permissions({ guildId, locked, value, onChange }: PermissionsProps) {
  const { t } = useLingui();
  const rights = useRoleRights(guildId);
  const groups = useBitGroups();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLocaleLowerCase();
  const shown = groups
    .map((group) => ({
      ...group,
      bits: group.bits.filter(({ label, hint }) =>
        `${label} ${hint ?? ''}`.toLocaleLowerCase().includes(wanted),
      ),
    }))
    .filter(({ bits }) => bits.length > 0);
  const all = (value & Bit.ADMINISTRATOR) !== 0n;
  return (
    <>
      <SearchField
        label={t`Search permissions`}
        placeholder={t`Search permissions`}
        value={query}
        onChange={setQuery}
      />
      {all && (
        <Banner kind="warning">
          <Trans>Administrators may do everything; the other switches change nothing.</Trans>
        </Banner>
      )}
      {shown.map((group) => (
        <Section key={group.id} title={group.title} lines>
          <div className={css.bits}>
            {group.bits.map((info) => {
              const on = (value & info.value) !== 0n;
              const reason = locked
                ? t`Not below your own highest role`
                : rights.grant(info.value)
                  ? undefined
                  : t`You do not have this permission yourself`;
              return (
                <Switch
                  key={info.bit}
                  label={info.label}
                  {...(info.hint ? { hint: info.hint } : {})}
                  checked={on}
                  {...(reason ? { reason } : {})}
                  onChange={(yes) => onChange(yes ? value | info.value : value & ~info.value)}
                />
              );
            })}
          </div>
        </Section>
      ))}
    </>
  );
}
