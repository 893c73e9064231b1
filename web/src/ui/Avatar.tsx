import { type CSSProperties, useState } from 'react';
import type { User } from '#/api/types';
import { avatarUrl } from '#/model/media';
import styles from './Avatar.module.css';
import { cx } from './cx';

export type Status = 'online' | 'idle' | 'dnd' | 'offline';

interface AvatarProps {
  user?: Pick<User, 'id' | 'username' | 'avatar'> & { global_name?: string | null };
  /** For what is not a person: a community, a group, an application. */
  name?: string;
  /** Decides the drawn colour; the user's id otherwise. */
  seed?: string;
  src?: string | null | undefined;
  /** In CSS pixels. */
  size?: number;
  status?: Status | undefined;
  shape?: 'round' | 'square';
  /** Its name, when nothing beside it says who it is. */
  label?: string;
  className?: string | undefined;
}

/** The first letters of up to two words, as a person would shorten a name. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = (word: string | undefined) =>
    word ? ([...new Intl.Segmenter().segment(word)][0]?.segment ?? '') : '';
  return (first(words[0]) + (words.length > 1 ? first(words[1]) : '')).toLocaleUpperCase();
}

/** A stable hue for an id. */
export function seedHue(seed: string): number {
  let sum = 0;
  for (const char of seed) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
  return (sum % 24) * 15;
}

export function Avatar({
  user,
  name,
  seed,
  src,
  size = 40,
  status,
  shape = 'round',
  label,
  className,
}: AvatarProps) {
  const shown = name ?? user?.global_name ?? user?.username ?? '?';
  const address = src === undefined && user ? avatarUrl(user, size) : src;
  const [failed, setFailed] = useState<string | null>(null);
  const image = address && address !== failed ? address : null;
  return (
    <span
      className={cx(styles.avatar, styles[shape], className)}
      style={{ '--size': `${size}px`, '--hue': seedHue(seed ?? user?.id ?? shown) } as CSSProperties}
      data-status={status}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <span className={styles.picture}>
        {image ? (
          <img
            src={image}
            alt=""
            width={size}
            height={size}
            loading="lazy"
            decoding="async"
            draggable={false}
            onError={() => setFailed(image)}
          />
        ) : (
          <span className={styles.letters}>{initials(shown)}</span>
        )}
      </span>
      {status && <StatusMark status={status} className={styles.mark} />}
    </span>
  );
}

/** Status as a shape as well as a colour: disc, crescent, bar, ring. */
export function StatusMark({
  status,
  size = 10,
  className,
}: {
  status: Status;
  size?: number;
  className?: string | undefined;
}) {
  const paths: Record<Status, string> = {
    online: 'M5 0a5 5 0 1 1 0 10A5 5 0 0 1 5 0Z',
    idle: 'M3.6.2A3.6 3.6 0 0 0 9.8 6.4 5 5 0 1 1 3.6.2Z',
    dnd: 'M5 0a5 5 0 1 1 0 10A5 5 0 0 1 5 0ZM2.9 3.9a1.1 1.1 0 0 0 0 2.2h4.2a1.1 1.1 0 0 0 0-2.2Z',
    offline: 'M5 0a5 5 0 1 1 0 10A5 5 0 0 1 5 0Zm0 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  };
  return (
    <svg
      viewBox="0 0 10 10"
      width={size}
      height={size}
      aria-hidden="true"
      className={cx(styles.status, className)}
      data-status={status}
    >
      <path fill="currentcolor" fillRule="evenodd" d={paths[status]} />
    </svg>
  );
}

interface StackProps {
  people: readonly NonNullable<AvatarProps['user']>[];
  size?: number;
  max?: number;
  label?: string;
}

export function AvatarStack({ people, size = 24, max = 4, label }: StackProps) {
  const shown = people.slice(0, people.length > max ? max - 1 : max);
  return (
    <span className={styles.stack} {...(label ? { role: 'img', 'aria-label': label } : {})}>
      {shown.map((person) => (
        <Avatar key={person.id} user={person} size={size} />
      ))}
      {people.length > shown.length && (
        <span className={styles.more} style={{ '--size': `${size}px` } as CSSProperties} aria-hidden="true">
          +{people.length - shown.length}
        </span>
      )}
    </span>
  );
}
