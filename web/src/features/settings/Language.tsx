import { useLingui } from '@lingui/react/macro';
import { activate, formatCalendar, formatDay, languages, translated, useLocale } from '#/i18n';
import { useSettings } from '#/store';
import { Segmented, Select, usePreferences } from '#/ui';
import { Section } from './Frame';
import { keep, useSave } from './form';

const clocks = ['auto', '12', '24'] as const;

export default function Language() {
  const { t } = useLingui();
  const locale = useLocale();
  const settings = useSettings();
  const save = useSave();
  const look = usePreferences();
  const ready = new Set(translated());
  const known = (name: string) => ready.has(name) || ready.has(name.split('-')[0] ?? name);
  const entries = Object.entries(languages).map(([value, label]) => ({ value, label }));
  const clock = (value: (typeof clocks)[number]) => {
    keep({ hour12: value });
    if (settings) save({ time_format: clocks.indexOf(value) as 0 });
  };
  return (
    <>
      <Section title={t`Language`}>
        <Select
          label={t`Language of the interface`}
          hint={
            known(locale) ? undefined : t`Not translated yet: texts are English, dates and numbers are yours.`
          }
          options={[
            { group: t`Translated`, options: entries.filter(({ value }) => known(value)) },
            { group: t`Dates and numbers only`, options: entries.filter(({ value }) => !known(value)) },
          ]}
          value={locale}
          onChange={(value) => {
            keep({ locale: value });
            void activate(value);
            if (settings) save({ locale: value as 'de' });
          }}
        />
      </Section>
      <Section title={t`Time`}>
        <Segmented
          label={t`Clock`}
          hideLabel={false}
          options={[
            { value: 'auto', label: t`As the language` },
            { value: '12', label: t`12 hours` },
            { value: '24', label: t`24 hours` },
          ]}
          value={look.hour12}
          onChange={clock}
        />
        <p style={{ color: 'var(--text-3)' }}>
          {formatDay(Date.now())} · {formatCalendar(Date.now())}
        </p>
      </Section>
    </>
  );
}
