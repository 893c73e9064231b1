import { Trans, useLingui } from '@lingui/react/macro';
import { Check, Minus, Trash2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Channel, Overwrite } from '#/api/types';
import { useParams } from '#/app/routing';
import { Section } from '#/features/settings/Frame';
import { useRun } from '#/features/settings/form';
import { SaveBar } from '#/features/settings/SaveBar';
import { Bit } from '#/model/permissions';
import { entity, useEntity, usePermissions } from '#/store';
import { Banner, Button, Combobox, IconButton } from '#/ui';
import { type BitInfo, useBitGroups } from './bits';
import { type Choice, choiceOf, explain, type Reason, withChoice } from './effective';
import css from './guild.module.css';
import { useRoles } from './hooks';
import { type Found, findMembers } from './RoleMembers';

export default function ChannelPermissions() {
  const { channelId } = useParams();
  const channel = useEntity('channels', channelId);
  return channel?.guild_id ? <Editor channel={channel} guildId={channel.guild_id} /> : null;
}

/** Everybody first, then roles, then single people: each with its rules for this channel. */
function Editor({ channel, guildId }: { channel: Channel; guildId: string }) {
  const { t } = useLingui();
  const roles = useRoles(guildId);
  const parent = useEntity('channels', channel.parent_id);
  const { run, busy } = useRun();
  const saved = channel.permission_overwrites ?? [];
  const [chosen, setChosen] = useState<string>(guildId);
  const [changes, setChanges] = useState<Record<string, { allow: bigint; deny: bigint; type: 0 | 1 }>>({});
  const [added, setAdded] = useState<{ id: string; type: 0 | 1; name: string }[]>([]);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found[]>([]);
  useEffect(() => {
    if (!query) return setFound([]);
    let stale = false;
    const timer = setTimeout(
      () =>
        findMembers(guildId, query).then(
          (people) => stale || setFound(people.slice(0, 10)),
          () => {},
        ),
      120,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [guildId, query]);

  const overwriteOf = (id: string): Overwrite | undefined => {
    const change = changes[id];
    if (change) return { id, type: change.type, allow: String(change.allow), deny: String(change.deny) };
    return saved.find((one) => one.id === id);
  };
  const nameOf = (id: string) =>
    id === guildId
      ? t`Everyone`
      : (roles.find((role) => role.id === id)?.name ??
        added.find((one) => one.id === id)?.name ??
        entity('users', id)?.global_name ??
        entity('users', id)?.username ??
        id);
  const ids = [
    guildId,
    ...roles
      .filter(
        ({ id }) => id !== guildId && (saved.some((o) => o.id === id) || added.some((a) => a.id === id)),
      )
      .map(({ id }) => id),
    ...new Set([...saved, ...added].filter(({ type }) => type === 1).map(({ id }) => id)),
  ];
  const dirty = Object.keys(changes).length > 0;
  const synced =
    parent !== undefined &&
    JSON.stringify([...saved].sort((a, b) => a.id.localeCompare(b.id))) ===
      JSON.stringify([...(parent.permission_overwrites ?? [])].sort((a, b) => a.id.localeCompare(b.id)));

  const choose = (bit: bigint, choice: Choice) => {
    const now = overwriteOf(chosen);
    const type = now?.type ?? added.find((one) => one.id === chosen)?.type ?? 0;
    const next = withChoice({ allow: BigInt(now?.allow ?? 0), deny: BigInt(now?.deny ?? 0) }, bit, choice);
    setChanges({ ...changes, [chosen]: { ...next, type } });
  };
  const save = async () => {
    const done = await run(async () => {
      for (const [overwrite_id, { allow, deny, type }] of Object.entries(changes))
        await api('PUT /channels/{channel_id}/permissions/{overwrite_id}', {
          path: { channel_id: channel.id, overwrite_id },
          body: { type, allow: allow.toString(), deny: deny.toString() },
        });
    }, t`Saved`);
    if (done) setChanges({});
  };
  const erase = (overwrite_id: string) =>
    run(async () => {
      await api('DELETE /channels/{channel_id}/permissions/{overwrite_id}', {
        path: { channel_id: channel.id, overwrite_id },
      });
      setAdded(added.filter(({ id }) => id !== overwrite_id));
      setChanges(Object.fromEntries(Object.entries(changes).filter(([id]) => id !== overwrite_id)));
      setChosen(guildId);
    });
  const sync = () =>
    run(() =>
      api('PATCH /channels/{channel_id}', {
        path: { channel_id: channel.id },
        body: { permission_overwrites: parent?.permission_overwrites ?? [] },
      }),
    );
  const options = [
    ...roles
      .filter(
        ({ id, name }) =>
          id !== guildId && !ids.includes(id) && name.toLowerCase().includes(query.toLowerCase()),
      )
      .map(({ id, name }) => ({ id, label: name, hint: t`Role` })),
    ...found
      .filter(({ id }) => !ids.includes(id))
      .map(({ id, name, username }) => ({ id, label: name, hint: username })),
  ];
  return (
    <>
      {parent && (
        <Banner
          kind={synced ? 'success' : 'info'}
          action={
            synced ? undefined : (
              <Button size="s" busy={busy} onClick={() => void sync()}>
                <Trans>Take them from the category</Trans>
              </Button>
            )
          }
        >
          {synced ? (
            <Trans>
              Like the category <bdi>{parent.name}</bdi>.
            </Trans>
          ) : (
            <Trans>
              Different from the category <bdi>{parent.name}</bdi>.
            </Trans>
          )}
        </Banner>
      )}
      <div className={css.roles}>
        <div>
          <Combobox
            label={t`Add a role or somebody`}
            placeholder={t`Name`}
            options={options}
            value={[]}
            onSearch={setQuery}
            onChange={([id]) => {
              if (!id) return;
              const type = roles.some((role) => role.id === id) ? 0 : 1;
              setAdded([...added, { id, type, name: options.find((one) => one.id === id)?.label ?? id }]);
              setChosen(id);
            }}
          />
          <ul className={css.roleList} aria-label={t`Who has rules here`}>
            {ids.map((id) => (
              <li key={id}>
                <button
                  type="button"
                  className={css.role}
                  aria-current={id === chosen || undefined}
                  onClick={() => setChosen(id)}
                >
                  <span dir="auto">{nameOf(id)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <div className={css.tools} style={{ justifyContent: 'space-between' }}>
            <h3 dir="auto">{nameOf(chosen)}</h3>
            {chosen !== guildId && (
              <IconButton
                label={t`Remove the rules of ${nameOf(chosen)}`}
                icon={<Trash2 size={18} />}
                onClick={() => void erase(chosen)}
              />
            )}
          </div>
          <Rules
            channel={channel}
            guildId={guildId}
            subject={chosen}
            overwrites={ids.flatMap((id) => overwriteOf(id) ?? [])}
            nameOf={nameOf}
            onChoose={choose}
          />
        </div>
      </div>
      <SaveBar dirty={dirty} busy={busy} onSave={() => void save()} onDiscard={() => setChanges({})} />
    </>
  );
}

interface RulesProps {
  channel: Channel;
  guildId: string;
  subject: string;
  overwrites: Overwrite[];
  nameOf: (id: string) => string;
  onChoose: (bit: bigint, choice: Choice) => void;
}

function Rules({ channel, guildId, subject, overwrites, nameOf, onChoose }: RulesProps) {
  const { t } = useLingui();
  const groups = useBitGroups(channel.type === 4 ? -1 : channel.type);
  const may = usePermissions(guildId, channel.id);
  const owner = useEntity('guilds', guildId, (guild) => guild?.owner_id);
  const own = overwrites.find(({ id }) => id === subject);
  const role = entity('roles', subject);
  const member = role ? undefined : entity('members', `${guildId}:${subject}`);
  const held = role ? [role] : (member?.roles ?? []).flatMap((id) => entity('roles', id) ?? []);
  const because = ({ by, here, yes }: Reason) => {
    const where = here ? t`here` : t`in the community`;
    if (by === 'owner') return t`Allowed: the owner may do everything`;
    if (by === 'nobody') return t`Not allowed: nobody gave it`;
    const who = by === 'member' ? nameOf(subject) : nameOf(by.role);
    return yes ? t`Allowed by ${who} ${where}` : t`Denied by ${who} ${where}`;
  };
  const row = (info: BitInfo) => {
    const reason = explain({
      bit: info.value,
      administrator: Bit.ADMINISTRATOR,
      guildId,
      owner: subject === owner,
      roles: held.filter(({ id }) => id !== guildId),
      everyone: entity('roles', guildId)?.permissions ?? '0',
      overwrites,
      ...(role ? {} : { userId: subject }),
    });
    return (
      <div key={info.bit} className={css.bit}>
        <div>
          {info.label}
          <span className={css.why} data-yes={reason.yes}>
            {because(reason)}
          </span>
        </div>
        <Tri
          label={info.label}
          name={`${subject}-${info.bit}`}
          value={choiceOf(own, info.value)}
          disabled={!may.has(info.value)}
          onChange={(choice) => onChoose(info.value, choice)}
        />
      </div>
    );
  };
  return groups.map((group) => (
    <Section key={group.id} title={group.title}>
      <div className={css.bits}>{group.bits.map(row)}</div>
    </Section>
  ));
}

interface TriProps {
  label: string;
  name: string;
  value: Choice;
  disabled: boolean;
  onChange: (choice: Choice) => void;
}

function Tri({ label, name, value, disabled, onChange }: TriProps) {
  const { t } = useLingui();
  const choices = [
    { id: 'deny', text: t`Deny`, icon: <X size={16} /> },
    { id: 'inherit', text: t`Inherit`, icon: <Minus size={16} /> },
    { id: 'allow', text: t`Allow`, icon: <Check size={16} /> },
  ] as const;
  return (
    <div role="radiogroup" aria-label={label} className={css.tri}>
      {choices.map(({ id, text, icon }) => (
        <label key={id} data-kind={id} data-tooltip={text}>
          <input
            type="radio"
            name={name}
            aria-label={text}
            checked={value === id}
            disabled={disabled}
            onChange={() => onChange(id)}
          />
          {icon}
        </label>
      ))}
    </div>
  );
}
