import { Field, type FieldProps } from './Field';
import styles from './Field.module.css';

interface DateTimeFieldProps extends FieldProps {
  /** Local time: `2026-11-24T18:30`, `2026-11-24` or `18:30` by kind; empty is none. */
  value: string;
  onChange: (value: string) => void;
  kind?: 'datetime' | 'date' | 'time';
  min?: string;
  max?: string;
  required?: boolean;
}

/** `2026-11-24T18:30` of a date, in the person's zone. */
export function localDateTime(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The browser's own date and time fields: they know every calendar, keyboard and phone. */
export function DateTimeField({
  value,
  onChange,
  kind = 'datetime',
  min,
  max,
  required,
  ...rest
}: DateTimeFieldProps) {
  return (
    <Field {...rest}>
      {(wiring) => (
        <div className={styles.box} data-invalid={rest.error ? '' : undefined}>
          <input
            {...wiring}
            type={kind === 'datetime' ? 'datetime-local' : kind}
            className={styles.input}
            {...{ value, min, max, required }}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}
