import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Answer, User } from '#/api/types';
import { useRun } from '#/features/settings/form';
import { usePermissionNames } from '#/features/settings/permissionNames';
import { timeOf } from '#/model/snowflake';
import { entity } from '#/store';
import { Avatar, Button, EmptyState, ErrorState, Select, Skeleton } from '#/ui';
import { type Action, SILENT, useActionNames, useKeyNames } from './auditNames';
import css from './guild.module.css';
import { useGuildId } from './hooks';
import { useLog } from './useLog';

type Entry = Answer<'GET /guilds/{guild_id}/audit-logs'>['audit_log_entries'][number];
type Change = NonNullable<Entry['changes']>[number];

export default function AuditLog() {
  const { t } = useLingui();
  const guildId = useGuildId();
  const names = useActionNames();
  const { run, busy } = useRun();
  const [action, setAction] = useState<Action | 0>(0);
  const [actor, setActor] = useState('');
  const log = useLog(guildId, action || undefined, actor || undefined, (query) =>
    api('GET /guilds/{guild_id}/audit-logs', { path: { guild_id: guildId }, query }),
  );
  const people = Object.values(log.users);
  return (
    <>
      <div className={css.tools}>
        <Select
          label={t`What`}
          value={action}
          onChange={setAction}
          options={[
            { value: 0 as Action | 0, label: t`Everything` },
            ...Object.entries(names).map(([id, label]) => ({ value: Number(id) as Action, label })),
          ]}
        />
        <Select
          label={t`Who`}
          value={actor}
          onChange={setActor}
          options={[
            { value: '', label: t`Everybody` },
            ...people.map((user) => ({ value: user.id, label: user.global_name ?? user.username })),
          ]}
        />
      </div>
      {log.error ? (
        <ErrorState error={log.error} onRetry={log.reload} />
      ) : log.entries === undefined ? (
        <Skeleton shape="block" height={320} />
      ) : log.entries.length === 0 ? (
        <EmptyState title={t`Nothing has happened`} text={t`What moderators do is written down here.`} />
      ) : (
        <div>
          {log.entries.map((entry) => (
            <EntryRow
              key={entry.id}
              entry={entry}
              users={log.users}
              action={names[entry.action_type as Action]}
            />
          ))}
          {log.more && (
            <Button busy={busy} onClick={() => void run(log.older)}>
              <Trans>Load older</Trans>
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function EntryRow({
  entry,
  users,
  action,
}: {
  entry: Entry;
  users: Record<string, User>;
  action?: string | undefined;
}) {
  const { t, i18n } = useLingui();
  const keys = useKeyNames();
  const actor = entry.user_id ? (users[entry.user_id] ?? entity('users', entry.user_id)) : undefined;
  const target = useTarget(entry, users);
  // Of something new only what is set; permissions are told by their difference.
  const said = ({ key, old_value, new_value }: Change) =>
    !SILENT.has(key) &&
    !(
      key === 'permissions' &&
      (entry.action_type !== 31 || entry.changes?.some((c) => c.key === 'permissions_diff'))
    ) &&
    !(old_value === undefined && isNothing(new_value)) &&
    !(new_value === undefined && isNothing(old_value));
  const changes = (entry.changes ?? []).filter(said);
  const when = new Date(timeOf(entry.id));
  return (
    <article className={css.entry}>
      <div className={css.entryHead}>
        {actor && <Avatar user={actor} size={24} />}
        <span>
          <strong>
            <bdi>{actor ? (actor.global_name ?? actor.username) : t`Somebody`}</bdi>
          </strong>{' '}
          {action ?? t`did something (${entry.action_type})`} {target && <bdi>{target}</bdi>}
        </span>
        <time dateTime={when.toISOString()}>
          {i18n.date(when, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </div>
      {(changes.length > 0 || entry.reason || entry.options?.count) && (
        <ul className={css.changes}>
          {changes.map((change) => (
            <li key={change.key}>
              {keys[change.key] ?? change.key}: <Diff change={change} />
            </li>
          ))}
          {entry.options?.count ? (
            <li>
              <Trans>How many: {entry.options.count}</Trans>
            </li>
          ) : null}
          {entry.reason && (
            <li>
              <Trans>
                Reason: <bdi>{entry.reason}</bdi>
              </Trans>
            </li>
          )}
        </ul>
      )}
    </article>
  );
}

const isNothing = (value: unknown) =>
  value === null ||
  value === false ||
  value === 0 ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

function useTarget(entry: Entry, users: Record<string, User>): string | undefined {
  const id = entry.target_id;
  if (!id) return undefined;
  const user = users[id];
  if (user) return user.global_name ?? user.username;
  const named = (entry.changes ?? []).find(({ key }) => key === 'name' || key === 'code');
  const name = named?.new_value ?? named?.old_value;
  if (entry.action_type >= 10 && entry.action_type < 20)
    return `#${entity('channels', id)?.name ?? (typeof name === 'string' ? name : id)}`;
  if (entry.action_type >= 30 && entry.action_type < 40)
    return entity('roles', id)?.name ?? String(name ?? '');
  return typeof name === 'string' ? name : undefined;
}

function Diff({ change }: { change: Change }) {
  const { t } = useLingui();
  const permissions = usePermissionNames();
  const named = (bits: string[] = []) =>
    bits.map((bit) => permissions.find((one) => one.bit === bit)?.label ?? bit).join(', ');
  const say = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t`nothing`;
    if (value === true) return t`yes`;
    if (value === false) return t`no`;
    if (Array.isArray(value))
      return value.map((id) => entity('roles', String(id))?.name ?? String(id)).join(', ');
    if (change.key === 'color') return `#${Number(value).toString(16).padStart(6, '0')}`;
    if (/_hash$/.test(change.key)) return t`a picture`;
    if (change.key === 'parent_id') return entity('channels', String(value))?.name ?? String(value);
    return String(value);
  };
  const both = change.new_value as { added?: string[]; removed?: string[] } | null | undefined;
  if (change.key === 'permissions_diff' && both)
    return (
      <>
        {(both.added ?? []).length > 0 && <ins>+ {named(both.added)} </ins>}
        {(both.removed ?? []).length > 0 && <del>{named(both.removed)}</del>}
      </>
    );
  return (
    <>
      {change.old_value !== undefined && <del>{say(change.old_value)}</del>}
      {change.old_value !== undefined && change.new_value !== undefined && ' → '}
      {change.new_value !== undefined && <ins>{say(change.new_value)}</ins>}
    </>
  );
}
