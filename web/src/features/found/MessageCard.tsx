import { Trans, useLingui } from '@lingui/react/macro';
import Paperclip from 'lucide-react/icons/paperclip';
import type { ReactNode } from 'react';
import type { Message } from '#/api/types';
import { channelPath } from '#/app/links';
import { PathLink } from '#/app/PathLink';
import { AuthorName } from '#/features/chat/rows/Author';
import { messageText, summary } from '#/features/chat/text';
import { formatCalendar, formatExact, useMinute } from '#/i18n';
import { Markdown } from '#/markdown';
import { useEntity } from '#/store';
import { Avatar } from '#/ui';
import styles from './Found.module.css';

interface Props {
  message: Message;
  /** Buttons at its end, shown on intent. */
  actions?: ReactNode;
  /** Says in which channel it stands. */
  place?: boolean;
}

/** A message outside its conversation: cut short, with the way to it. */
export function MessageCard({ message, actions, place }: Props) {
  const { t } = useLingui();
  useMinute();
  const guildId = useEntity('channels', message.channel_id, (channel) => channel?.guild_id) ?? undefined;
  const name = message.author.global_name || message.author.username;
  const text = messageText(message);
  const files = message.attachments?.length ?? 0;
  return (
    <article className={styles.card} aria-label={t`${name}: ${summary(message, 80)}`}>
      <header className={styles.head}>
        <Avatar user={message.author} size={24} />
        <AuthorName message={message} guildId={guildId} />
        <time className={styles.time} dateTime={message.timestamp} title={formatExact(message.timestamp)}>
          {formatCalendar(message.timestamp)}
        </time>
        <span className={styles.actions}>
          {actions}
          <PathLink
            className={styles.jump}
            to={channelPath(guildId, message.channel_id, message.id)}
            aria-label={t`Go to the message of ${name}`}
          >
            <Trans>Jump</Trans>
          </PathLink>
        </span>
      </header>
      {place ? <PlaceName channelId={message.channel_id} /> : null}
      <div className={styles.text} dir="auto">
        {text ? (
          <Markdown text={text} channelId={message.channel_id} guildId={guildId} />
        ) : (
          <em>{summary(message)}</em>
        )}
      </div>
      {text && files > 0 ? (
        <p className={styles.files}>
          <Paperclip size={14} strokeWidth={1.75} aria-hidden />
          {message.attachments?.map((file) => file.filename).join(', ')}
        </p>
      ) : null}
    </article>
  );
}

/** The name of a channel with its community, or of a conversation. */
export function PlaceName({ channelId }: { channelId: string }) {
  const channel = useEntity('channels', channelId);
  const guild = useEntity('guilds', channel?.guild_id, (row) => row?.name);
  if (!channel) return null;
  const people = channel.recipients?.map((user) => user.global_name || user.username).join(', ');
  const name = channel.guild_id ? `#${channel.name ?? ''}` : channel.name || people || '';
  return (
    <p className={styles.place}>
      <bdi>{name}</bdi>
      {guild ? (
        <>
          {' · '}
          <bdi>{guild}</bdi>
        </>
      ) : null}
    </p>
  );
}
