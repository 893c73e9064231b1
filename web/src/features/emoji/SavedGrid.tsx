import { useLingui } from '@lingui/react/macro';
import { FileAudio, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { rank } from '#/features/chat/composer/ranking';
import { kindOf } from '#/features/chat/media/media';
import { useRun } from '#/features/settings/form';
import { proxied } from '#/model/media';
import { onDispatch } from '#/store';
import { EmptyState, ErrorState, IconButton, SearchField } from '#/ui';
import { Moving } from './GifGrid';
import { closePicker } from './open';
import styles from './Picker.module.css';

type Saved = Answer<'GET /users/@me/memes'>[number];

/** The person's own collection of pictures, films and sounds. */
export default function SavedGrid({ onPick }: { onPick?: ((id: string) => void) | undefined }) {
  const { t } = useLingui();
  const { run } = useRun();
  const [query, setQuery] = useState('');
  const [all, setAll] = useState<Saved[]>();
  const [error, setError] = useState<unknown>();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let gone = false;
    setError(undefined);
    api('GET /users/@me/memes').then(
      (list) => gone || setAll(list),
      (refused: unknown) => gone || setError(refused),
    );
    return () => {
      gone = true;
    };
  }, [round]);
  useEffect(() => onDispatch((type) => type.startsWith('FAVORITE_MEME_') && setRound((now) => now + 1)), []);
  const named = (all ?? []).map((one) => ({ one, names: [one.name, ...one.tags, one.alt_text ?? ''] }));
  const shown = query.trim() ? rank(named, query, 100) : named;
  return (
    <div className={styles.body}>
      <div className={styles.search}>
        <SearchField label={t`Search saved media`} value={query} autoFocus onChange={setQuery} />
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => setRound(round + 1)} />
      ) : all && shown.length === 0 ? (
        <EmptyState
          title={all.length ? t`Nothing found` : t`Nothing saved yet`}
          text={all.length ? t`Try another word.` : t`Save a picture or film from the menu of its message.`}
        />
      ) : (
        <div className={styles.media}>
          {shown.map(({ one }) => (
            <span key={one.id} className={styles.holder}>
              <button
                type="button"
                className={styles.medium}
                aria-label={one.alt_text || one.name}
                data-tooltip={one.name}
                style={{ aspectRatio: `${one.width || 1} / ${one.height || 1}` }}
                onClick={() => {
                  onPick?.(one.id);
                  closePicker();
                }}
              >
                {kindOf(one) === 'audio' ? (
                  <FileAudio size={32} aria-hidden />
                ) : kindOf(one) === 'image' ? (
                  <img src={proxied(one.url, { width: 180, animated: true })} alt="" loading="lazy" />
                ) : (
                  <Moving src={one.url} />
                )}
              </button>
              <IconButton
                size="s"
                className={styles.drop}
                label={t`Remove ${one.name}`}
                icon={<X size={14} />}
                onClick={() =>
                  void run(async () => {
                    await api('DELETE /users/@me/memes/{meme_id}', { path: { meme_id: one.id } });
                    setAll(all?.filter((other) => other.id !== one.id));
                  })
                }
              />
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
