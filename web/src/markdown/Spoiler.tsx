import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type MouseEvent, type ReactNode, use, useState } from 'react';
import { RenderContext } from './context';
import styles from './markdown.module.css';

function useReveal() {
  const { context } = use(RenderContext);
  const [shown, setShown] = useState(false);
  const { t } = useLingui();
  if (shown) return { shown, cover: {} };
  // In a snippet the whole line is a button already.
  if (context === 'snippet') return { shown, cover: { 'aria-label': t`Spoiler`, role: 'img' } };
  const reveal = (event: MouseEvent | KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setShown(true);
  };
  return {
    shown,
    cover: {
      role: 'button',
      tabIndex: 0,
      'aria-label': t`Spoiler: press to show`,
      onClick: reveal,
      onKeyDown(event: KeyboardEvent) {
        if (event.key === 'Enter' || event.key === ' ') reveal(event);
      },
    },
  };
}

/** Hidden until it is asked for, also from screen readers and from links inside. */
export function Spoiler({ children }: { children: ReactNode }) {
  const { shown, cover } = useReveal();
  return (
    <span className={shown ? styles.shown : styles.spoiler} {...cover}>
      <span inert={!shown}>{children}</span>
    </span>
  );
}

export function SpoilerBlock({ children }: { children: ReactNode }) {
  const { shown, cover } = useReveal();
  return (
    <div className={shown ? styles.shownBlock : styles.spoilerBlock} {...cover}>
      <div inert={!shown}>{children}</div>
    </div>
  );
}
