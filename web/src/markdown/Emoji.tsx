import { useEffect, useState } from 'react';
import { emojiLabel, loadEmoji, useEmojiData, withTone } from '#/features/emoji/data';
import { emojiUrl } from '#/model/media';
import { useSettings } from '#/store';
import styles from './markdown.module.css';

/** An emoji of Unicode: the system's picture, which a screen reader names by itself. */
export function Emoji({ char }: { char: string }) {
  return (
    <span className={styles.emoji} title={emojiLabel(char)}>
      {char}
    </span>
  );
}

/** `:name:` as bots write it: a picture if there is one of that name. */
export function Shortcode({ name, tone }: { name: string; tone: number }) {
  const emoji = useEmojiData()?.byName.get(name);
  useEffect(() => {
    loadEmoji().catch(() => {});
  }, []);
  if (emoji) return <Emoji char={withTone(emoji, tone)} />;
  return tone ? `:${name}::skin-tone-${tone}:` : `:${name}:`;
}

export function CustomEmoji({ id, name, animated }: { id: string; name: string; animated: boolean }) {
  const settings = useSettings();
  const [failed, setFailed] = useState(false);
  const [hovered, setHovered] = useState(false);
  const label = `:${name}:`;
  if (failed) return label;
  const plays = animated && (settings?.animate_emoji !== false || hovered);
  return (
    <img
      className={styles.customEmoji}
      src={emojiUrl(id, plays, 48)}
      alt={label}
      title={label}
      draggable={false}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(true)}
      onPointerEnter={animated ? () => setHovered(true) : undefined}
      onPointerLeave={animated ? () => setHovered(false) : undefined}
    />
  );
}
