import { Trans, useLingui } from '@lingui/react/macro';
import { daysFromNow, formatDay, useMinute } from '#/i18n';
import styles from './Dividers.module.css';

/** The first message of a local day. Today and yesterday say so, and stop saying so at midnight. */
export function DateDivider({ day, unread }: { day: number; unread: boolean }) {
  const now = useMinute();
  const { t } = useLingui();
  const days = daysFromNow(day, now);
  const text = days === 0 ? t`Today` : days === -1 ? t`Yesterday` : formatDay(day);
  return (
    <div className={unread ? styles.unread : styles.date} title={formatDay(day)}>
      <h2 className={styles.text}>
        <time dateTime={new Date(day).toISOString().slice(0, 10)}>{text}</time>
      </h2>
      {unread ? <NewMark /> : null}
    </div>
  );
}

export function UnreadDivider() {
  return (
    <div className={styles.unread}>
      <NewMark />
    </div>
  );
}

function NewMark() {
  return (
    <span className={styles.mark}>
      <Trans>New</Trans>
    </span>
  );
}
