import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Compass } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Schemas } from '#/api/types';
import { PaneTop } from '#/app/shell/PaneTop';
import { Button, CommunityDrawing, EmptyState, ErrorState, SearchField, Skeleton } from '#/ui';
import css from './Discover.module.css';
import { DiscoverCard } from './DiscoverCard';

type Found = Schemas['DiscoveryGuildResponse'];
const PAGE = 24;

export function DiscoverView() {
  const { t } = useLingui();
  const [categories, setCategories] = useState<{ id: number; name: string }[]>([]);
  const [category, setCategory] = useState<number | null>(null);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found[]>();
  const [total, setTotal] = useState(0);
  const [offset, setOffset] = useState(0);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    api('GET /discovery/categories').then(setCategories, () => undefined);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks again for the same
  useEffect(() => {
    const abort = new AbortController();
    setError(undefined);
    const timer = setTimeout(
      () => {
        api('GET /discovery/guilds', {
          query: {
            query: query.trim() || undefined,
            category: category ?? undefined,
            sort_by: query.trim() ? 'relevance' : 'member_count',
            limit: PAGE,
            offset,
          },
          signal: abort.signal,
        }).then(
          (page) => {
            setFound((before) => (offset ? [...(before ?? []), ...page.guilds] : page.guilds));
            setTotal(page.total);
          },
          (failure: unknown) => abort.signal.aborted || setError(failure),
        );
      },
      query && !offset ? 250 : 0,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, category, offset, attempt]);

  const choose = (id: number | null) => {
    setOffset(0);
    setFound(undefined);
    setCategory(id);
  };
  return (
    <main className={css.main} tabIndex={-1}>
      <PaneTop title={<Trans>Discover</Trans>} icon={<Compass />} />
      <div className={css.body}>
        <div className={css.inner}>
          <h2 className={css.lead}>
            <Trans>Find a community</Trans>
          </h2>
          <SearchField
            label={t`Search communities`}
            placeholder={t`Search communities`}
            value={query}
            onChange={(value) => {
              setOffset(0);
              setQuery(value);
            }}
          />
          {categories.length > 0 && (
            <fieldset className={css.chips} aria-label={t`Categories`}>
              <button
                type="button"
                className={css.chip}
                aria-pressed={category === null}
                onClick={() => choose(null)}
              >
                <Trans>All</Trans>
              </button>
              {categories.map((one) => (
                <button
                  key={one.id}
                  type="button"
                  className={css.chip}
                  aria-pressed={category === one.id}
                  onClick={() => choose(one.id)}
                >
                  {one.name}
                </button>
              ))}
            </fieldset>
          )}
          {error ? (
            <ErrorState error={error} onRetry={() => setAttempt(attempt + 1)} />
          ) : !found ? (
            <div className={css.grid}>
              {Array.from({ length: 6 }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
                <Skeleton key={index} shape="block" height={232} />
              ))}
            </div>
          ) : found.length ? (
            <>
              <p className={css.count} role="status">
                {plural(total, { one: '# community', other: '# communities' })}
              </p>
              <ul className={css.grid}>
                {found.map((guild) => (
                  <DiscoverCard key={guild.id} guild={guild} categories={categories} />
                ))}
              </ul>
              {found.length < total && (
                <Button onClick={() => setOffset(found.length)}>
                  <Trans>Show more</Trans>
                </Button>
              )}
            </>
          ) : (
            <EmptyState
              icon={<CommunityDrawing />}
              title={
                query ? <Trans>Nothing by that name</Trans> : <Trans>No community is listed here yet</Trans>
              }
              text={
                <Trans>Communities are listed when their owners ask for it and this server agrees.</Trans>
              }
            />
          )}
        </div>
      </div>
    </main>
  );
}
