// The languages the server knows; those with a catalogue of ours are translated, the others still get their own
// formats and writing direction. Names are written in the language itself, as people look for them.

export const languages: Record<string, string> = {
  ar: 'العربية',
  bg: 'Български',
  cs: 'Čeština',
  da: 'Dansk',
  de: 'Deutsch',
  el: 'Ελληνικά',
  'en-GB': 'English (UK)',
  'en-US': 'English (US)',
  'es-ES': 'Español (España)',
  'es-419': 'Español (Latinoamérica)',
  fi: 'Suomi',
  fr: 'Français',
  he: 'עברית',
  hi: 'हिन्दी',
  hr: 'Hrvatski',
  hu: 'Magyar',
  id: 'Bahasa Indonesia',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  lt: 'Lietuvių',
  nl: 'Nederlands',
  no: 'Norsk',
  pl: 'Polski',
  'pt-BR': 'Português (Brasil)',
  ro: 'Română',
  ru: 'Русский',
  'sv-SE': 'Svenska',
  th: 'ไทย',
  tr: 'Türkçe',
  uk: 'Українська',
  vi: 'Tiếng Việt',
  'zh-CN': '中文（简体）',
  'zh-TW': '中文（繁體）',
};

const rightToLeft = new Set(['ar', 'he', 'fa', 'ur']);

export const language = (locale: string): string => locale.split('-')[0] ?? locale;

export const direction = (locale: string): 'ltr' | 'rtl' =>
  rightToLeft.has(language(locale)) ? 'rtl' : 'ltr';

/** The known language nearest to what the browser or the account asks for. */
export function nearest(wanted: readonly string[]): string {
  const known = Object.keys(languages);
  for (const locale of wanted) {
    const exact = known.find((name) => name.toLowerCase() === locale.toLowerCase());
    if (exact) return exact;
    const near = known.find((name) => language(name) === language(locale));
    if (near) return language(locale) === 'en' ? 'en-US' : near;
  }
  return 'en-US';
}
