import { useLingui } from '@lingui/react/macro';
import { useLeaveGuard } from '#/app/routing';
import { Button, confirm, useHotkeys } from '#/ui';
import styles from './SaveBar.module.css';

interface SaveBarProps {
  dirty: boolean;
  busy?: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Appears while a form has changes; leaving with them asks once. */
export function SaveBar({ dirty, busy = false, onSave, onDiscard }: SaveBarProps) {
  const { t } = useLingui();
  useLeaveGuard(
    dirty,
    async () =>
      !(await confirm({
        title: t`Leave without saving?`,
        body: <p>{t`What you changed here is not saved yet.`}</p>,
        action: t`Discard changes`,
        danger: true,
      })),
  );
  useHotkeys({ 'Mod+S': dirty ? onSave : undefined }, { covered: true, inFields: true });
  if (!dirty) return null;
  return (
    <div className={styles.bar} role="status">
      <span className={styles.text}>{t`You have unsaved changes`}</span>
      <Button variant="ghost" onClick={onDiscard}>{t`Discard`}</Button>
      <Button variant="primary" busy={busy} onClick={onSave}>{t`Save`}</Button>
    </div>
  );
}
