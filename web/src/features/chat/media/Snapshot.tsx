import { Trans } from '@lingui/react/macro';
import Forward from 'lucide-react/icons/forward';
import type { Message, MessageSnapshot } from '#/api/types';
import { channelPath } from '#/app/links';
import { formatCalendar } from '#/i18n';
import { Markdown } from '#/markdown';
import { InnerLink } from '#/markdown/Mention';
import { useEntity } from '#/store';
import { Attachments } from './Attachments';
import { Embeds } from './Embeds';
import styles from './Snapshot.module.css';
import { Stickers } from './Stickers';

/** A forwarded message as it was, with the place it came from where one may see it. */
export function Snapshot({ snapshot, message }: { snapshot: MessageSnapshot; message: Message }) {
  const source = message.message_reference;
  const channel = useEntity('channels', source?.channel_id);
  return (
    <div className={styles.snapshot}>
      <span className={styles.title}>
        <Forward size={14} strokeWidth={1.75} className="mirrored" aria-hidden />
        <Trans>Forwarded</Trans>
      </span>
      {snapshot.content ? <Markdown text={snapshot.content} channelId={message.channel_id} jumbo /> : null}
      <Attachments
        message={{
          id: message.id,
          channel_id: message.channel_id,
          author: message.author,
          flags: snapshot.flags,
          attachments: snapshot.attachments ?? [],
        }}
      />
      {snapshot.stickers?.length ? <Stickers stickers={snapshot.stickers} /> : null}
      {snapshot.embeds?.length ? <Embeds embeds={snapshot.embeds} message={message} /> : null}
      {source && channel ? (
        <InnerLink
          path={channelPath(channel.guild_id, channel.id, source.message_id)}
          className={styles.source}
        >
          <bdi>{channel.name ? `#${channel.name}` : <Trans>conversation</Trans>}</bdi>
          {' · '}
          {formatCalendar(snapshot.timestamp)}
        </InnerLink>
      ) : (
        <span className={styles.when}>{formatCalendar(snapshot.timestamp)}</span>
      )}
    </div>
  );
}
