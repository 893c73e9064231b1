import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Check from 'lucide-react/icons/check';
import { formatNumber, formatTime } from '#/i18n';
import { timeOf } from '#/model/snowflake';
import { ack, type Timeline, useUnread } from '#/store';
import { Badge } from '#/ui';
import styles from './Bars.module.css';

interface BarProps {
  channelId: string;
  timeline: Timeline;
  jump: (messageId: string) => void;
}

/** How much is new, and since when: leads to the first of it. Marking all as read is a button of its own. */
export function NewMessagesBar({ channelId, timeline, jump }: BarProps) {
  const { t } = useLingui();
  const { unread } = useUnread('channel', channelId);
  const { unreadFrom, unreadCount, unreadMore } = timeline;
  if (!unread || !unreadFrom || unreadCount === 0) return null;
  const since = formatTime(timeOf(unreadFrom));
  return (
    <div className={styles.bar}>
      <button type="button" className={styles.main} onClick={() => jump(unreadFrom)}>
        <ArrowUp size={16} strokeWidth={2} aria-hidden />
        <span>
          {unreadMore ? (
            <Trans>
              {formatNumber(unreadCount)}+ new messages since {since}
            </Trans>
          ) : (
            <Plural
              value={unreadCount}
              one={`# new message since ${since}`}
              other={`# new messages since ${since}`}
            />
          )}
        </span>
      </button>
      <button type="button" className={styles.side} onClick={() => ack(channelId)}>
        <Check size={16} strokeWidth={2} aria-hidden />
        {t`Mark as read`}
      </button>
    </div>
  );
}

export function PresentButton({ timeline, onClick }: { timeline: Timeline; onClick: () => void }) {
  return (
    <button type="button" className={styles.present} onClick={onClick}>
      <ArrowDown size={16} strokeWidth={2} aria-hidden />
      <Trans>Jump to present</Trans>
      {timeline.unreadCount > 0 ? <Badge count={timeline.unreadCount} /> : null}
    </button>
  );
}
