import { Trans } from '@lingui/react/macro';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cx } from './cx';
import styles from './Field.module.css';
import { VisuallyHidden } from './VisuallyHidden';

export interface FieldProps {
  label: ReactNode;
  /** The label is spoken but not seen; a placeholder or the place must say it then. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
  /** Counts the characters, visibly from 80 % of the limit on. */
  counter?: number;
  className?: string | undefined;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface Props extends FieldProps {
  length?: number;
  id?: string | undefined;
  children: (wiring: Wiring) => ReactNode;
}

/** Label above, control, then the error or the hint below, all bound together. */
export function Field({
  label,
  hideLabel,
  hint,
  error,
  optional,
  counter,
  length = 0,
  className,
  id,
  children,
}: Props) {
  const made = useId();
  const own = id ?? made;
  const note = `${own}-note`;
  const shown = counter !== undefined && length >= counter * 0.8;
  const described = error || hint ? note : undefined;
  return (
    <div className={cx(styles.field, className)}>
      {hideLabel ? (
        <VisuallyHidden>
          <label htmlFor={own}>{label}</label>
        </VisuallyHidden>
      ) : (
        <label htmlFor={own} className={styles.label}>
          {label}
          {optional && (
            <span className={styles.optional}>
              <Trans>optional</Trans>
            </span>
          )}
        </label>
      )}
      {children({ id: own, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {(described || shown) && (
        <div className={styles.below}>
          {error ? (
            <span id={note} className={styles.error} role="alert">
              <CircleAlert size={14} aria-hidden />
              <span>{error}</span>
            </span>
          ) : (
            hint && <span id={note}>{hint}</span>
          )}
          {shown && (
            <span className={styles.counter} data-over={length > counter || undefined}>
              {length}/{counter}
            </span>
          )}
        </div>
      )}
    </div>
  );
}
