import { useLingui } from '@lingui/react/macro';
import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { Button, confirm, Dialog, ErrorState, Skeleton } from '#/ui';
import { CopyButton } from './CopyButton';
import { useLoad, useRun } from './form';
import styles from './Security.module.css';

interface Code {
  code: string;
  consumed: boolean;
}

/** The ten codes: fresh ones after set-up, otherwise as the account has them. */
export function BackupCodes({ codes, onClose }: { codes?: string[] | undefined; onClose: () => void }) {
  const { t } = useLingui();
  const { busy, run } = useRun();
  const [fresh, setFresh] = useState<Code[]>();
  const loaded = useLoad<Code[]>(async () => {
    if (codes) return codes.map((code) => ({ code, consumed: false }));
    const answer = await api('POST /users/@me/mfa/backup-codes', { body: { regenerate: false }, sudo: true });
    return answer.backup_codes;
  });
  const list = fresh ?? loaded.data;
  const text = (list ?? [])
    .filter((one) => !one.consumed)
    .map((one) => one.code)
    .join('\n');
  const renew = async () => {
    const yes = await confirm({
      title: t`Make new codes?`,
      body: <p>{t`The present ones stop working.`}</p>,
      action: t`Make new codes`,
    });
    if (!yes) return;
    await run(async () => {
      const body = { regenerate: true };
      setFresh((await api('POST /users/@me/mfa/backup-codes', { body, sudo: true })).backup_codes);
    });
  };
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${location.host}\n\n${text}\n`], { type: 'text/plain' }));
    link.download = `backup-codes-${location.hostname}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      closeOutside={!codes}
      title={t`Backup codes`}
      description={t`Each lets you in once when the app is not at hand. Keep them where only you look.`}
      footer={
        <>
          {!codes && (
            <Button variant="ghost" busy={busy} onClick={() => void renew()}>{t`Make new codes`}</Button>
          )}
          <Button variant="primary" onClick={onClose}>{t`Done`}</Button>
        </>
      }
    >
      {loaded.error !== undefined && !list && <ErrorState error={loaded.error} onRetry={loaded.reload} />}
      {loaded.loading && <Skeleton shape="block" height={160} />}
      {list && (
        <>
          <div className={styles.codes} data-print>
            {list.map((one) => (
              <code key={one.code} className={one.consumed ? styles.used : undefined}>
                {one.code}
              </code>
            ))}
          </div>
          <div className={styles.actions}>
            <CopyButton text={text} />
            <Button size="s" icon={<Download size={16} />} onClick={download}>{t`Download`}</Button>
            <Button size="s" icon={<Printer size={16} />} onClick={() => print()}>{t`Print`}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
