import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Field, type FieldProps } from './Field';
import styles from './Select.module.css';

interface Option<T extends string | number> {
  value: T;
  label: string;
  disabled?: boolean;
}

interface SelectProps<T extends string | number>
  extends FieldProps,
    Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'className' | 'size'> {
  value: T;
  options: readonly (Option<T> | { group: string; options: readonly Option<T>[] })[];
  onChange: (value: T) => void;
}

/** The browser's own select, styled where the browser allows: right on every phone and in every screen reader. */
export function Select<T extends string | number>({ value, options, onChange, ...rest }: SelectProps<T>) {
  const { label, hideLabel, hint, error, optional, className, id, ...native } = rest;
  const all = options.flatMap((option) => ('group' in option ? option.options : [option]));
  const item = (option: Option<T>) => (
    <option key={option.value} value={String(option.value)} disabled={option.disabled}>
      {option.label}
    </option>
  );
  return (
    <Field {...{ label, hideLabel, hint, error, optional, className, id }}>
      {(wiring) => (
        <span className={styles.box}>
          <select
            {...native}
            {...wiring}
            className={styles.select}
            value={String(value)}
            onChange={(event) => {
              const chosen = all.find((option) => String(option.value) === event.target.value);
              if (chosen) onChange(chosen.value);
            }}
          >
            {options.map((option) =>
              'group' in option ? (
                <optgroup key={option.group} label={option.group}>
                  {option.options.map(item)}
                </optgroup>
              ) : (
                item(option)
              ),
            )}
          </select>
          <ChevronDown size={16} aria-hidden className={styles.arrow} />
        </span>
      )}
    </Field>
  );
}
