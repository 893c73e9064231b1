import { Trans, useLingui } from '@lingui/react/macro';
import { Eye, Grid3x3, Lock, Plus } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { api } from '#/api/client';
import type { Role } from '#/api/types';
import { Section } from '#/features/settings/Frame';
import { useRun } from '#/features/settings/form';
import { announce, Button, useReadable } from '#/ui';
import css from './guild.module.css';
import { useGuildId, useRoleRights, useRoles } from './hooks';
import { Matrix } from './Matrix';
import { RoleEditor } from './RoleEditor';
import { viewAs } from './viewAs';

/** Roles from the highest to everyone; drag or Alt+arrows move one, the chosen one is edited beside. */
export default function Roles() {
  const { t } = useLingui();
  const guildId = useGuildId();
  const roles = useRoles(guildId);
  const rights = useRoleRights(guildId);
  const { run, busy } = useRun();
  const [chosen, setChosen] = useState<string | null>(null);
  const [matrix, setMatrix] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const role = roles.find(({ id }) => id === chosen) ?? roles.find((one) => rights.reach(one)) ?? roles[0];
  const everyone = (one: Role) => one.id === guildId;

  const create = () =>
    run(async () => {
      const made = await api('POST /guilds/{guild_id}/roles', {
        path: { guild_id: guildId },
        body: { name: t`New role` },
      });
      setChosen(made.id);
    });

  /** Puts a role in another's place; both must be in reach. */
  const move = (id: string, to: number) => {
    const movable = roles.filter((one) => !everyone(one));
    const from = movable.findIndex((one) => one.id === id);
    const [moved, target] = [movable[from], movable[to]];
    if (!moved || !target || from === to || !rights.reach(moved) || !rights.reach(target)) return;
    const order = movable.filter((one) => one.id !== id);
    order.splice(to, 0, moved);
    announce(t`${moved.name}, ${to + 1} of ${movable.length}`);
    void run(() =>
      api('PATCH /guilds/{guild_id}/roles', {
        path: { guild_id: guildId },
        body: order.map((one, index) => ({ id: one.id, position: order.length - index })),
      }),
    );
  };
  const onKeyDown = (event: KeyboardEvent, one: Role, index: number) => {
    if (!event.altKey || !(event.key === 'ArrowUp' || event.key === 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    move(one.id, index + (event.key === 'ArrowUp' ? -1 : 1));
  };

  return (
    <>
      <div className={css.tools}>
        <Button variant="primary" icon={<Plus size={18} />} busy={busy} onClick={() => void create()}>
          <Trans>Create a role</Trans>
        </Button>
        <Button icon={<Grid3x3 size={18} />} aria-pressed={matrix} onClick={() => setMatrix(!matrix)}>
          {matrix ? <Trans>Back to the list</Trans> : <Trans>Compare roles</Trans>}
        </Button>
      </div>
      {matrix ? (
        <Section
          title={t`Roles and permissions`}
          hint={t`Arrows move, Space changes. Nothing is saved before you say so.`}
        >
          <Matrix guildId={guildId} roles={roles} />
        </Section>
      ) : (
        <div className={css.roles}>
          <ol className={css.roleList} aria-label={t`Roles, highest first`}>
            {roles.map((one, index) => {
              const locked = !rights.reach(one);
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    className={css.role}
                    aria-current={one.id === role?.id || undefined}
                    aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    data-tooltip={locked ? t`Not below your own highest role` : undefined}
                    data-over={over === one.id || undefined}
                    draggable={!locked && !everyone(one)}
                    onDragStart={() => setDragged(one.id)}
                    onDragEnd={() => {
                      setDragged(null);
                      setOver(null);
                    }}
                    onDragOver={(event) => {
                      if (!dragged || locked || everyone(one)) return;
                      event.preventDefault();
                      setOver(one.id);
                    }}
                    onDrop={() => dragged && move(dragged, index)}
                    onKeyDown={(event) => onKeyDown(event, one, index)}
                    onClick={() => setChosen(one.id)}
                  >
                    <Swatch color={one.color} />
                    <span dir="auto">{everyone(one) ? t`Everyone` : one.name}</span>
                    {locked && <Lock size={14} aria-label={t`locked`} />}
                  </button>
                </li>
              );
            })}
          </ol>
          {role && (
            <div>
              <div className={css.tools} style={{ justifyContent: 'space-between' }}>
                <h3 dir="auto">{everyone(role) ? t`Everyone` : role.name}</h3>
                <Button
                  size="s"
                  icon={<Eye size={16} aria-hidden />}
                  onClick={() => viewAs(guildId, everyone(role) ? [] : [role.id], role.name)}
                >
                  <Trans>View as this role</Trans>
                </Button>
              </div>
              <RoleEditor key={role.id} guildId={guildId} role={role} locked={!rights.reach(role)} />
            </div>
          )}
        </div>
      )}
    </>
  );
}

function Swatch({ color }: { color: number }) {
  const shown = useReadable(color);
  return <i className={css.swatch} style={shown ? { background: shown } : undefined} aria-hidden="true" />;
}
