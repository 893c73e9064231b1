import { useState } from 'react';
import type { MessageSticker } from '#/api/types';
import { stickerUrl } from '#/model/media';
import { useSettings } from '#/store';
import styles from './Media.module.css';

export function Stickers({ stickers }: { stickers: MessageSticker[] }) {
  return (
    <div className={styles.stickers}>
      {stickers.map((sticker) => (
        <Sticker key={sticker.id} sticker={sticker} />
      ))}
    </div>
  );
}

function Sticker({ sticker }: { sticker: MessageSticker }) {
  const settings = useSettings();
  const [near, setNear] = useState(false);
  // 0 always, 1 when pointed at, 2 never.
  const rule = settings?.animate_stickers ?? 0;
  const plays = sticker.animated && (rule === 0 || (rule === 1 && near));
  return (
    <img
      className={styles.sticker}
      src={stickerUrl(sticker.id, plays, 160)}
      alt={sticker.name}
      title={sticker.name}
      width={160}
      height={160}
      loading="lazy"
      decoding="async"
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    />
  );
}
