import type { ReactNode } from 'react';
import { formatCount } from '#/i18n/formats';
import styles from './Badge.module.css';
import { cx } from './cx';
import { VisuallyHidden } from './VisuallyHidden';

interface BadgeProps {
  /** Without a count it is a dot; over 99 it reads 99+. */
  count?: number | undefined;
  kind?: 'danger' | 'accent' | 'quiet';
  /** What it means, for those who do not see it; its parent's name may already say it. */
  label?: string;
  className?: string | undefined;
}

export function Badge({ count, kind = 'danger', label, className }: BadgeProps) {
  if (count === 0) return null;
  return (
    <span className={cx(styles.badge, styles[kind], count === undefined && styles.dot, className)}>
      <span aria-hidden="true">{count === undefined ? '' : formatCount(count)}</span>
      {label && <VisuallyHidden>{label}</VisuallyHidden>}
    </span>
  );
}

interface PillProps {
  tone?: 'neutral' | 'accent' | 'positive' | 'warning' | 'danger';
  icon?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

/** A word in a rounded box: a tag, a state, a scope. */
export function Pill({ tone = 'neutral', icon, children, className }: PillProps) {
  return (
    <span className={cx(styles.pill, styles[`tone-${tone}`], className)}>
      {icon}
      {children}
    </span>
  );
}
