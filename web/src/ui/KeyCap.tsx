import { Fragment } from 'react';
import { cx } from './cx';
import styles from './KeyCap.module.css';
import { usePreferences } from './preferences';

const mac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);

const macNames: Record<string, string> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Ctrl: '⌃',
  Enter: '↩',
  Backspace: '⌫',
};
const names: Record<string, string> = { Mod: 'Ctrl' };
const arrows: Record<string, string> = {
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  Escape: 'Esc',
  ' ': 'Space',
};

/** The parts of a combination as this computer's keyboard has them written on it. */
export const keyNames = (keys: string): string[] =>
  keys.split('+').map((key) => (mac ? macNames[key] : names[key]) ?? arrows[key] ?? key);

/** A key combination: `Mod+Shift+K`. Plain is for menus, where boxes would be noise. */
export function KeyCap({ keys, plain }: { keys: string; plain?: boolean }) {
  const parts = keyNames(keys);
  const hints = usePreferences((p) => p.keyHints);
  if (plain && !hints) return null;
  if (plain) {
    return (
      <span className={styles.plain} aria-hidden="true">
        {parts.join(mac ? '' : '+')}
      </span>
    );
  }
  return (
    <span className={styles.keys}>
      {parts.map((part, i) => (
        <Fragment key={part}>
          {i > 0 && !mac && <span className={styles.plus}>+</span>}
          <kbd className={cx(styles.cap)}>{part}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
