import { Trans, useLingui } from '@lingui/react/macro';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import FileIcon from 'lucide-react/icons/file';
import Pencil from 'lucide-react/icons/pencil';
import X from 'lucide-react/icons/x';
import { type DragEvent, type KeyboardEvent, useEffect, useState } from 'react';
import { formatBytes } from '#/i18n';
import type { DraftFile } from '#/store';
import { announce, Button, cx, Dialog, IconButton, TextArea, TextField } from '#/ui';
import looks from '#/ui/looks.module.css';
import styles from './Tray.module.css';

interface Props {
  files: DraftFile[];
  change: (files: DraftFile[]) => void;
}

const icon = { size: 16, strokeWidth: 1.75 } as const;

/** The files of a message before it is sent. */
export function Tray({ files, change }: Props) {
  const { t } = useLingui();
  const [dragged, setDragged] = useState<string | null>(null);
  const [edited, setEdited] = useState<DraftFile | null>(null);
  const move = (id: string, by: number) => {
    const from = files.findIndex((file) => file.id === id);
    const to = Math.max(0, Math.min(files.length - 1, from + by));
    const file = files[from];
    if (!file || from === to) return;
    const next = files.filter((other) => other.id !== id);
    next.splice(to, 0, file);
    change(next);
    const [position, count] = [to + 1, files.length];
    announce(t`${file.name} is now ${position} of ${count}`, 'polite');
  };
  const drop = (event: DragEvent, onto: string) => {
    if (!dragged) return;
    event.preventDefault();
    event.stopPropagation();
    move(
      dragged,
      files.findIndex((file) => file.id === onto) - files.findIndex((file) => file.id === dragged),
    );
    setDragged(null);
  };
  const keys = (event: KeyboardEvent, file: DraftFile) => {
    if (!event.altKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(file.id, document.documentElement.dir === 'rtl' ? -by : by);
  };
  return (
    <ul className={styles.tray} aria-label={t`Files of this message`}>
      {files.map((file, i) => (
        <li
          key={file.id}
          className={cx(styles.item, dragged === file.id && styles.dragged)}
          draggable
          onDragStart={() => setDragged(file.id)}
          onDragEnd={() => setDragged(null)}
          onDragOver={(event) => dragged && event.preventDefault()}
          onDrop={(event) => drop(event, file.id)}
          onKeyDown={(event) => keys(event, file)}
        >
          <div className={styles.picture}>
            <Preview file={file} />
            <div className={styles.buttons}>
              <IconButton
                size="s"
                label={file.spoiler ? t`No spoiler` : t`Mark as spoiler`}
                pressed={file.spoiler ?? false}
                icon={file.spoiler ? <EyeOff {...icon} /> : <Eye {...icon} />}
                onClick={() =>
                  change(files.map((one) => (one.id === file.id ? { ...one, spoiler: !one.spoiler } : one)))
                }
              />
              <IconButton
                size="s"
                label={t`Name and description`}
                icon={<Pencil {...icon} />}
                onClick={() => setEdited(file)}
              />
              <IconButton
                size="s"
                variant="danger"
                label={t`Remove ${file.name}`}
                icon={<X {...icon} />}
                onClick={() => change(files.filter((one) => one.id !== file.id))}
              />
            </div>
          </div>
          <bdi className={cx(styles.name, looks.truncated)} title={file.name}>
            {file.name}
          </bdi>
          <span className={styles.meta}>
            {formatBytes(file.blob.size)}
            {files.length > 1 ? (
              <span className={styles.order}>
                <IconButton
                  size="s"
                  label={t`Move ${file.name} forward`}
                  disabled={i === 0}
                  icon={<ChevronLeft {...icon} className="mirrored" />}
                  onClick={() => move(file.id, -1)}
                />
                <IconButton
                  size="s"
                  label={t`Move ${file.name} back`}
                  disabled={i === files.length - 1}
                  icon={<ChevronRight {...icon} className="mirrored" />}
                  onClick={() => move(file.id, 1)}
                />
              </span>
            ) : null}
          </span>
          {file.blob.type.startsWith('image/') && !file.description ? (
            <button type="button" className={styles.prompt} onClick={() => setEdited(file)}>
              <Trans>Describe it</Trans>
            </button>
          ) : null}
        </li>
      ))}
      {edited ? (
        <FileDialog
          file={edited}
          onClose={() => setEdited(null)}
          save={(next) => change(files.map((file) => (file.id === next.id ? next : file)))}
        />
      ) : null}
    </ul>
  );
}

function useObjectUrl(blob: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

function Preview({ file }: { file: DraftFile }) {
  const url = useObjectUrl(file.blob);
  const { type } = file.blob;
  if (url && type.startsWith('image/') && !type.includes('svg')) {
    return (
      <img
        src={url}
        alt={file.description ?? ''}
        className={cx(styles.image, file.spoiler && styles.blurred)}
      />
    );
  }
  if (url && type.startsWith('video/')) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a still of a file that is not sent yet
      <video src={url} className={cx(styles.image, file.spoiler && styles.blurred)} preload="metadata" />
    );
  }
  return <FileIcon size={40} strokeWidth={1.25} aria-hidden />;
}

interface DialogProps {
  file: DraftFile;
  onClose: () => void;
  save: (file: DraftFile) => void;
}

function FileDialog({ file, onClose, save }: DialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState(file.name);
  const [description, setDescription] = useState(file.description ?? '');
  const done = () => {
    save({ ...file, name: name.trim() || file.name, description: description.trim() || undefined });
    onClose();
  };
  return (
    <Dialog
      open
      size="s"
      title={t`File`}
      onClose={onClose}
      onSubmit={done}
      footer={
        <Button variant="primary" type="submit" onClick={done}>
          <Trans>Done</Trans>
        </Button>
      }
    >
      <TextField label={t`Name`} value={name} onChange={setName} />
      <TextArea
        label={t`Description`}
        hint={t`Read to people who do not see it.`}
        maxLength={4096}
        value={description}
        onChange={setDescription}
      />
    </Dialog>
  );
}
