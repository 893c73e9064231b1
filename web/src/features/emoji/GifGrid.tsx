import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { EmptyState, ErrorState, SearchField } from '#/ui';
import { chosen, type Featured, featured, type Gif, searchGifs } from './gifs';
import { closePicker } from './open';
import styles from './Picker.module.css';

const WAIT = 300;
type State = { gifs?: Gif[]; categories?: Featured['categories']; error?: unknown };

/** GIFs of the instance's service: stills, which move when pointed at or focused. */
export default function GifGrid({ onPick }: { onPick?: ((url: string) => void) | undefined }) {
  const { t } = useLingui();
  const [query, setQuery] = useState('');
  const [{ gifs, categories, error }, setState] = useState<State>({});
  const [round, setRound] = useState(0);
  const wanted = query.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          setState(wanted ? { gifs: await searchGifs(wanted, stop.signal) } : await featured());
        } catch (refused) {
          if (!stop.signal.aborted) setState({ error: refused });
        }
      },
      wanted ? WAIT : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, round]);
  return (
    <div className={styles.body}>
      <div className={styles.search}>
        <SearchField label={t`Search GIFs`} value={query} autoFocus onChange={setQuery} />
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => setRound(round + 1)} />
      ) : gifs?.length === 0 && !categories?.length ? (
        <EmptyState title={t`Nothing found`} text={t`Try another word.`} />
      ) : (
        <div className={styles.media}>
          {!wanted &&
            categories?.map((one) => (
              <button
                key={one.name}
                type="button"
                className={styles.medium}
                onClick={() => setQuery(one.name)}
              >
                <img src={one.proxy_src} alt="" loading="lazy" />
                <span className={styles.caption}>{one.name}</span>
              </button>
            ))}
          {gifs?.map((gif) => (
            <button
              key={gif.id}
              type="button"
              className={styles.medium}
              aria-label={gif.title || t`GIF`}
              style={{ aspectRatio: `${gif.width || 1} / ${gif.height || 1}` }}
              onClick={() => {
                chosen(gif, wanted);
                onPick?.(gif.url);
                closePicker();
              }}
            >
              <Moving src={gif.proxy_src} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** A film without sound that plays while pointed at; a picture as it is. */
export function Moving({ src }: { src: string }) {
  const play = (event: { currentTarget: HTMLVideoElement }) =>
    void event.currentTarget.play().catch(() => {});
  if (!/\.(?:mp4|webm)(?:[?/]|$)/i.test(src)) return <img src={src} alt="" loading="lazy" />;
  return (
    <video
      src={src}
      muted
      loop
      playsInline
      preload="metadata"
      tabIndex={-1}
      onPointerEnter={play}
      onPointerLeave={(event) => event.currentTarget.pause()}
    />
  );
}
