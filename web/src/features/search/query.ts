// A search as the person states it, and as the server is asked. Words typed with a name in front (`from:ada`,
// `-has:image`, `before:2026-11-01`) become filters, once what they name is found.
import type { Body } from '#/api/types';
import { idAt } from '#/model/snowflake';
import { forget as forgetKept, keep, kept } from '#/store/device';

export const KINDS = ['image', 'video', 'sound', 'file', 'link', 'embed', 'sticker', 'snapshot'] as const;
export type Kind = (typeof KINDS)[number];
export const AUTHORS = ['user', 'bot', 'webhook'] as const;
export type AuthorKind = (typeof AUTHORS)[number];
export type Sort = 'newest' | 'oldest' | 'relevance';
export type Scope = 'current' | 'open_dms' | 'all_dms' | 'all_guilds' | 'all';

interface Listed {
  from: string;
  mentions: string;
  in: string;
  has: Kind;
  type: AuthorKind;
  link: string;
  file: string;
  ext: string;
}
export type ListName = keyof Listed;
export type Filter =
  | { [N in ListName]: { name: N; value: Listed[N]; not?: boolean } }[ListName]
  | { name: 'before' | 'after' | 'on'; value: string }
  | { name: 'pinned'; value: boolean };

export interface Search {
  /** Words, "phrases" and all that is no filter. */
  text: string;
  filters: readonly Filter[];
}

/** Finds what a typed name means: ids of people and channels. */
export interface Names {
  person(name: string): string | undefined;
  channel(name: string): string | undefined;
}

const token =
  /(?<![\p{L}\p{N}_])(-?)(from|mentions|in|has|type|link|file|ext|before|after|on|pinned):(?:"([^"]*)"|(\S+))/giu;
const day = /^\d{4}-\d{2}-\d{2}$/;

