import { LoaderCircle } from 'lucide-react';
import { cx } from './cx';
import styles from './Spinner.module.css';

/** Part of a control that waits; a view that loads shows skeletons instead. */
export function Spinner({ className, size = 16 }: { className?: string | undefined; size?: number }) {
  return <LoaderCircle className={cx(styles.spinner, className)} size={size} aria-hidden />;
}
