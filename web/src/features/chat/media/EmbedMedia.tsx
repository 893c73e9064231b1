import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Embed, EmbedMedia as Media, Message } from '#/api/types';
import { proxied } from '#/model/media';
import { useSettings } from '#/store';
import { usePreferences } from '#/ui';
import { openOverlay } from '../state';
import styles from './Embed.module.css';
import { ANIMATED, type Box, boxFor, EXPLICIT, placeholderUrl, SPOILER } from './media';

export function useMost(): Box {
  const small = usePreferences((p) => p.mediaSize === 'small');
  return small ? { width: 400, height: 300 } : { width: 520, height: 400 };
}

interface Props {
  media: Media;
  link?: string;
  message: Pick<Message, 'id' | 'channel_id'>;
  /** Its place is given by the grid around it. */
  cell?: boolean;
}

/** A picture of an embed, by the instance's proxy: the site it is from learns nothing of the reader. */
export function EmbedMedia({ media, message, cell }: Props) {
  const { t } = useLingui();
  const most = useMost();
  const settings = useSettings();
  const [shown, setShown] = useState((media.flags & (SPOILER | EXPLICIT)) === 0);
  const [failed, setFailed] = useState(false);
  const [near, setNear] = useState(false);
  if (!media.proxy_url || failed) return null;
  const box = cell
    ? { width: most.width / 2, height: most.width / 2 }
    : boxFor(media.width, media.height, most);
  const background = placeholderUrl(media.placeholder);
  const moving = (media.flags & ANIMATED) !== 0;
  const plays = moving && (settings?.gif_auto_play !== false || near);
  const alt = media.description ?? '';
  const open = () => {
    if (!shown) return setShown(true);
    const item = {
      messageId: message.id,
      channelId: message.channel_id,
      url: media.url,
      proxyUrl: media.proxy_url ?? media.url,
      alt,
      width: media.width ?? undefined,
      height: media.height ?? undefined,
      video: false,
    };
    openOverlay({ kind: 'lightbox', items: [item], index: 0 });
  };
  return (
    <button
      type="button"
      className={cell ? styles.cell : styles.media}
      style={{
        ...(cell ? {} : { inlineSize: box.width, aspectRatio: `${box.width} / ${box.height}` }),
        ...(background ? { backgroundImage: `url(${background})` } : {}),
      }}
      aria-label={
        shown ? (alt ? t`Open picture: ${alt}` : t`Open picture`) : t`Explicit picture: press to show`
      }
      onClick={open}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      data-media={media.url}
    >
      {shown ? (
        <img
          src={proxied(media.proxy_url, {
            ...box,
            ...(plays ? { animated: true } : moving ? { still: true } : {}),
          })}
          alt={alt}
          width={box.width}
          height={box.height}
          loading="lazy"
          decoding="async"
          onError={() => setFailed(true)}
        />
      ) : null}
    </button>
  );
}

/** A silent film that repeats, as pictures that move do. */
export function GifEmbed({ embed }: { embed: Embed }) {
  const { t } = useLingui();
  const most = useMost();
  const settings = useSettings();
  const [near, setNear] = useState(false);
  const film = embed.video;
  const still = embed.thumbnail ?? embed.image;
  const source = film ?? still;
  if (!source?.proxy_url) return null;
  const box = boxFor(source.width, source.height, most);
  const plays = settings?.gif_auto_play !== false || near;
  return (
    <div
      className={styles.media}
      style={{ inlineSize: box.width, aspectRatio: `${box.width} / ${box.height}` }}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {film?.proxy_url && plays ? (
        <video
          src={film.proxy_url}
          autoPlay
          loop
          muted
          playsInline
          width={box.width}
          height={box.height}
          aria-label={embed.title ?? t`Moving picture`}
        />
      ) : (
        <img
          src={proxied((still ?? source).proxy_url ?? '', { ...box, still: true })}
          alt={embed.title ?? t`Moving picture`}
          loading="lazy"
          decoding="async"
          width={box.width}
          height={box.height}
        />
      )}
      {plays ? null : <span className={styles.gif}>GIF</span>}
    </div>
  );
}
