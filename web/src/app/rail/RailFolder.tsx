import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Bookmark, Folder, FolderOpen, Gamepad2, Heart, Music, Shield, Star } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useEntity, useUnread } from '#/store';
import { tip } from '#/ui';
import { contextMenu } from '../contextMenu';
import { folderMenu } from '../menus';
import { useDragItem } from './drag';
import type { FolderIcon, RailItem } from './folders';
import { GuildIcon } from './GuildIcon';
import { stepKeys } from './keys';
import { toggleFolder, useOpenFolders } from './open';
import css from './Rail.module.css';
import { RailGuild } from './RailGuild';

export const folderIcons: Record<FolderIcon, typeof Folder> = {
  folder: Folder,
  star: Star,
  heart: Heart,
  bookmark: Bookmark,
  game_controller: Gamepad2,
  shield: Shield,
  music_note: Music,
};

function Mini({ guildId }: { guildId: string }) {
  const guild = useEntity('guilds', guildId);
  return guild ? <GuildIcon guild={guild} size={17} /> : null;
}

export function RailFolder({
  item,
  current,
}: {
  item: RailItem & { kind: 'folder' };
  current: string | null;
}) {
  const { t } = useLingui();
  const open = useOpenFolders((state) => state.open.includes(item.id));
  const { unread, mentions } = useUnread('folder', String(item.id));
  const drag = useDragItem({ folder: item.id });
  const name = item.folder.name || t`Folder`;
  const holds = current !== null && item.guilds.includes(current);
  const color = item.folder.color ? `#${item.folder.color.toString(16).padStart(6, '0')}` : undefined;
  const Icon = item.folder.icon && item.folder.icon !== 'folder' ? folderIcons[item.folder.icon] : null;
  const state = [
    name,
    plural(item.guilds.length, { one: '# community', other: '# communities' }),
    mentions ? plural(mentions, { one: '# mention', other: '# mentions' }) : '',
    unread ? t`unread` : '',
  ].filter(Boolean);
  return (
    <li className={css.folder} data-open={open || undefined} style={{ '--folder': color } as CSSProperties}>
      <div
        className={css.item}
        data-active={(holds && !open) || undefined}
        data-unread={(unread && !open) || undefined}
        data-drop={drag.over}
        {...drag.target}
      >
        <button
          type="button"
          className={css.link}
          data-item={name}
          tabIndex={-1}
          aria-expanded={open}
          aria-label={state.join(', ')}
          onClick={() => toggleFolder(item.id)}
          {...tip(name, { side: 'end' })}
          {...contextMenu(() => folderMenu(item.id))}
          {...drag.source}
          onKeyDown={stepKeys({ folder: item.id })}
        >
          <span className={css.stack} aria-hidden="true">
            {open ? (
              <FolderOpen />
            ) : Icon ? (
              <Icon />
            ) : (
              item.guilds.slice(0, 4).map((id) => <Mini key={id} guildId={id} />)
            )}
          </span>
          {mentions > 0 && !open && <span className={css.badge}>{mentions > 99 ? '99+' : mentions}</span>}
        </button>
      </div>
      {open && (
        <ul>
          {item.guilds.map((id) => (
            <RailGuild key={id} guildId={id} active={current === id} folder={item.id} />
          ))}
        </ul>
      )}
    </li>
  );
}
