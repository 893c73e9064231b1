import { useLingui } from '@lingui/react/macro';
import EyeOff from 'lucide-react/icons/eye-off';
import ImageOff from 'lucide-react/icons/image-off';
import { useState } from 'react';
import type { Attachment } from '#/api/types';
import { attachmentUrl } from '#/model/media';
import { useSettings } from '#/store';
import { cx } from '#/ui';
import { openOverlay } from '../state';
import { revealed } from './gallery';
import styles from './Media.module.css';
import { ANIMATED, type Box, EXPLICIT, placeholderUrl, SPOILER } from './media';

interface Props {
  file: Attachment;
  box: Box;
  /** Fills its box instead of keeping its ratio. */
  cover?: boolean;
  onOpen: () => void;
}

/** A picture in a place that is kept for it; blurred and not fetched while it is hidden. */
export function MediaTile({ file, box, cover, onOpen }: Props) {
  const { t } = useLingui();
  const settings = useSettings();
  const hidden = (file.flags & (SPOILER | EXPLICIT)) !== 0;
  const [shown, setShown] = useState(!hidden || revealed.has(file.id));
  const [loaded, setLoaded] = useState(false);
  const [failed, setFailed] = useState(0);
  const [near, setNear] = useState(false);
  const moving = (file.flags & ANIMATED) !== 0;
  const plays = moving && (settings?.gif_auto_play !== false || near);
  const alt = file.description || '';
  const background = placeholderUrl(file.placeholder);
  const reveal = () => {
    revealed.add(file.id);
    setShown(true);
  };
  if (!shown) {
    const explicit = (file.flags & EXPLICIT) !== 0;
    return (
      <button
        type="button"
        className={cx(styles.tile, styles.hidden)}
        style={background ? { backgroundImage: `url(${background})` } : undefined}
        onClick={reveal}
        aria-label={explicit ? t`Explicit picture: press to show` : t`Spoiler: press to show`}
      >
        <span className={styles.cover}>
          <EyeOff size={16} strokeWidth={1.75} aria-hidden />
          {explicit ? t`Explicit` : t`Spoiler`}
        </span>
      </button>
    );
  }
  const wanted = attachmentUrl(file, {
    ...box,
    ...(plays ? { animated: true } : moving ? { still: true } : {}),
  });
  const src = failed > 1 ? undefined : failed === 1 ? (file.url ?? wanted) : wanted;
  return (
    <div
      className={styles.tileBox}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      <button
        type="button"
        className={styles.tile}
        style={!loaded && background ? { backgroundImage: `url(${background})` } : undefined}
        onClick={onOpen}
        aria-label={alt ? t`Open picture: ${alt}` : t`Open picture ${file.filename}`}
        data-media={file.url ?? undefined}
      >
        {src ? (
          <img
            key={src}
            src={src}
            alt={alt}
            width={Math.round(box.width)}
            height={Math.round(box.height)}
            loading="lazy"
            decoding="async"
            draggable={false}
            className={cx(styles.image, cover && styles.fill)}
            onLoad={() => setLoaded(true)}
            onError={() => setFailed(failed + 1)}
          />
        ) : (
          <span className={styles.broken}>
            <ImageOff size={20} strokeWidth={1.75} aria-hidden />
            {alt || file.filename}
          </span>
        )}
        {moving && !plays ? <span className={styles.gif}>GIF</span> : null}
      </button>
      {alt ? (
        <button
          type="button"
          className={styles.alt}
          aria-label={t`Description of the picture`}
          onClick={() => openOverlay({ kind: 'alt', text: alt })}
        >
          ALT
        </button>
      ) : null}
    </div>
  );
}
