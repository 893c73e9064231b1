import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Entry {
  id: string;
  text: string;
}

/** The entries of a catalogue in gettext's form. */
function read(file: string): Entry[] {
  const entries: Entry[] = [];
  let field: 'id' | 'text' | undefined;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, keyword, quoted] = /^(msgid|msgstr) (".*")$/.exec(line) ?? [];
    const last = entries.at(-1);
    if (keyword === 'msgid') {
      entries.push({ id: JSON.parse(quoted as string), text: '' });
      field = 'id';
    } else if (keyword === 'msgstr' && last) {
      last.text = JSON.parse(quoted as string);
      field = 'text';
    } else if (line.startsWith('"') && last && field) last[field] += JSON.parse(line);
    else field = undefined;
  }
  return entries.filter((entry) => entry.id !== '');
}

/** Names of what is put into a text, and the tags in it. */
const holes = (text: string): string[] =>
  [
    ...new Set([
      ...[...text.matchAll(/\{(\w+)(?:\}|, *plural)/g)].map(([, name]) => `{${name}}`),
      ...[...text.matchAll(/<\/?(\d+)\/?>/g)].map(([, name]) => `<${name}>`),
    ]),
  ].sort();

const folder = new URL('./locales/', import.meta.url).pathname;
const catalogues = readdirSync(folder).filter((name) => name.endsWith('.po'));

describe.each(catalogues)('the catalogue %s', (name) => {
  const entries = read(`${folder}${name}`).filter((entry) => entry.text);

  it('is translated', () => {
    expect(entries.length).toBeGreaterThan(1000);
  });

  it('puts the same things into its texts', () => {
    const wrong = entries.filter(({ id, text }) => holes(id).join() !== holes(text).join());
    expect(wrong).toEqual([]);
  });

  it('calls muting and deafening differently', () => {
    const said = (id: string) => entries.find((entry) => entry.id === id)?.text;
    for (const [one, other] of [
      ['Mute', 'Unmute'],
      ['Block', 'Unblock'],
    ] as const) {
      if (said(one) && said(other)) expect(said(one)).not.toBe(said(other));
    }
  });
});
