import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Role } from '#/api/types';
import { Section } from '#/features/settings/Frame';
import { useLoad, useRun } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { Avatar, Combobox, EmptyState, IconButton } from '#/ui';
import css from './guild.module.css';

export interface Found {
  id: string;
  name: string;
  username: string;
  roles: string[];
}

export async function findMembers(guildId: string, query: string, role?: string): Promise<Found[]> {
  const { members } = await api('POST /guilds/{guild_id}/members-search', {
    path: { guild_id: guildId },
    body: { limit: 100, ...(query ? { query } : {}), ...(role ? { role_ids: [role] } : {}) },
  });
  return members.map((one) => ({
    id: one.user_id,
    name: one.nickname ?? one.global_name ?? one.username,
    username: one.username,
    roles: one.role_ids,
  }));
}

export function RoleMembers({ guildId, role, locked }: { guildId: string; role: Role; locked: boolean }) {
  const { t } = useLingui();
  const { run } = useRun();
  const list = useLoad(() => findMembers(guildId, '', role.id));
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found[]>([]);
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => {
      findMembers(guildId, query).then(
        (people) => stale || setFound(people),
        () => {},
      );
    }, 120);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [guildId, query]);
  const path = (user_id: string) => ({ guild_id: guildId, user_id, role_id: role.id });
  const give = (person: Found) =>
    run(async () => {
      await api('PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}', { path: path(person.id) });
      list.set([...(list.data ?? []), person]);
    });
  const take = (person: Found) =>
    run(async () => {
      await api('DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}', { path: path(person.id) });
      list.set((list.data ?? []).filter(({ id }) => id !== person.id));
    });
  return (
    <Loaded of={list}>
      {(members) => (
        <Section
          title={<Plural value={members.length} _0="Nobody has it" one="# member" other="# members" />}
        >
          {!locked && (
            <Combobox
              label={t`Give it to`}
              placeholder={t`Name`}
              options={found
                .filter(({ id }) => !members.some((one) => one.id === id))
                .map(({ id, name, username }) => ({ id, label: name, hint: username }))}
              value={[]}
              onSearch={setQuery}
              onChange={([id]) => {
                const person = found.find((one) => one.id === id);
                if (person) void give(person);
              }}
            />
          )}
          {members.length === 0 ? (
            <EmptyState title={t`Nobody has this role yet`} />
          ) : (
            members.map((person) => (
              <div key={person.id} className={css.person}>
                <Avatar name={person.name} seed={person.id} size={28} />
                <span style={{ flex: 1 }}>
                  <bdi>{person.name}</bdi> <span className={css.quiet}>{person.username}</span>
                </span>
                {!locked && (
                  <IconButton
                    size="s"
                    label={t`Take ${role.name} from ${person.name}`}
                    icon={<X size={16} />}
                    onClick={() => void take(person)}
                  />
                )}
              </div>
            ))
          )}
          <p className={css.quiet}>
            <Trans>A change is seen everywhere at once.</Trans>
          </p>
        </Section>
      )}
    </Loaded>
  );
}
