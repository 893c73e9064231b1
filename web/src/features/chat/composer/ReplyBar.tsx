import { Trans, useLingui } from '@lingui/react/macro';
import AtSign from 'lucide-react/icons/at-sign';
import X from 'lucide-react/icons/x';
import { useNick } from '#/features/people/names';
import { useEntity, useMe } from '#/store';
import { cx, IconButton, setPreferences } from '#/ui';
import { pane } from '../state';
import { summary } from '../text';
import styles from './Composer.module.css';

interface Props {
  channelId: string;
  guildId?: string;
  reply: { messageId: string; mention: boolean };
  change: (reply: { messageId: string; mention: boolean } | undefined) => void;
}

/** Whom the next message answers, and whether they are told. */
export function ReplyBar({ channelId, guildId, reply, change }: Props) {
  const { t } = useLingui();
  const message = useEntity('messages', reply.messageId);
  const author = message?.author;
  const nick = useNick(author?.id, guildId, channelId);
  const own = useMe()?.id === author?.id;
  const name = nick || author?.global_name || author?.username || '';
  const toggle = () => {
    setPreferences({ replyMention: !reply.mention });
    change({ ...reply, mention: !reply.mention });
  };
  return (
    <div className={styles.reply}>
      <button
        type="button"
        className={styles.replyTo}
        onClick={() => pane(channelId).jump?.(reply.messageId)}
      >
        <Trans>
          Replying to <bdi className={styles.replyName}>{name}</bdi>
        </Trans>
        {message ? <span className={styles.replyText}>{summary(message, 100)}</span> : null}
      </button>
      {own ? null : (
        <button
          type="button"
          className={cx(styles.ping, reply.mention && styles.pingOn)}
          aria-pressed={reply.mention}
          onClick={toggle}
        >
          <AtSign size={14} strokeWidth={2} aria-hidden />
          {reply.mention ? t`Mention on` : t`Mention off`}
        </button>
      )}
      <IconButton
        size="s"
        label={t`Do not reply`}
        icon={<X size={16} strokeWidth={1.75} />}
        onClick={() => change(undefined)}
      />
    </div>
  );
}
