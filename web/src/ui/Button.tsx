import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { Badge } from './Badge';
import styles from './Button.module.css';
import { cx } from './cx';
import { Spinner } from './Spinner';

type Size = 's' | 'm' | 'l';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  size?: Size;
  /** Keeps its width and focus, shows a spinner, ignores clicks. */
  busy?: boolean;
  icon?: ReactNode;
  /** As wide as its container. */
  wide?: boolean;
  type?: 'button' | 'submit';
  /** Disabled but still focusable, with the reason as tooltip and description. */
  reason?: string;
}

const stop = (event: MouseEvent) => {
  event.preventDefault();
  event.stopPropagation();
};

export function Button({
  variant = 'secondary',
  size = 'm',
  busy = false,
  icon,
  wide,
  type = 'button',
  reason,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const idle = busy || reason !== undefined;
  return (
    <button
      {...rest}
      type={type}
      className={cx(styles.button, styles[variant], styles[size], wide && styles.wide, className)}
      aria-busy={busy || undefined}
      aria-disabled={idle || undefined}
      aria-description={reason}
      data-tooltip={reason}
      onClick={idle ? stop : onClick}
    >
      <span className={styles.content}>
        {icon}
        {children}
      </span>
      {busy && <Spinner className={styles.busy} />}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  /** Its name, and its tooltip. */
  label: string;
  icon: ReactNode;
  size?: Size;
  pressed?: boolean;
  /** A count, or `true` for a dot. */
  badge?: number | boolean;
  /** Shown in the tooltip: `Mod+K`. */
  keys?: string;
  variant?: 'plain' | 'primary' | 'danger';
  side?: 'top' | 'bottom' | 'start' | 'end';
  reason?: string;
}

export function IconButton({
  label,
  icon,
  size = 'm',
  pressed,
  badge,
  keys,
  variant = 'plain',
  side,
  reason,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  return (
    <button
      aria-label={label}
      {...rest}
      type="button"
      className={cx(styles.icon, styles[size], variant !== 'plain' && styles[variant], className)}
      aria-pressed={pressed}
      aria-disabled={reason !== undefined || undefined}
      aria-description={reason}
      data-tooltip={reason ? `${label}: ${reason}` : label}
      data-keys={keys}
      data-side={side}
      onClick={reason ? stop : onClick}
    >
      {icon}
      {badge ? <Badge className={styles.mark} count={badge === true ? undefined : badge} /> : null}
    </button>
  );
}

interface LinkButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** With an address it is a link, without one a button that looks like a link. */
  href?: string;
}

export function LinkButton({ href, className, children, ...rest }: LinkButtonProps) {
  if (href === undefined) {
    return (
      <button {...rest} type="button" className={cx(styles.link, className)}>
        {children}
      </button>
    );
  }
  const away = !href.startsWith('/') && !href.startsWith('#');
  return (
    <a
      className={cx(styles.link, className)}
      href={href}
      {...(away ? { target: '_blank', rel: 'noreferrer noopener' } : {})}
    >
      {children}
    </a>
  );
}
