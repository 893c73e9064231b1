import { useLingui } from '@lingui/react/macro';
import { ChevronDown, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from './Button';
import styles from './Combobox.module.css';
import { Field, type FieldProps } from './Field';
import field from './Field.module.css';
import { Layer } from './layers/Layer';
import { place } from './layers/place';

export interface ComboOption {
  id: string;
  label: string;
  hint?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

interface ComboboxProps extends FieldProps {
  options: readonly ComboOption[];
  /** The chosen ids; one at most without `multiple`. */
  value: readonly string[];
  onChange: (ids: string[]) => void;
  multiple?: boolean;
  placeholder?: string;
  /** Called with the typed text when the options come from elsewhere; they are not filtered then. */
  onSearch?: (text: string) => void;
  loading?: boolean;
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** A text field that offers what fits: arrows move, Enter chooses, Backspace takes back the last chosen. */
export function Combobox({
  options,
  value,
  onChange,
  multiple,
  placeholder,
  onSearch,
  loading,
  ...rest
}: ComboboxProps) {
  const { t } = useLingui();
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const chosen = value.map((one) => options.find((option) => option.id === one)).filter((option) => !!option);
  const wanted = fold(text.trim());
  const shown = options.filter(
    (option) =>
      (!multiple || !value.includes(option.id)) &&
      (onSearch || !wanted || fold(option.label).includes(wanted)),
  );
  const single = multiple ? undefined : chosen[0];
  const at = Math.min(active, shown.length - 1);

  useLayoutEffect(() => {
    if (!open || !list.current || !box.current) return;
    list.current.style.inlineSize = `${box.current.offsetWidth}px`;
    place(list.current, box.current, { gap: 4 });
    list.current.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const type = (next: string) => {
    setText(next);
    setActive(0);
    setOpen(true);
    onSearch?.(next);
  };
  const choose = (option: ComboOption | undefined) => {
    if (!option || option.disabled) return;
    onChange(multiple ? [...value, option.id] : [option.id]);
    setText('');
    onSearch?.('');
    setOpen(multiple === true);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) setOpen(true);
      else if (shown.length)
        setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length);
    } else if (event.key === 'Enter' && open) choose(shown[at]);
    else if (event.key === 'Escape' && open) setOpen(false);
    else if (event.key === 'Backspace' && !text && value.length) onChange(value.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { label, hideLabel, hint, error, optional, className } = rest;
  return (
    <Field {...{ label, hideLabel, hint, error, optional, className }}>
      {(wiring) => (
        <div ref={box} className={`${field.box} ${styles.box}`} data-invalid={error ? '' : undefined}>
          {multiple &&
            chosen.map((option) => (
              <span key={option.id} className={styles.chip}>
                {option.icon}
                <span className={styles.name}>{option.label}</span>
                <IconButton
                  size="s"
                  label={t`Remove ${option.label}`}
                  icon={<X size={14} />}
                  onClick={() => onChange(value.filter((one) => one !== option.id))}
                />
              </span>
            ))}
          {single && !open && single.icon}
          <input
            {...wiring}
            ref={input}
            className={`${field.input} ${styles.input}`}
            role="combobox"
            autoComplete="off"
            spellCheck={false}
            aria-expanded={open}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={open && shown[at] ? `${id}-${shown[at].id}` : undefined}
            placeholder={single ? single.label : placeholder}
            value={open || !single ? text : single.label}
            onChange={(event) => type(event.target.value)}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
          <ChevronDown size={16} aria-hidden />
          {open && (
            <Layer kind="menu" onClose={() => setOpen(false)} opener={input.current}>
              <div
                ref={list}
                id={`${id}-list`}
                role="listbox"
                aria-label={String(label)}
                className={styles.list}
              >
                {shown.map((option, i) => (
                  // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field (aria-activedescendant)
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
                  <div
                    key={option.id}
                    id={`${id}-${option.id}`}
                    role="option"
                    aria-selected={i === at}
                    aria-disabled={option.disabled}
                    className={styles.option}
                    onPointerDown={(event) => event.preventDefault()}
                    onPointerMove={() => setActive(i)}
                    onClick={() => choose(option)}
                  >
                    {option.icon}
                    <span className={styles.name}>{option.label}</span>
                    {option.hint && <span className={styles.hint}>{option.hint}</span>}
                  </div>
                ))}
                {shown.length === 0 && (
                  <div className={styles.none} role="status">
                    {loading ? t`Searching…` : t`Nothing found`}
                  </div>
                )}
              </div>
            </Layer>
          )}
        </div>
      )}
    </Field>
  );
}
