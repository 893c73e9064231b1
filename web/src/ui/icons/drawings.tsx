// Drawings for empty places: a few lines in the quiet text colour, one in the accent.
import type { ReactNode } from 'react';
import styles from './drawings.module.css';

function Drawing({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 120 88"
      width="120"
      height="88"
      fill="none"
      aria-hidden="true"
      className={styles.drawing}
    >
      {children}
    </svg>
  );
}

/** A first message: two bubbles, one answered. */
export const ChatDrawing = () => (
  <Drawing>
    <path d="M20 22a8 8 0 0 1 8-8h42a8 8 0 0 1 8 8v18a8 8 0 0 1-8 8H42L30 58V48h-2a8 8 0 0 1-8-8Z" />
    <path d="M32 26h34M32 36h20" />
    <path
      className={styles.accent}
      d="M86 34h6a8 8 0 0 1 8 8v18a8 8 0 0 1-8 8h-2v9l-11-9H60a8 8 0 0 1-8-8v-2"
    />
  </Drawing>
);

/** People who are not there yet. */
export const PeopleDrawing = () => (
  <Drawing>
    <circle cx="44" cy="32" r="12" />
    <path d="M22 70c0-14 10-22 22-22s22 8 22 22" />
    <path className={styles.accent} d="M84 30v24M72 42h24" />
  </Drawing>
);

/** A search without result. */
export const SearchDrawing = () => (
  <Drawing>
    <circle cx="54" cy="38" r="22" />
    <path d="M70 54l18 18" />
    <path className={styles.accent} d="M44 34a12 12 0 0 1 10-8" />
  </Drawing>
);

/** All read: an inbox with a tick. */
export const InboxDrawing = () => (
  <Drawing>
    <path d="M24 48l10-28h52l10 28v18a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6Z" />
    <path d="M24 48h20a16 10 0 0 0 32 0h20" />
    <path className={styles.accent} d="M51 31l7 7 12-14" />
  </Drawing>
);

/** A place of one's own: a house of hash signs. */
export const CommunityDrawing = () => (
  <Drawing>
    <path d="M26 42l34-26 34 26v26a6 6 0 0 1-6 6H32a6 6 0 0 1-6-6Z" />
    <path className={styles.accent} d="M56 40l-4 22M70 40l-4 22M48 47h26M46 56h26" />
  </Drawing>
);

/** A connection that is cut. */
export const ErrorDrawing = () => (
  <Drawing>
    <path d="M34 62a16 16 0 0 1 2-32 22 22 0 0 1 42-4 18 18 0 0 1 8 35" />
    <path className={styles.accent} d="M62 44L52 60h14l-8 16" />
  </Drawing>
);

/** Something kept safe: keys, devices. */
export const LockDrawing = () => (
  <Drawing>
    <rect x="34" y="40" width="52" height="34" rx="8" />
    <path d="M44 40V28a16 16 0 0 1 32 0v12" />
    <path className={styles.accent} d="M60 52v9" />
  </Drawing>
);
