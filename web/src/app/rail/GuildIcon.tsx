import { iconUrl } from '#/model/media';
import css from './GuildIcon.module.css';

/** First letters of the words, as many as fit. */
export function initials(name: string): string {
  const words = name.split(/[\s\-_]+/u).filter(Boolean);
  const letters = words.map((word) => [...word][0] ?? '');
  return letters.slice(0, 3).join('') || '?';
}

type Props = { guild: { id: string; name: string; icon?: string | null }; size: number };

export function GuildIcon({ guild, size }: Props) {
  const url = iconUrl(guild, size);
  const text = initials(guild.name);
  return (
    <span
      className={css.icon}
      style={{
        inlineSize: size,
        blockSize: size,
        fontSize: Math.round(size * (text.length > 2 ? 0.3 : 0.38)),
      }}
      data-picture={url ? true : undefined}
      aria-hidden="true"
    >
      {url ? <img src={url} alt="" width={size} height={size} loading="lazy" decoding="async" /> : text}
    </span>
  );
}
