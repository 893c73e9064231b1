import { useLingui } from '@lingui/react/macro';
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { IconButton } from './Button';

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert };

interface BannerProps {
  kind?: keyof typeof icons;
  children: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
}

/** One line above what it is about. */
export function Banner({ kind = 'info', children, action, onDismiss }: BannerProps) {
  const { t } = useLingui();
  const Icon = icons[kind];
  return (
    <div className={styles.banner} data-kind={kind} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden className={styles.icon} />
      <div className={styles.text}>{children}</div>
      {action}
      {onDismiss && <IconButton size="s" label={t`Dismiss`} icon={<X size={16} />} onClick={onDismiss} />}
    </div>
  );
}
