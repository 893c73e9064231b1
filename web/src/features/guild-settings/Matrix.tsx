// All roles beside each other: a grid for the keyboard, changed cells marked, saved together.
import { useLingui } from '@lingui/react/macro';
import { Check, Minus } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { api } from '#/api/client';
import type { Role } from '#/api/types';
import { useRun } from '#/features/settings/form';
import { SaveBar } from '#/features/settings/SaveBar';
import { useBitGroups } from './bits';
import { merge } from './concurrent';
import css from './guild.module.css';
import { useRoleRights } from './hooks';
import { ChangedBits, Meanwhile } from './Meanwhile';

export function Matrix({ guildId, roles }: { guildId: string; roles: Role[] }) {
  const { t } = useLingui();
  const bits = useBitGroups().flatMap((group) => group.bits);
  const rights = useRoleRights(guildId);
  const { busy, run } = useRun();
  const [changes, setChanges] = useState<Record<string, { base: bigint; mine: bigint }>>({});
  const [at, setAt] = useState<[row: number, column: number]>([0, 0]);
  const now = (role: Role) => {
    const saved = BigInt(role.permissions);
    const change = changes[role.id];
    return change ? merge(change.base, change.mine, saved) : saved;
  };
  const changed = roles.filter((role) => now(role) !== BigInt(role.permissions));

  const flip = (role: Role, value: bigint) => {
    if (!rights.reach(role) || !rights.grant(value)) return;
    const { base, mine } = changes[role.id] ?? {
      base: BigInt(role.permissions),
      mine: BigInt(role.permissions),
    };
    // Seen from what was there at the beginning, so that what others change meanwhile is not undone.
    const other = (base ^ BigInt(role.permissions)) & value;
    setChanges({ ...changes, [role.id]: { base: base ^ other, mine: mine ^ other ^ value } });
  };
  const meanwhile = roles.flatMap((role) => {
    const base = changes[role.id]?.base;
    const saved = BigInt(role.permissions);
    return base !== undefined && base !== saved && now(role) !== saved ? [{ role, base, saved }] : [];
  });
  const rebase = () => {
    const known = Object.fromEntries(
      meanwhile.map(({ role, saved }) => [role.id, { base: saved, mine: now(role) }]),
    );
    setChanges({ ...changes, ...known });
  };
  const save = async () => {
    const done = await run(async () => {
      for (const role of changed)
        await api('PATCH /guilds/{guild_id}/roles/{role_id}', {
          path: { guild_id: guildId, role_id: role.id },
          body: { permissions: now(role).toString() },
        });
    }, t`Saved`);
    if (done) setChanges({});
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const [row, column] = at;
    const inward = document.documentElement.dir === 'rtl' ? -1 : 1;
    const to: Record<string, [number, number]> = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + inward],
      ArrowLeft: [row, column - inward],
      Home: [row, 0],
      End: [row, roles.length - 1],
      PageUp: [row - 10, column],
      PageDown: [row + 10, column],
    };
    const next = to[event.key];
    if (!next) return;
    event.preventDefault();
    const cell: [number, number] = [
      Math.min(bits.length - 1, Math.max(0, next[0])),
      Math.min(roles.length - 1, Math.max(0, next[1])),
    ];
    setAt(cell);
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${cell[0]}/${cell[1]}"]`)?.focus();
  };
  return (
    <>
      {meanwhile.length > 0 && (
        <Meanwhile onKeep={rebase}>
          {meanwhile.map(({ role, base, saved }) => (
            <li key={role.id}>
              <bdi>{role.id === guildId ? t`Everyone` : role.name}</bdi>
              <ul>
                <ChangedBits was={base} now={saved} />
              </ul>
            </li>
          ))}
        </Meanwhile>
      )}
      <div className={css.scroller}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern is made for tables */}
        <table role="grid" className={css.matrix} aria-label={t`Roles and permissions`} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th scope="col">{t`Permission`}</th>
              {roles.map((role) => (
                <th key={role.id} scope="col" title={role.name}>
                  {role.id === guildId ? t`Everyone` : role.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bits.map((info, row) => (
              <tr key={info.bit}>
                <th scope="row">{info.label}</th>
                {roles.map((role, column) => {
                  const on = (now(role) & info.value) !== 0n;
                  const locked = !rights.reach(role) || !rights.grant(info.value);
                  const name = role.id === guildId ? t`Everyone` : role.name;
                  return (
                    <td key={role.id}>
                      <button
                        type="button"
                        className={css.cell}
                        data-at={`${row}/${column}`}
                        data-changed={
                          ((now(role) ^ BigInt(role.permissions)) & info.value) !== 0n || undefined
                        }
                        tabIndex={row === at[0] && column === at[1] ? 0 : -1}
                        aria-pressed={on}
                        aria-disabled={locked || undefined}
                        aria-label={`${info.label}, ${name}`}
                        onFocus={() => setAt([row, column])}
                        onClick={() => flip(role, info.value)}
                      >
                        {on ? <Check size={16} /> : <Minus size={14} />}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <SaveBar
        dirty={changed.length > 0}
        busy={busy}
        onSave={() => void save()}
        onDiscard={() => setChanges({})}
      />
    </>
  );
}
