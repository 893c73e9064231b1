import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Ellipsis } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ApiError, api } from '#/api/client';
import type { Answer } from '#/api/types';
import { openDialog, openProfile } from '#/app/layout';
import { Bit } from '#/model/permissions';
import { timeOf } from '#/model/snowflake';
import { entity, usePermissions } from '#/store';
import {
  Avatar,
  Banner,
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  openMenu,
  SearchField,
  Select,
  Skeleton,
  VisuallyHidden,
} from '#/ui';
import css from './guild.module.css';
import { useGuildId, useRoles } from './hooks';

type Search = Answer<'POST /guilds/{guild_id}/members-search'>;
type Row = Search['members'][number];
const PAGE = 50;

/** Everybody, newest first, by name and role; also the page /channels/:g/members. */
export default function Members() {
  const { t, i18n } = useLingui();
  const guildId = useGuildId();
  const roles = useRoles(guildId);
  const may = usePermissions(guildId);
  const [query, setQuery] = useState('');
  const [role, setRole] = useState('');
  const [order, setOrder] = useState<'desc' | 'asc'>('desc');
  const [offset, setOffset] = useState(0);
  const [state, setState] = useState<{ data?: Search; error?: unknown }>({});
  const [serial, setSerial] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `serial` asks again
  useEffect(() => {
    let stale = false;
    let timer: ReturnType<typeof setTimeout>;
    let wait = 1000;
    const ask = async () => {
      try {
        const data = await api('POST /guilds/{guild_id}/members-search', {
          path: { guild_id: guildId },
          body: {
            limit: PAGE,
            offset,
            sort_by: 'joinedAt',
            sort_order: order,
            ...(query.trim() ? { query: query.trim() } : {}),
            ...(role ? { role_ids: [role] } : {}),
          },
        });
        if (stale) return;
        setState({ data });
        // The index is being made: it says so, and is asked again, ever more slowly.
        if (data.indexing) {
          timer = setTimeout(ask, wait);
          wait = Math.min(wait * 2, 15_000);
        }
      } catch (error) {
        if (!stale) setState({ error });
      }
    };
    timer = setTimeout(ask, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [guildId, query, role, order, offset, serial]);

  const { data, error } = state;
  const date = (value: number | Date) => i18n.date(new Date(value), { dateStyle: 'medium' });
  const menu = (row: Row) => {
    const dialog = (kind: 'kick' | 'ban' | 'timeout') => () =>
      openDialog({ kind, guildId, userId: row.user_id });
    return [
      ...(may.has(Bit.MODERATE_MEMBERS)
        ? [{ id: 'timeout', label: t`Silence for a time`, onSelect: dialog('timeout') }]
        : []),
      ...(may.has(Bit.MANAGE_NICKNAMES)
        ? [
            {
              id: 'nick',
              label: t`Change nickname`,
              onSelect: () => openDialog({ kind: 'nickname', guildId, userId: row.user_id }),
            },
          ]
        : []),
      {
        id: 'copy',
        label: t`Copy id`,
        onSelect: () => void navigator.clipboard.writeText(row.user_id),
      },
      ...(may.has(Bit.KICK_MEMBERS)
        ? [{ id: 'kick', label: t`Remove`, danger: true, onSelect: dialog('kick') }]
        : []),
      ...(may.has(Bit.BAN_MEMBERS)
        ? [{ id: 'ban', label: t`Ban`, danger: true, onSelect: dialog('ban') }]
        : []),
    ];
  };

  if (error instanceof ApiError && error.status === 403)
    return (
      <EmptyState title={t`You cannot see this list`} text={t`It takes the right to manage the community.`} />
    );
  return (
    <>
      <div className={css.tools}>
        <SearchField
          className={css.grow ?? ''}
          label={t`Search members`}
          placeholder={t`Search members`}
          value={query}
          onChange={(text) => {
            setOffset(0);
            setQuery(text);
          }}
        />
        <Select
          label={t`Role`}
          hideLabel
          value={role}
          onChange={(id) => {
            setOffset(0);
            setRole(id);
          }}
          options={[
            { value: '', label: t`Every role` },
            ...roles.filter(({ id }) => id !== guildId).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          label={t`Order`}
          hideLabel
          value={order}
          onChange={setOrder}
          options={[
            { value: 'desc', label: t`Newest first` },
            { value: 'asc', label: t`Oldest first` },
          ]}
        />
      </div>
      {data?.indexing && (
        <Banner kind="info">
          <Trans>The list is being prepared; it fills by itself.</Trans>
        </Banner>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => setSerial(serial + 1)} />
      ) : !data ? (
        <Skeleton shape="block" height={320} />
      ) : data.members.length === 0 && data.indexing ? (
        <Skeleton shape="block" height={320} />
      ) : data.members.length === 0 ? (
        <EmptyState title={t`Nobody like that`} text={t`Try another name or role.`} />
      ) : (
        <>
          <table className={css.table}>
            <caption className={css.quiet} style={{ textAlign: 'start' }}>
              <Plural value={data.total_result_count} one="# member" other="# members" />
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Member</Trans>
                </th>
                <th scope="col" className={css.wide}>
                  <Trans>Joined</Trans>
                </th>
                <th scope="col" className={css.wide}>
                  <Trans>Account since</Trans>
                </th>
                <th scope="col" className={css.wide}>
                  <Trans>Roles</Trans>
                </th>
                <th scope="col">
                  <VisuallyHidden>
                    <Trans>Actions</Trans>
                  </VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.members.map((row) => {
                const name = row.nickname ?? row.global_name ?? row.username;
                const user = entity('users', row.user_id);
                return (
                  <tr key={row.user_id}>
                    <td>
                      <button
                        type="button"
                        className={css.person}
                        onClick={(event) => openProfile(row.user_id, event.currentTarget, guildId)}
                      >
                        {user ? (
                          <Avatar user={user} size={28} />
                        ) : (
                          <Avatar name={name} seed={row.user_id} size={28} />
                        )}
                        <span>
                          <bdi>{name}</bdi>{' '}
                          <span className={css.quiet}>
                            {row.username}#{row.discriminator}
                          </span>
                        </span>
                      </button>
                    </td>
                    <td className={css.wide}>{date(row.joined_at * 1000)}</td>
                    <td className={css.wide}>{date(timeOf(row.user_id))}</td>
                    <td className={css.wide}>
                      {row.role_ids
                        .flatMap((id) => (id === guildId ? [] : (entity('roles', id)?.name ?? [])))
                        .join(', ')}
                    </td>
                    <td>
                      <IconButton
                        size="s"
                        label={t`More for ${name}`}
                        icon={<Ellipsis size={18} />}
                        onClick={(event) => openMenu(event.currentTarget, menu(row))}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <div className={css.tools}>
            <Button size="s" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
              <Trans>Previous</Trans>
            </Button>
            <Button
              size="s"
              disabled={offset + PAGE >= data.total_result_count}
              onClick={() => setOffset(offset + PAGE)}
            >
              <Trans>Next</Trans>
            </Button>
          </div>
        </>
      )}
    </>
  );
}
