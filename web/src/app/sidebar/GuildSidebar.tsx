import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { contextMenu } from '#/app/contextMenu';
import { Bit } from '#/model/permissions';
import { entity, permissions, useEntity, useList, usePermissions } from '#/store';
import { sidebarMenu } from '../menus';
import { usePlace } from '../place';
import { useRoving } from '../roving';
import { CategoryGroup } from './CategoryGroup';
import { ChannelRow } from './ChannelRow';
import { GuildHeader } from './GuildHeader';
import css from './Sidebar.module.css';
import { UnreadChips } from './UnreadChips';

const CATEGORY = 4;

/** The ids in display order, cut into the loose ones and one group per category. */
function groups(ids: readonly string[]) {
  const loose: string[] = [];
  const categories: { id: string; channels: string[] }[] = [];
  const known = new Map<string, string[]>();
  for (const id of ids)
    if (entity('channels', id)?.type === CATEGORY) {
      const channels: string[] = [];
      known.set(id, channels);
      categories.push({ id, channels });
    }
  for (const id of ids) {
    const channel = entity('channels', id);
    if (channel && channel.type !== CATEGORY) (known.get(channel.parent_id ?? '') ?? loose).push(id);
  }
  return { loose, categories };
}

/** Those that may be seen with the community's permissions as they are now: fewer while it is viewed as a role. */
const visible = (guildId: string, ids: readonly string[], _bits: bigint) =>
  ids.filter(
    (id) => entity('channels', id)?.type === CATEGORY || permissions(guildId, id).has(Bit.VIEW_CHANNEL),
  );

export function GuildSidebar({ guildId }: { guildId: string }) {
  const { t } = useLingui();
  const ids = useList('channels', guildId);
  const { bits } = usePermissions(guildId);
  const name = useEntity('guilds', guildId, (guild) => guild?.name);
  const { channelId } = usePlace();
  const ref = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRoving(ref);
  const { loose, categories } = groups(visible(guildId, ids, bits));
  return (
    <nav
      ref={ref}
      className={css.nav}
      aria-label={t`Channels of ${name ?? ''}`}
      data-region="channels"
      {...roving}
    >
      <GuildHeader guildId={guildId} />
      <div ref={scroller} className={css.scroller} {...contextMenu(() => sidebarMenu(guildId))}>
        {loose.length > 0 && (
          <ul>
            {loose.map((id) => (
              <ChannelRow key={id} channelId={id} active={id === channelId} />
            ))}
          </ul>
        )}
        {categories.map((category) => (
          <CategoryGroup
            key={category.id}
            categoryId={category.id}
            channels={category.channels}
            current={channelId}
          />
        ))}
      </div>
      <UnreadChips scroller={scroller} />
    </nav>
  );
}
