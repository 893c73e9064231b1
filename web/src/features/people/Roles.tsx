import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import type { CSSProperties } from 'react';
import { mayAssign } from '#/model/permissions';
import { entity, list, useEntity, useList, useMe, usePermissions } from '#/store';
import { openMenu } from '#/ui';
import { setRole } from './actions';
import css from './Profile.module.css';

const hex = (color: number) => (color ? `#${color.toString(16).padStart(6, '0')}` : 'var(--text-3)');

/** Somebody's roles in a community, with those one may give and take. */
export function Roles({ guildId, userId }: { guildId: string; userId: string }) {
  const { t } = useLingui();
  const me = useMe()?.id ?? '';
  const held = useEntity('members', `${guildId}:${userId}`, (row) => row?.roles);
  const owner = useEntity('guilds', guildId, (guild) => guild?.owner_id) ?? '';
  const mine = useEntity('members', `${guildId}:${me}`, (row) => row?.roles);
  const order = useList('roles', guildId);
  const { bits } = usePermissions(guildId);
  if (!held) return null;
  const role = (id: string) => entity('roles', id);
  const may = (id: string) => {
    const target = role(id);
    return !!target && mayAssign(owner, { userId: me, roles: mine }, bits, target, role);
  };
  const shown = order.filter((id) => held.includes(id));
  const addable = list('roles', guildId).filter((id) => id !== guildId && !held.includes(id) && may(id));
  if (!shown.length && !addable.length) return null;
  return (
    <section className={css.part}>
      <h3>
        <Trans>Roles</Trans>
      </h3>
      <ul className={css.roles}>
        {shown.map((id) => {
          const one = role(id);
          if (!one) return null;
          return (
            <li key={id} className={css.role}>
              <i style={{ '--role': hex(one.color) } as CSSProperties} />
              <bdi>{one.name}</bdi>
              {may(id) && (
                <button
                  type="button"
                  aria-label={t`Take the role ${one.name}`}
                  onClick={() => void setRole(guildId, userId, id, false)}
                >
                  <X />
                </button>
              )}
            </li>
          );
        })}
        {addable.length > 0 && (
          <li>
            <button
              type="button"
              className={css.role}
              data-add
              aria-haspopup="menu"
              aria-label={t`Give a role`}
              onClick={(event) =>
                openMenu(
                  event.currentTarget,
                  addable.map((id) => ({
                    id,
                    label: role(id)?.name ?? '',
                    onSelect: () => void setRole(guildId, userId, id, true),
                  })),
                )
              }
            >
              <Plus />
              {!shown.length && <Trans>Give a role</Trans>}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
