// A date of birth in three fields, in the order of the reader's language; browsers fill each.
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { locale } from '#/i18n';
import { Select, TextField } from '#/ui';
import css from './auth.module.css';
import { type Birth, order } from './birth';

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
