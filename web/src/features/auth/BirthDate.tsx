// A date of birth in three fields, in the order of the reader's language; browsers fill each.
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { locale } from '#/i18n';
import { Select, TextField } from '#/ui';
import css from './auth.module.css';

export interface Birth {
  day: string;
  month: string;
  year: string;
}

/** `YYYY-MM-DD`, if the three are a day that exists. */
export function isoDate({ day, month, year }: Birth): string | undefined {
  const [d, m, y] = [Number(day), Number(month), Number(year)];
  if (!/^\d{4}$/.test(year.trim()) || !d || !m) return undefined;
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d)
    return undefined;
  return date.toISOString().slice(0, 10);
}

/** Which of the three comes first: 31 December, December 31, or the year. */
export function order(language: string): (keyof Birth)[] {
  const parts = new Intl.DateTimeFormat(language).formatToParts(new Date(2000, 11, 31));
  return parts.flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type] : []));
}

interface Props {
  value: Birth;
  onChange: (birth: Birth) => void;
  error?: string | undefined;
}

export function BirthDate({ value, onChange, error }: Props) {
  const { t } = useLingui();
  const note = useId();
  const language = locale();
  const names = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC', calendar: 'gregory' });
  const months = Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: names.format(Date.UTC(2000, index, 15)),
  }));
  const set = (part: keyof Birth) => (text: string) => onChange({ ...value, [part]: text });
  const digits = (part: 'day' | 'year', length: number) => ({
    inputMode: 'numeric' as const,
    maxLength: length,
    value: value[part],
    onChange: (text: string) => set(part)(text.replace(/\D/g, '')),
    'aria-invalid': error ? (true as const) : undefined,
    required: true,
  });
  const fields = {
    day: (
      <TextField
        key="day"
        label={t`Day`}
        autoComplete="bday-day"
        {...digits('day', 2)}
        error={error ? ' ' : undefined}
      />
    ),
    month: (
      <Select
        key="month"
        label={t`Month`}
        autoComplete="bday-month"
        value={value.month}
        onChange={set('month')}
        options={[{ value: '', label: '' }, ...months]}
      />
    ),
    year: <TextField key="year" label={t`Year`} autoComplete="bday-year" {...digits('year', 4)} />,
  };
  const columns = order(language).map((part) => ({ day: '1fr', month: '1.6fr', year: '1.1fr' })[part]);
  return (
    <fieldset
      className={css.birth}
      style={{ gridTemplateColumns: columns.join(' ') }}
      aria-describedby={error ? note : undefined}
    >
      <legend>
        <Trans>Date of birth</Trans>
      </legend>
      {order(language).map((part) => fields[part])}
      {error && (
        <p id={note} className={css.complaint} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
