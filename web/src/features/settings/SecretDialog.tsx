import { useLingui } from '@lingui/react/macro';
import { Banner, Button, Dialog } from '#/ui';
import { CopyButton } from './CopyButton';
import styles from './Developer.module.css';

interface SecretDialogProps {
  title: string;
  secrets: { label: string; value: string }[];
  onClose: () => void;
}

/** Secrets that are shown once. */
export function SecretDialog({ title, secrets, onClose }: SecretDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      open
      closeOutside={false}
      title={title}
      onClose={onClose}
      footer={<Button variant="primary" onClick={onClose}>{t`I have kept it`}</Button>}
    >
      <Banner kind="warning">{t`This is shown only now. Keep it like a password.`}</Banner>
      {secrets.map(({ label, value }) => (
        <div key={label} className={styles.secret}>
          <strong>{label}</strong>
          <code>{value}</code>
          <CopyButton text={value} />
        </div>
      ))}
    </Dialog>
  );
}
