import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from './Button';
import { cx } from './cx';
import { ErrorDrawing } from './icons/drawings';
import styles from './States.module.css';

interface SkeletonProps {
  /** CSS sizes. */
  width?: string | number;
  height?: string | number;
  shape?: 'text' | 'block' | 'circle';
  className?: string;
}

/** A shape of what comes. Shows itself after 150 ms, so that fast answers bring no flash. */
export function Skeleton({ width, height, shape = 'text', className }: SkeletonProps) {
  return (
    <span
      aria-hidden="true"
      className={cx(styles.skeleton, styles[shape], className)}
      style={{ inlineSize: width, blockSize: height }}
    />
  );
}

/** True once something has been loading for 150 ms, and then for at least 300 ms. */
export function useSlow(loading: boolean): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (loading === shown) return;
    const timer = setTimeout(() => setShown(loading), loading ? 150 : 300);
    return () => clearTimeout(timer);
  }, [loading, shown]);
  return shown;
}

interface EmptyStateProps {
  /** A small icon or one of the drawings. */
  icon?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, text, action, className }: EmptyStateProps) {
  return (
    <div className={cx(styles.empty, className)}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  title?: ReactNode;
}

/** What the error says to a person: the server's sentence, or a plain one of ours. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useLingui();
  return (error) => {
    const { name, status, message } = (error ?? {}) as { name?: string; status?: number; message?: string };
    if (name === 'NetworkError') return t`The server cannot be reached. Check your connection.`;
    if (status !== undefined && status >= 500) return t`The server had a problem. Try again in a moment.`;
    if (status === 429) return t`That was a bit fast. Try again in a moment.`;
    return message || t`Something went wrong.`;
  };
}

export function ErrorState({ error, onRetry, title }: ErrorStateProps) {
  const { t } = useLingui();
  const text = useErrorText();
  const { requestId } = (error ?? {}) as { requestId?: string };
  return (
    <div className={styles.empty} role="alert">
      <div className={styles.icon}>
        <ErrorDrawing />
      </div>
      <p className={styles.title}>{title ?? t`This did not work`}</p>
      <p className={styles.text}>{text(error)}</p>
      {requestId && <code className={styles.code}>{requestId}</code>}
      {onRetry && (
        <div className={styles.action}>
          <Button onClick={onRetry}>{t`Try again`}</Button>
        </div>
      )}
    </div>
  );
}
