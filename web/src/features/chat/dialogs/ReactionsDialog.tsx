import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Message, Reaction, User } from '#/api/types';
import { emojiUrl } from '#/model/media';
import { useEntity } from '#/store';
import { Avatar, Button, Dialog, EmptyState, ErrorState } from '#/ui';
import { reactionOf } from '../rows/Reactions';
import styles from './Dialogs.module.css';

const PAGE = 100;

interface Props {
  messageId: string;
  message: Message;
  onClose: () => void;
}

/** Who reacted with what. */
export function ReactionsDialog({ messageId, message, onClose }: Props) {
  const { t } = useLingui();
  const reactions = useEntity('messages', messageId, (found) => found?.reactions) ?? [];
  const [chosen, setChosen] = useState(0);
  const current = reactions[Math.min(chosen, reactions.length - 1)];
  return (
    <Dialog open title={t`Reactions`} onClose={onClose}>
      {current ? (
        <>
          <div className={styles.kinds} role="tablist" aria-label={t`Reactions`}>
            {reactions.map((reaction, i) => (
              <button
                key={reaction.emoji.id ?? reaction.emoji.name}
                type="button"
                role="tab"
                aria-selected={reaction === current}
                className={styles.kind}
                onClick={() => setChosen(i)}
              >
                {reaction.emoji.id ? (
                  <img
                    src={emojiUrl(reaction.emoji.id, false, 20)}
                    alt={reaction.emoji.name}
                    width={20}
                    height={20}
                  />
                ) : (
                  reaction.emoji.name
                )}
                <span>{reaction.count}</span>
              </button>
            ))}
          </div>
          <People key={current.emoji.id ?? current.emoji.name} message={message} reaction={current} />
        </>
      ) : (
        <EmptyState title={t`Nobody reacted`} />
      )}
    </Dialog>
  );
}

function People({ message, reaction }: { message: Message; reaction: Reaction }) {
  const [users, setUsers] = useState<User[]>([]);
  const [state, setState] = useState<'loading' | 'more' | 'done' | Error>('loading');
  const load = async (after?: string) => {
    setState('loading');
    try {
      const page = await api('GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji}', {
        path: reactionOf(message, reaction.emoji) as never,
        query: { limit: PAGE, after },
      });
      setUsers((before) => [...(after ? before : []), ...page]);
      setState(page.length === PAGE ? 'more' : 'done');
    } catch (error) {
      setState(error as Error);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each kind, which is this part's key
  useEffect(() => void load(), []);
  if (state instanceof Error) return <ErrorState error={state} onRetry={() => load(users.at(-1)?.id)} />;
  return (
    <ul className={styles.people}>
      {users.map((user) => (
        <li key={user.id}>
          <Avatar user={user} size={32} />
          <bdi>{user.global_name || user.username}</bdi>
        </li>
      ))}
      {state === 'more' ? (
        <Button variant="ghost" onClick={() => load(users.at(-1)?.id)}>
          <Trans>Show more</Trans>
        </Button>
      ) : null}
    </ul>
  );
}
