// A date of birth as three fields.
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
