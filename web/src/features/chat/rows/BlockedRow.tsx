import { Plural, Trans } from '@lingui/react/macro';
import { LinkButton } from '#/ui';
import styles from './Rows.module.css';

export function BlockedRow({ count, show }: { count: number; show: () => void }) {
  return (
    <div className={styles.quiet}>
      <span>
        <Plural value={count} one="# blocked message" other="# blocked messages" />
      </span>
      <LinkButton onClick={show}>
        <Trans>Show</Trans>
      </LinkButton>
    </div>
  );
}
