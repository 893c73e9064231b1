import { useLingui } from '@lingui/react/macro';
import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';
import { Field, type FieldProps } from './Field';
import styles from './Field.module.css';

type Native<E extends 'input' | 'textarea'> = Omit<ComponentProps<E>, 'onChange' | 'value' | 'className'>;

interface TextFieldProps extends FieldProps, Native<'input'> {
  value: string;
  /** Called with the text. */
  onChange?: (value: string) => void;
  icon?: ReactNode;
  /** Shown inside, before and after the text: `@`, `.example.org`. */
  prefix?: string;
  suffix?: ReactNode;
}

/** Length as the server counts it: code points, not UTF-16 units. */
const count = (text: string) => [...text].length;

export function TextField({ value, onChange, icon, prefix, suffix, ...rest }: TextFieldProps) {
  const { label, hideLabel, hint, error, optional, counter, className, id, ...native } = rest;
  return (
    <Field {...{ label, hideLabel, hint, error, optional, counter, className, id }} length={count(value)}>
      {(wiring) => (
        <div className={styles.box} data-invalid={error ? '' : undefined}>
          {icon}
          {prefix && <span className={styles.affix}>{prefix}</span>}
          <input
            type="text"
            dir="auto"
            {...native}
            {...wiring}
            className={styles.input}
            value={value}
            onChange={(event) => onChange?.(event.target.value)}
          />
          {typeof suffix === 'string' ? <span className={styles.affix}>{suffix}</span> : suffix}
        </div>
      )}
    </Field>
  );
}

interface TextAreaProps extends FieldProps, Native<'textarea'> {
  value: string;
  onChange?: (value: string) => void;
  /** Fixed type, for code. */
  code?: boolean;
}

export function TextArea({ value, onChange, code, ...rest }: TextAreaProps) {
  const { label, hideLabel, hint, error, optional, counter, className, id, ...native } = rest;
  return (
    <Field {...{ label, hideLabel, hint, error, optional, counter, className, id }} length={count(value)}>
      {(wiring) => (
        <div className={styles.box} data-invalid={error ? '' : undefined}>
          <textarea
            dir={code ? 'ltr' : 'auto'}
            {...native}
            {...wiring}
            style={code ? { fontFamily: 'var(--font-code)', fontSize: 'var(--size-13)' } : undefined}
            className={cx(styles.input, styles.area)}
            value={value}
            onChange={(event) => onChange?.(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}

/** A password that can be looked at; paste and password managers are welcome. */
export function PasswordField({ autoComplete = 'current-password', ...rest }: Omit<TextFieldProps, 'type'>) {
  const { t } = useLingui();
  const [seen, setSeen] = useState(false);
  return (
    <TextField
      {...rest}
      type={seen ? 'text' : 'password'}
      dir="ltr"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      suffix={
        <IconButton
          className={styles.end}
          size="s"
          label={seen ? t`Hide password` : t`Show password`}
          icon={seen ? <EyeOff size={18} /> : <Eye size={18} />}
          onClick={() => setSeen(!seen)}
        />
      }
    />
  );
}

/** A search field: Esc empties it before it closes anything. */
export function SearchField({
  value,
  onChange,
  onKeyDown,
  ...rest
}: Omit<TextFieldProps, 'hint' | 'error' | 'counter'>) {
  return (
    <TextField
      hideLabel
      type="search"
      autoComplete="off"
      spellCheck={false}
      placeholder={typeof rest.label === 'string' ? rest.label : undefined}
      {...rest}
      value={value}
      onChange={onChange}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.key === 'Escape' && value) {
          event.preventDefault();
          onChange?.('');
        }
      }}
    />
  );
}
