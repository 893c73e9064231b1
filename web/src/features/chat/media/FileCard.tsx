import { Trans, useLingui } from '@lingui/react/macro';
import Clock from 'lucide-react/icons/clock';
import Download from 'lucide-react/icons/download';
import FileIcon from 'lucide-react/icons/file';
import FileArchive from 'lucide-react/icons/file-archive';
import FileText from 'lucide-react/icons/file-text';
import FileX from 'lucide-react/icons/file-x';
import ImageIcon from 'lucide-react/icons/image';
import { useState } from 'react';
import type { Attachment } from '#/api/types';
import { formatBytes, formatDateTime } from '#/i18n';
import { fileUrl } from '#/model/media';
import { Button } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import styles from './FileCard.module.css';
import { kindOf } from './media';

const WEEK = 7 * 86_400_000;
const PREVIEWED = 100_000;

function iconOf(file: Attachment) {
  if (file.expired || !file.url) return FileX;
  if (/\.(?:zip|gz|xz|zst|7z|rar|tar)$/i.test(file.filename)) return FileArchive;
  const kind = kindOf(file);
  if (kind === 'text') return FileText;
  return kind === 'image' || kind === 'video' ? ImageIcon : FileIcon;
}

/** A file with its name and size; of a text the first lines, when asked. */
export function FileCard({ file }: { file: Attachment }) {
  const { t } = useLingui();
  const [lines, setLines] = useState<string[] | null>(null);
  const url = fileUrl(file);
  const Icon = iconOf(file);
  const name = file.title || file.filename;
  const gone = file.expired || !url;
  const expires = file.expires_at ? Date.parse(file.expires_at) : undefined;
  const soon = expires !== undefined && expires - Date.now() < WEEK;
  const preview = async () => {
    if (lines || !url) return setLines(null);
    try {
      const answer = await fetch(url);
      const text = await answer.text();
      setLines(text.slice(0, 4000).split('\n', 7));
    } catch {
      setLines([t`The file could not be read.`]);
    }
  };
  return (
    <div className={styles.card} data-media={url}>
      <Icon className={styles.icon} size={28} strokeWidth={1.5} aria-hidden />
      <div className={styles.what}>
        <bdi className={cx(styles.name, looks.truncated)} title={name}>
          {gone ? (
            name
          ) : (
            <a href={url} target="_blank" rel="noopener noreferrer" download={file.filename}>
              {name}
            </a>
          )}
        </bdi>
        <span className={styles.size}>
          {gone ? <Trans>This file has expired.</Trans> : formatBytes(file.size)}
          {soon && !gone ? (
            <span className={styles.soon} title={t`Expires ${formatDateTime(expires)}`}>
              <Clock size={12} strokeWidth={2} aria-hidden /> <Trans>expires soon</Trans>
            </span>
          ) : null}
        </span>
      </div>
      {gone ? null : (
        <div className={styles.buttons}>
          {kindOf(file) === 'text' && file.size <= PREVIEWED ? (
            <Button size="s" variant="ghost" aria-expanded={lines !== null} onClick={preview}>
              {lines ? t`Hide` : t`Preview`}
            </Button>
          ) : null}
          <a
            className={styles.download}
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            download={file.filename}
            aria-label={t`Download ${name}`}
            data-tooltip={t`Download`}
          >
            <Download size={20} strokeWidth={1.75} aria-hidden />
          </a>
        </div>
      )}
      {lines ? (
        <pre className={styles.preview} dir="ltr">
          {lines.slice(0, 6).join('\n')}
          {lines.length > 6 ? '\n…' : ''}
        </pre>
      ) : null}
    </div>
  );
}
