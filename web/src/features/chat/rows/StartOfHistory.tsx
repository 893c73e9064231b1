import { Trans, useLingui } from '@lingui/react/macro';
import Hash from 'lucide-react/icons/hash';
import NotebookPen from 'lucide-react/icons/notebook-pen';
import { plainText } from '#/app/shell/plainText';
import { formatLongDate } from '#/i18n';
import { timeOf } from '#/model/snowflake';
import { useChannel } from '#/store';
import { Avatar, AvatarStack } from '#/ui';
import styles from './Rows.module.css';

/** The very first thing in a conversation: what it is and since when. */
export function StartOfHistory({ channelId }: { channelId: string }) {
  const { t } = useLingui();
  const channel = useChannel(channelId);
  if (!channel) return <div className={styles.start} />;
  const since = formatLongDate(timeOf(channelId));
  const people = channel.recipients ?? [];
  const [person] = people;
  if (channel.type === 999) {
    return (
      <div className={styles.start}>
        <span className={styles.startIcon}>
          <NotebookPen size={32} strokeWidth={1.5} aria-hidden />
        </span>
        <h2>{t`Your notes`}</h2>
        <p>
          <Trans>Only you see what you write here. Drop files, links and thoughts.</Trans>
        </p>
      </div>
    );
  }
  if (channel.type === 1 && person) {
    const name = person.global_name || person.username;
    return (
      <div className={styles.start}>
        <Avatar user={person} size={64} />
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p>
          <Trans>This is where your conversation with {name} begins.</Trans>
        </p>
      </div>
    );
  }
  if (channel.type === 3) {
    const name = channel.name || people.map((user) => user.global_name || user.username).join(', ');
    return (
      <div className={styles.start}>
        <AvatarStack people={people} size={48} />
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p>
          <Trans>The group began on {since}.</Trans>
        </p>
      </div>
    );
  }
  const name = channel.name ?? '';
  return (
    <div className={styles.start}>
      <span className={styles.startIcon}>
        <Hash size={32} strokeWidth={1.5} aria-hidden />
      </span>
      <h2>
        <Trans>
          Welcome to <bdi>#{name}</bdi>
        </Trans>
      </h2>
      <p>
        {channel.topic ? (
          <bdi>{plainText(channel.topic)}</bdi>
        ) : (
          <Trans>This channel began on {since}.</Trans>
        )}
      </p>
    </div>
  );
}
