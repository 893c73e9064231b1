import { useLingui } from '@lingui/react/macro';
import type { Message } from '#/api/types';
import { LinkButton } from '#/ui';
import styles from './MessageRow.module.css';

/** In reader mode: everything that can be done with a message, behind one button that is always there. */
export default function RowActions({ message, name }: { message: Message; name: string }) {
  const { t } = useLingui();
  return (
    <span className={styles.actions}>
      <LinkButton
        aria-haspopup="menu"
        aria-label={t`Actions for the message of ${name}`}
        onClick={async (event) => {
          const button = event.currentTarget;
          const { openMessageMenu } = await import('../menu');
          openMessageMenu(button, message);
        }}
      >
        {t`Actions`}
      </LinkButton>
    </span>
  );
}