function filter(name: string, value: string, not: boolean, names: Names): Filter | undefined {
  switch (name) {
    case 'from':
    case 'mentions': {
      const id = names.person(value);
      return id ? { name, value: id, not } : undefined;
    }
    case 'in': {
      const id = not ? undefined : names.channel(value.replace(/^#/, ''));
      return id ? { name, value: id } : undefined;
    }
    case 'has':
      return KINDS.includes(value as Kind) ? { name, value: value as Kind, not } : undefined;
    case 'type':
      return AUTHORS.includes(value as AuthorKind) ? { name, value: value as AuthorKind, not } : undefined;
    case 'link':
    case 'file':
      return { name, value: value.toLowerCase(), not };
    case 'ext':
      return { name, value: value.replace(/^\./, '').toLowerCase(), not };
    case 'before':
    case 'after':
    case 'on':
      return !not && day.test(value) && !Number.isNaN(Date.parse(value)) ? { name, value } : undefined;
    case 'pinned':
      return value === 'true' || value === 'false' ? { name, value: (value === 'true') !== not } : undefined;
    default:
      return undefined;
  }
}

/** Takes the filters out of a typed text; what names nothing stays text. */
export function readFilters(text: string, names: Names): Search {
  const filters: Filter[] = [];
  const rest = text.replace(token, (whole, minus: string, name: string, quoted?: string, bare?: string) => {
    const found = filter(name.toLowerCase(), quoted ?? bare ?? '', minus === '-', names);
    if (!found) return whole;
    filters.push(found);
    return '';
  });
  return { text: rest.trim(), filters };
}

export const sameFilter = (a: Filter, b: Filter): boolean =>
  a.name === b.name && a.value === b.value && ('not' in a && a.not) === ('not' in b && b.not);

/** Adds a filter; days and the like replace an earlier one of their name. */
export function withFilter(filters: readonly Filter[], added: Filter): readonly Filter[] {
  const single =
    added.name === 'before' || added.name === 'after' || added.name === 'on' || added.name === 'pinned';
  return [...filters.filter((one) => !sameFilter(one, added) && !(single && one.name === added.name)), added];
}

export const isEmpty = ({ text, filters }: Search): boolean => !text.trim() && filters.length === 0;

/** Midnight of a day where the person is, `add` days on. */
const midnight = (date: string, add = 0): string => {
  const [year = 0, month = 1, of = 1] = date.split('-').map(Number);
  return idAt(new Date(year, month - 1, of + add).getTime());
};
const below = (id: string): string | undefined => (id === '0' ? undefined : String(BigInt(id) - 1n));

export interface Where {
  channelId?: string;
  guildId?: string;
  scope: Scope | 'channel';
}

export const PAGE = 25;

/** The body of `POST /search/messages`. */
export function bodyOf(
  search: Search,
  where: Where,
  sort: Sort,
  page: number,
): Body<'POST /search/messages'> {
  const phrases: string[] = [];
  const words = search.text
    .replace(/"([^"]+)"/g, (_, phrase: string) => {
      phrases.push(phrase);
      return ' ';
    })
    .replaceAll('"', ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const listed = <N extends ListName>(name: N, not = false): Listed[N][] | undefined => {
    const values = search.filters.flatMap((one) =>
      one.name === name && Boolean('not' in one && one.not) === not ? [one.value as Listed[N]] : [],
    );
    return values.length ? values : undefined;
  };
  const only = (name: 'before' | 'after' | 'on') =>
    search.filters.find((one) => one.name === name)?.value as string | undefined;
  const [before, after, on] = [only('before'), only('after'), only('on')];
  const lowest = [after && midnight(after, 1), on && midnight(on)].filter(
    (id) => id !== undefined && id !== '',
  );
  const highest = [before && midnight(before), on && midnight(on, 1)].filter(
    (id) => id !== undefined && id !== '',
  );
  const order = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1);
  const min = (lowest as string[]).sort(order).at(-1);
  const max = (highest as string[]).sort(order)[0];
  const pinned = search.filters.find((one) => one.name === 'pinned')?.value as boolean | undefined;
  const inside = listed('in');
  const here = where.scope === 'channel';
  return {
    content: words ? words.slice(0, 1024) : undefined,
    exact_phrases: phrases.length ? phrases.slice(0, 10) : undefined,
    scope: where.scope === 'channel' ? 'current' : where.scope,
    context_guild_id: here || where.scope !== 'current' ? undefined : where.guildId,
    context_channel_id: here || (where.scope === 'current' && !where.guildId) ? where.channelId : undefined,
    channel_ids: here ? undefined : inside,
    author_id: listed('from'),
    exclude_author_id: listed('from', true),
    mentions: listed('mentions'),
    exclude_mentions: listed('mentions', true),
    has: listed('has'),
    exclude_has: listed('has', true),
    author_type: listed('type'),
    exclude_author_type: listed('type', true),
    link_hostname: listed('link'),
    exclude_link_hostname: listed('link', true),
    attachment_filename: listed('file'),
    exclude_attachment_filename: listed('file', true),
    attachment_extension: listed('ext'),
    exclude_attachment_extension: listed('ext', true),
    // The server's bounds are strict.
    min_id: min && below(min),
    max_id: max,
    pinned,
    sort_by: sort === 'relevance' ? 'relevance' : 'timestamp',
    sort_order: sort === 'oldest' ? 'asc' : 'desc',
    hits_per_page: PAGE,
    page,
  };
}

const LATELY = 'searches';
const KEPT = 10;

/** The last texts that were searched for, on this device. */
export function lately(): string[] {
  const texts = kept<unknown>(LATELY, []);
  return Array.isArray(texts) ? texts.filter((one) => typeof one === 'string') : [];
}

export function remember(text: string): void {
  keep(LATELY, [text, ...lately().filter((one) => one !== text)].slice(0, KEPT));
}

export const forget = (): void => forgetKept(LATELY);
