import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useRoving } from '#/app/roving';
import { useEntity, useMemberList, useSession } from '#/store';
import { MemberRow } from './MemberRow';
import css from './Members.module.css';

function GroupHead({ id, count }: { id: string; count: number }) {
  const { t } = useLingui();
  const role = useEntity('roles', id);
  const name = id === 'online' ? t`Online` : id === 'offline' ? t`Offline` : (role?.name ?? '');
  return (
    <h2 className={css.head}>
      <bdi>{name}</bdi>
      <span>{count}</span>
    </h2>
  );
}

export function GuildMembers({ guildId, channelId }: { guildId: string; channelId: string }) {
  const list = useMemberList(guildId, channelId);
  const box = useRef<HTMLDivElement>(null);
  const roving = useRoving(box);
  const virtual = useVirtualizer({
    count: list?.total ?? 0,
    getScrollElement: () => box.current,
    estimateSize: (index) => (list?.row(index)?.kind === 'group' ? 36 : 44),
    overscan: 8,
    getItemKey: (index) => {
      const row = list?.row(index);
      return row ? (row.kind === 'group' ? `g${row.id}` : `${row.userId}`) : `unknown-${index}`;
    },
  });
  const rows = virtual.getVirtualItems();
  const from = rows[0]?.index ?? 0;
  const to = rows.at(-1)?.index ?? 0;
  const setRange = list?.setRange;
  useEffect(() => setRange?.(from, to), [setRange, from, to]);
  const loading = !list || list.total === 0;
  const connected = useSession().phase === 'live';
  return (
    <section className={css.panel}>
      <div ref={box} className={css.scroller} tabIndex={loading ? 0 : -1} {...roving}>
        {loading && !connected ? (
          <p className={css.note}>
            <Trans>The members are listed when you are connected.</Trans>
          </p>
        ) : loading ? (
          <div className={css.skeletons} aria-hidden="true">
            {Array.from({ length: 9 }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
              <div key={index} className={css.skeleton}>
                <i />
                <i style={{ inlineSize: `${40 + ((index * 17) % 40)}%` }} />
              </div>
            ))}
          </div>
        ) : (
          <ul
            className={css.list}
            style={{ blockSize: virtual.getTotalSize() }}
            aria-label={plural(list.memberCount, { one: '# member', other: '# members' })}
          >
            {rows.map((item) => {
              const row = list.row(item.index);
              return (
                <li
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  style={{ transform: `translateY(${item.start}px)` }}
                  aria-setsize={row?.kind === 'member' ? -1 : undefined}
                >
                  {!row ? (
                    <div className={css.skeleton} aria-hidden="true">
                      <i />
                      <i />
                    </div>
                  ) : row.kind === 'group' ? (
                    <GroupHead id={row.id} count={row.count} />
                  ) : (
                    <MemberRow
                      userId={row.userId}
                      guildId={guildId}
                      status={row.presence.status}
                      custom={row.presence.custom_status}
                    />
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}
