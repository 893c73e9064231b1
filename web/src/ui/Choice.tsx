import { Check, Minus } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './Choice.module.css';
import { cx } from './cx';
import looks from './looks.module.css';
import hidden from './VisuallyHidden.module.css';

interface SwitchProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** Why it is disabled. */
  reason?: string;
  id?: string;
}

/** A choice that takes effect at once: label at the start, switch at the end. */
export function Switch({ label, hint, checked, onChange, disabled, reason, id }: SwitchProps) {
  const made = useId();
  const own = id ?? made;
  const off = disabled || reason !== undefined;
  return (
    <div className={styles.row} data-disabled={off || undefined}>
      <label htmlFor={own} className={styles.text}>
        <span className={styles.label}>{label}</span>
        {(reason ?? hint) && (
          <span id={`${own}-hint`} className={styles.hint}>
            {reason ?? hint}
          </span>
        )}
      </label>
      <input
        id={own}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className={styles.switch}
        checked={checked}
        disabled={off}
        aria-describedby={(reason ?? hint) ? `${own}-hint` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  );
}

interface CheckboxProps extends SwitchProps {
  indeterminate?: boolean;
}

/** A choice that is part of a form. */
export function Checkbox({
  label,
  hint,
  checked,
  onChange,
  disabled,
  reason,
  id,
  indeterminate,
}: CheckboxProps) {
  const made = useId();
  const own = id ?? made;
  const off = disabled || reason !== undefined;
  return (
    <div className={styles.checkRow} data-disabled={off || undefined}>
      <span className={styles.check}>
        <input
          id={own}
          type="checkbox"
          checked={checked}
          disabled={off}
          ref={(element) => {
            if (element) element.indeterminate = indeterminate === true;
          }}
          aria-describedby={(reason ?? hint) ? `${own}-hint` : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        {indeterminate ? (
          <Minus size={14} strokeWidth={3} aria-hidden />
        ) : (
          <Check size={14} strokeWidth={3} aria-hidden />
        )}
      </span>
      <label htmlFor={own} className={styles.text}>
        <span>{label}</span>
        {(reason ?? hint) && (
          <span id={`${own}-hint`} className={styles.hint}>
            {reason ?? hint}
          </span>
        )}
      </label>
    </div>
  );
}

interface Option<T extends string | number> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
  /** A picture of the choice, above or beside the words. */
  preview?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
}

interface GroupProps<T extends string | number> {
  label: ReactNode;
  hideLabel?: boolean;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, each explained or shown. `columns` puts previews beside each other. */
export function RadioCards<T extends string | number>({
  label,
  hideLabel,
  options,
  value,
  onChange,
  columns,
}: GroupProps<T> & { columns?: boolean }) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={hideLabel ? hidden.hidden : looks.legend}>{label}</legend>
      <div className={columns ? styles.columns : styles.cards}>
        {options.map((option) => (
          <label key={option.value} className={cx(styles.card, option.preview ? styles.pictured : undefined)}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            {option.preview && <span className={styles.preview}>{option.preview}</span>}
            {option.icon}
            <span className={styles.text}>
              <span className={styles.label}>{option.label}</span>
              {option.hint && <span className={styles.hint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One of two to five short words, side by side. */
export function Segmented<T extends string | number>({
  label,
  hideLabel = true,
  options,
  value,
  onChange,
}: GroupProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={hideLabel ? hidden.hidden : looks.legend}>{label}</legend>
      <div className={styles.segments}>
        {options.map((option) => (
          <label key={option.value} className={styles.segment}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
