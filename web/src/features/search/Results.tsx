import { Trans, useLingui } from '@lingui/react/macro';
import type { Message } from '#/api/types';
import { Button } from '#/ui';
import styles from '../found/Found.module.css';
import { MessageCard, PlaceName } from '../found/MessageCard';
import { PAGE } from './query';

interface Props {
  messages: readonly Message[];
  total: number;
  page: number;
  onPage: (page: number) => void;
}

/** A page of what was found; neighbours of one channel stand under its name. */
export function Results({ messages, total, page, onPage }: Props) {
  const { t } = useLingui();
  const groups: { channelId: string; messages: Message[] }[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    if (group?.channelId === message.channel_id) group.messages.push(message);
    else groups.push({ channelId: message.channel_id, messages: [message] });
  }
  const pages = Math.ceil(total / PAGE);
  return (
    <div className={styles.list}>
      {groups.map((group) => (
        <section key={group.messages[0]?.id}>
          <h3 className={styles.group}>
            <PlaceName channelId={group.channelId} />
          </h3>
          <div className={styles.stack}>
            {group.messages.map((message) => (
              <MessageCard key={message.id} message={message} />
            ))}
          </div>
        </section>
      ))}
      {pages > 1 ? (
        <nav className={styles.pages} aria-label={t`Pages`}>
          <Button size="s" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            <Trans>Previous</Trans>
          </Button>
          <span className={styles.count}>
            <Trans>
              {page} of {pages}
            </Trans>
          </span>
          <Button size="s" disabled={page >= pages} onClick={() => onPage(page + 1)}>
            <Trans>Next</Trans>
          </Button>
        </nav>
      ) : null}
    </div>
  );
}
