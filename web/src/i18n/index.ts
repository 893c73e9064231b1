// Which language the interface speaks: catalogue on demand, direction and language on the root element.
import { i18n } from '@lingui/core';
import { useSyncExternalStore } from 'react';
import { setFormats } from './formats';
import { direction, language, nearest } from './languages';

export * from './formats';
export { languages } from './languages';
export { i18n };

type Catalogue = { messages: Record<string, string> };
const catalogues = import.meta.glob<Catalogue>('./locales/*.po');

let current = 'en-US';
const listeners = new Set<() => void>();

/** Languages with a catalogue; English needs none, since its texts are in the code. */
export const translated = (): string[] => [
  'en',
  ...Object.keys(catalogues)
    .map((path) => path.replace(/^.*\/|\.po$/g, ''))
    .filter((name) => name !== 'en'),
];

/** Speaks a language from now on; an unknown one falls back to the nearest known, its missing texts to English. */
export async function activate(wanted: string | readonly string[]): Promise<void> {
  const locale = nearest(typeof wanted === 'string' ? [wanted] : wanted);
  const load =
    language(locale) === 'en'
      ? undefined
      : (catalogues[`./locales/${locale}.po`] ?? catalogues[`./locales/${language(locale)}.po`]);
  const messages = load ? (await load()).messages : {};
  current = locale;
  i18n.loadAndActivate({ locale: load ? language(locale) : 'en', messages });
  // A language without a catalogue is shown in English, so the page must not claim otherwise.
  const shown = load ? locale : language(locale) === 'en' ? locale : 'en';
  document.documentElement.lang = shown;
  document.documentElement.dir = direction(shown);
  setFormats({ locale });
  for (const listener of listeners) listener();
}

/** The wire's name of the language in use. */
export const locale = (): string => current;

export function useLocale(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** Before the first render: the account's or device's language, else the browser's. English is there at once. */
export function startLanguage(kept: string): Promise<void> {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  return activate(kept ? [kept, ...navigator.languages] : navigator.languages);
}
