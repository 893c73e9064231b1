import { Trans, useLingui } from '@lingui/react/macro';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import { api } from '#/api/client';
import type { ScheduledMessage } from '#/api/types';
import { refused } from '#/features/chat/actions';
import { formatExact } from '#/i18n';
import { Banner, Button, confirm, EmptyState, ErrorState } from '#/ui';
import { CardSkeletons } from '../found/CardSkeletons';
import styles from '../found/Found.module.css';
import { PlaceName } from '../found/MessageCard';
import { useLoad } from '../found/useLoad';

/** Messages that will be sent later, the next one first. */
export function Scheduled() {
  const { t } = useLingui();
  const scheduled = useLoad('scheduled', () => api('GET /users/@me/scheduled-messages', {}));
  const cancel = async (one: ScheduledMessage) => {
    const yes = await confirm({
      title: t`Do not send this message?`,
      body: one.payload.content?.slice(0, 200) ?? '',
      action: t`Do not send`,
      danger: true,
    });
    if (!yes) return;
    try {
      const path = { scheduled_message_id: one.id };
      await api('DELETE /users/@me/scheduled-messages/{scheduled_message_id}', { path });
      scheduled.change((now) => now.filter((other) => other.id !== one.id));
    } catch (error) {
      refused(error, t`The message is still scheduled.`);
    }
  };
  if (scheduled.error) return <ErrorState error={scheduled.error} onRetry={scheduled.again} />;
  if (!scheduled.data) return <CardSkeletons count={2} />;
  if (scheduled.data.length === 0) {
    return (
      <EmptyState
        icon={<CalendarClock size={32} strokeWidth={1.5} />}
        title={t`Nothing is scheduled`}
        text={t`Messages to be sent later wait here.`}
      />
    );
  }
  return (
    <div className={styles.list}>
      {[...scheduled.data]
        .sort((a, b) => a.scheduled_at.localeCompare(b.scheduled_at))
        .map((one) => (
          <article key={one.id} className={styles.card}>
            <PlaceName channelId={one.channel_id} />
            <p className={styles.text} dir="auto">
              {one.payload.content}
            </p>
            {one.status === 'invalid' ? (
              <Banner kind="warning">{one.status_reason ?? t`It could not be sent.`}</Banner>
            ) : null}
            <div className={styles.row}>
              <time className={`${styles.time} ${styles.grow}`} dateTime={one.scheduled_at}>
                {formatExact(one.scheduled_at)}
              </time>
              <Button size="s" onClick={() => void cancel(one)}>
                <Trans>Cancel</Trans>
              </Button>
            </div>
          </article>
        ))}
    </div>
  );
}
