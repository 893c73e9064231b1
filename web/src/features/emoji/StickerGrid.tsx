import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { rank } from '#/features/chat/composer/ranking';
import { mayUseAnywhere } from '#/features/chat/composer/suggest';
import { stickerUrl } from '#/model/media';
import { entity, list } from '#/store';
import { EmptyState, SearchField, toast } from '#/ui';
import { closePicker } from './open';
import styles from './Picker.module.css';

interface Props {
  guildId?: string;
  onPick?: (id: string) => void;
}

export function StickerGrid({ guildId, onPick }: Props) {
  const { t } = useLingui();
  const [query, setQuery] = useState('');
  const guilds = [...(guildId ? [guildId] : []), ...list('guilds').filter((id) => id !== guildId)];
  const all = guilds.flatMap((guild) =>
    list('stickers', guild).flatMap((id) => {
      const sticker = entity('stickers', id);
      if (!sticker) return [];
      const foreign = guild !== guildId && !mayUseAnywhere();
      return [{ sticker, foreign, names: [sticker.name, ...(sticker.tags ?? [])] }];
    }),
  );
  const shown = query.trim() ? rank(all, query, 100) : all;
  return (
    <div className={styles.body}>
      <div className={styles.search}>
        <SearchField label={t`Search stickers`} value={query} autoFocus onChange={setQuery} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={all.length ? t`Nothing found` : t`No stickers yet`}
          text={all.length ? t`Try another word.` : t`Communities can add their own in their settings.`}
        />
      ) : (
        <div className={styles.stickers}>
          {shown.map(({ sticker, foreign }) => (
            <button
              key={sticker.id}
              type="button"
              className={styles.sticker}
              aria-label={sticker.name}
              aria-disabled={foreign || undefined}
              data-tooltip={sticker.name}
              onClick={() => {
                if (foreign)
                  return void toast({ kind: 'info', text: t`It can only be used in its own community.` });
                onPick?.(sticker.id);
                closePicker();
              }}
            >
              <img
                src={stickerUrl(sticker.id, sticker.animated, 96)}
                alt=""
                width={88}
                height={88}
                loading="lazy"
              />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
