import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ListFilter from 'lucide-react/icons/list-filter';
import X from 'lucide-react/icons/x';
import { useEffect, useState } from 'react';
import { useLayout } from '#/app/layout';
import { useEntity } from '#/store';
import {
  announce,
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  SearchDrawing,
  SearchField,
  Segmented,
  Select,
} from '#/ui';
import { CardSkeletons } from '../found/CardSkeletons';
import styles from '../found/Found.module.css';
import { Filters } from './Filters';
import { useFilterText } from './filterText';
import { namesIn } from './names';
import {
  forget,
  isEmpty,
  lately,
  readFilters,
  remember,
  type Scope,
  type Search,
  type Sort,
  withFilter,
} from './query';
import { Results } from './Results';
import { useSearch } from './useSearch';

const nothing: Search = { text: '', filters: [] };

/** Search in a channel, its community, or everywhere. */
export default function SearchPanel({ channelId = '' }: { channelId?: string }) {
  const { t } = useLingui();
  const asked = useLayout((layout) => layout.search);
  const guildId = useEntity('channels', channelId, (channel) => channel?.guild_id) ?? undefined;
  const [typed, setTyped] = useState(asked.query);
  const [search, setSearch] = useState<Search>(nothing);
  const [scope, setScope] = useState<Scope | 'channel'>(
    asked.scope === 'channel' ? 'channel' : guildId ? 'current' : 'all',
  );
  const [sort, setSort] = useState<Sort>('newest');
  const [page, setPage] = useState(1);
  const [form, setForm] = useState(false);
  const label = useFilterText();
  const result = useSearch(search, { scope, channelId, guildId }, sort, page);
  const total = result.found?.total;

  const change = (next: Search) => {
    setPage(1);
    setSearch(next);
  };
  const submit = async (text = typed) => {
    const read = readFilters(text, await namesIn(text, channelId, guildId));
    const filters = read.filters.reduce(withFilter, search.filters);
    setTyped(read.text);
    if (text.trim()) remember(text.trim());
    change({ text: read.text, filters });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question than the last comes from outside
  useEffect(() => {
    setScope(asked.scope === 'channel' ? 'channel' : guildId ? 'current' : 'all');
    if (asked.query) void submit(asked.query);
  }, [asked]);
  useEffect(() => {
    if (total !== undefined) announce(total === 0 ? t`Nothing found` : t`${total} messages found`, 'polite');
  }, [total, t]);

  const scopes: { value: Scope | 'channel'; label: string }[] = [
    { value: 'channel', label: guildId ? t`This channel` : t`This conversation` },
    ...(guildId ? [{ value: 'current' as const, label: t`This community` }] : []),
    { value: 'all_guilds', label: t`All communities` },
    { value: 'all_dms', label: t`All conversations` },
    { value: 'all', label: t`Everywhere` },
  ];
  return (
    <div className={styles.panel}>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div className={styles.bar}>
            <SearchField
              className={styles.grow}
              label={t`Search messages`}
              placeholder={t`Words, "a phrase", from:name …`}
              value={typed}
              maxLength={1024}
              onChange={setTyped}
              data-autofocus
            />
            <IconButton
              label={t`Filters`}
              icon={<ListFilter size={20} strokeWidth={1.75} />}
              pressed={form}
              onClick={() => setForm(!form)}
            />
          </div>
          <div className={styles.bar}>
            <Select
              hideLabel
              className={styles.grow}
              label={t`Where`}
              value={scope}
              options={scopes}
              onChange={(next) => {
                setPage(1);
                setScope(next);
              }}
            />
            <Segmented<Sort>
              label={t`Order`}
              value={sort}
              options={[
                { value: 'newest', label: t`New` },
                { value: 'oldest', label: t`Old` },
                { value: 'relevance', label: t`Best` },
              ]}
              onChange={(next) => {
                setPage(1);
                setSort(next);
              }}
            />
          </div>
          {form ? (
            <Filters
              channelId={channelId}
              guildId={guildId}
              scope={scope}
              filters={search.filters}
              onChange={(filters) => change({ text: typed.trim(), filters })}
            />
          ) : null}
        </form>
      </search>
      {search.filters.length ? (
        <ul className={styles.chips} aria-label={t`Filters`}>
          {search.filters.map((one) => {
            const text = label(one);
            return (
              <li key={text}>
                <button
                  type="button"
                  className={styles.chip}
                  aria-label={t`Remove filter ${text}`}
                  onClick={() =>
                    change({ ...search, filters: search.filters.filter((other) => other !== one) })
                  }
                >
                  <bdi>{text}</bdi>
                  <X size={14} strokeWidth={1.75} aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      ) : null}
      {isEmpty(search) ? (
        <Lately choose={(text) => void submit(text)} />
      ) : result.error ? (
        <ErrorState error={result.error} onRetry={result.again} />
      ) : result.preparing ? (
        <EmptyState
          icon={<SearchDrawing />}
          title={t`Preparing the search`}
          text={t`Messages are being indexed. This continues by itself.`}
        />
      ) : !result.found ? (
        <CardSkeletons />
      ) : result.found.total === 0 ? (
        <EmptyState
          icon={<SearchDrawing />}
          title={t`Nothing found`}
          text={t`Try fewer words or filters, or look everywhere.`}
        />
      ) : (
        <>
          <p className={`${styles.bar} ${styles.count}`}>
            <Plural value={result.found.total} one="# message" other="# messages" />
          </p>
          <Results messages={result.found.messages} total={result.found.total} page={page} onPage={setPage} />
        </>
      )}
    </div>
  );
}

/** The last searches, until there is one. */
function Lately({ choose }: { choose: (text: string) => void }) {
  const { t } = useLingui();
  const [kept, setKept] = useState(lately);
  if (kept.length === 0) {
    return (
      <EmptyState
        icon={<SearchDrawing />}
        title={t`Find anything that was said`}
        text={t`Words, phrases in quotes, and filters: from:, in:, has:, before:, after:, on:, pinned:.`}
      />
    );
  }
  return (
    <section className={styles.list} aria-label={t`Last searches`}>
      <h3 className={styles.group}>
        <Trans>Last searches</Trans>
      </h3>
      <ul className={styles.chips}>
        {kept.map((text) => (
          <li key={text}>
            <button type="button" className={styles.chip} onClick={() => choose(text)}>
              <bdi>{text}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <div>
        <Button
          size="s"
          onClick={() => {
            forget();
            setKept([]);
          }}
        >
          <Trans>Forget them</Trans>
        </Button>
      </div>
    </section>
  );
}
