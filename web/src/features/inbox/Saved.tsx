import { Trans, useLingui } from '@lingui/react/macro';
import Bookmark from 'lucide-react/icons/bookmark';
import BookmarkX from 'lucide-react/icons/bookmark-x';
import { useEffect } from 'react';
import { api } from '#/api/client';
import type { Message } from '#/api/types';
import { refused } from '#/features/chat/actions';
import { onDispatch } from '#/store';
import { EmptyState, ErrorState, IconButton } from '#/ui';
import { CardSkeletons } from '../found/CardSkeletons';
import styles from '../found/Found.module.css';
import { MessageCard } from '../found/MessageCard';
import { useLoad } from '../found/useLoad';

/** Messages the person keeps. */
export function Saved() {
  const { t } = useLingui();
  const saved = useLoad('saved', () => api('GET /users/@me/saved-messages', { query: { limit: 100 } }));
  const { again } = saved;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` only asks anew
  useEffect(
    () =>
      onDispatch((type) => {
        if (type === 'SAVED_MESSAGE_CREATE' || type === 'SAVED_MESSAGE_DELETE') again();
      }),
    [],
  );
  const drop = async (id: string) => {
    saved.change((now) => now.filter((entry) => entry.message_id !== id));
    try {
      await api('DELETE /users/@me/saved-messages/{message_id}', { path: { message_id: id } });
    } catch (error) {
      again();
      refused(error, t`The message is still saved.`);
    }
  };
  if (saved.error) return <ErrorState error={saved.error} onRetry={again} />;
  if (!saved.data) return <CardSkeletons />;
  if (saved.data.length === 0) {
    return (
      <EmptyState
        icon={<Bookmark size={32} strokeWidth={1.5} />}
        title={t`Nothing is saved`}
        text={t`Save a message from its menu, to have it at hand.`}
      />
    );
  }
  return (
    <div className={styles.list}>
      {saved.data.map(({ message, message_id: id }) => (
        <Entry key={id} message={message as Message | null} drop={() => void drop(id)} />
      ))}
    </div>
  );
}

function Entry({ message, drop }: { message: Message | null; drop: () => void }) {
  const { t } = useLingui();
  const remove = (
    <IconButton
      size="s"
      label={t`No longer save`}
      icon={<BookmarkX size={16} strokeWidth={1.75} />}
      onClick={drop}
    />
  );
  if (message) return <MessageCard message={message} place actions={remove} />;
  return (
    <article className={styles.card}>
      <div className={styles.row}>
        <p className={`${styles.line} ${styles.grow}`}>
          <Trans>You can no longer read this message.</Trans>
        </p>
        {remove}
      </div>
    </article>
  );
}
