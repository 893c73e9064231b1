import { Trans, useLingui } from '@lingui/react/macro';
import CornerUpLeft from 'lucide-react/icons/corner-up-left';
import ImageIcon from 'lucide-react/icons/image';
import type { Message } from '#/api/types';
import { useNick } from '#/features/people/names';
import { Markdown } from '#/markdown';
import { useEntity } from '#/store';
import { Avatar, cx } from '#/ui';
import looks from '#/ui/looks.module.css';
import { pane } from '../state';
import { messageText, summary } from '../text';
import { useNameColor } from './Author';
import styles from './ReplySnippet.module.css';

interface Props {
  message: Message;
  guildId?: string;
}

/** What a message answers, in one line; a press goes there. */
export function ReplySnippet({ message, guildId }: Props) {
  const { t } = useLingui();
  const id = message.message_reference?.message_id;
  const stored = useEntity('messages', id);
  const target = stored ?? message.referenced_message;
  const author = target?.author;
  const nick = useNick(author?.id, guildId, message.channel_id);
  const color = useNameColor(guildId, author?.id ?? '');
  if (!target || !author || !id) {
    return (
      <div className={styles.reply} data-reply>
        <CornerUpLeft className={styles.hook} size={14} strokeWidth={1.75} aria-hidden />
        <span className={styles.gone}>
          <Trans>The message was deleted.</Trans>
        </span>
      </div>
    );
  }
  const name = nick || author.global_name || author.username;
  const mentions = message.mentions?.some((user) => user.id === author.id);
  const text = messageText(target as Message);
  return (
    <div className={styles.reply} data-reply>
      <CornerUpLeft className={cx(styles.hook, 'mirrored')} size={14} strokeWidth={1.75} aria-hidden />
      <Avatar user={author} size={16} />
      <button
        type="button"
        className={styles.button}
        aria-label={t`Reply to ${name}: ${summary(target as Message, 80)}`}
        onClick={() => pane(message.channel_id).jump?.(id)}
      >
        <bdi className={cx(styles.name, looks.truncated)} style={color ? { color } : undefined}>
          {mentions ? '@' : ''}
          {name}
        </bdi>
        <span className={cx(styles.text, looks.truncated)} dir="auto">
          {text ? (
            <Markdown text={text.slice(0, 300)} context="snippet" guildId={guildId} />
          ) : (
            <em>{summary(target as Message) || t`Press to see it`}</em>
          )}
        </span>
        {target.attachments?.length ? <ImageIcon size={14} strokeWidth={1.75} aria-hidden /> : null}
      </button>
    </div>
  );
}
