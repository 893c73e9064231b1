import { useLingui } from '@lingui/react/macro';
import { ChevronDown, Plus } from 'lucide-react';
import { contextMenu } from '#/app/contextMenu';
import { Bit } from '#/model/permissions';
import { updateChannelOverride, useChannel, useEntity, usePermissions } from '#/store';
import { openDialog } from '../layout';
import { categoryMenu } from '../menus';
import { ChannelRow } from './ChannelRow';
import { channelKeys, useDragChannel } from './drag';
import css from './Sidebar.module.css';

type Props = { categoryId: string; channels: readonly string[]; current: string | null };

export function CategoryGroup({ categoryId, channels, current }: Props) {
  const { t } = useLingui();
  const category = useChannel(categoryId);
  const guildId = category?.guild_id ?? '';
  const collapsed = useEntity(
    'guildSettings',
    guildId,
    (row) => row?.channel_overrides?.[categoryId]?.collapsed === true,
  );
  const manage = usePermissions(guildId, categoryId).has(Bit.MANAGE_CHANNELS);
  const drag = useDragChannel(categoryId);
  if (!category) return null;
  // A category in which somebody sees nothing and can change nothing says nothing.
  if (!channels.length && !manage) return null;
  const name = category.name ?? '';
  return (
    <section className={css.group}>
      <div className={css.category} data-drop={drag.over} {...drag.target}>
        <button
          type="button"
          className={css.fold}
          data-item={name}
          tabIndex={-1}
          aria-expanded={!collapsed}
          aria-label={t`${name}, category`}
          onClick={() => void updateChannelOverride(guildId, categoryId, { collapsed: !collapsed })}
          {...contextMenu(() => categoryMenu(categoryId))}
          {...(manage ? drag.source : undefined)}
          onKeyDown={manage ? channelKeys(categoryId) : undefined}
        >
          <bdi>{name}</bdi>
          <ChevronDown aria-hidden="true" />
        </button>
        {manage && (
          <button
            type="button"
            className={css.more}
            tabIndex={-1}
            aria-label={t`Create a channel in ${name}`}
            data-tooltip={t`Create a channel`}
            onClick={() => openDialog({ kind: 'create-channel', guildId, parentId: categoryId })}
          >
            <Plus />
          </button>
        )}
      </div>
      <ul>
        {channels.map((id) => (
          <ChannelRow key={id} channelId={id} active={id === current} folded={collapsed} />
        ))}
      </ul>
    </section>
  );
}
