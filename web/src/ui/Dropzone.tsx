import { useLingui } from '@lingui/react/macro';
import { Upload } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from './Button';
import styles from './Dropzone.module.css';

interface DropzoneProps {
  label: string;
  hint?: ReactNode;
  /** As of `<input accept>`. */
  accept?: string;
  multiple?: boolean;
  onFiles: (files: File[]) => void;
  disabled?: boolean;
}

/** Files by drop, by paste while focused, or by the button. */
export function Dropzone({ label, hint, accept, multiple, onFiles, disabled }: DropzoneProps) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | undefined | null) => {
    const files = [...(list ?? [])];
    if (files.length && !disabled) onFiles(multiple ? files : files.slice(0, 1));
  };
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds a hint and a button, and is no form of its own
    <div
      role="group"
      aria-label={label}
      className={styles.zone}
      data-over={over || undefined}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        take(event.dataTransfer.files);
      }}
      onPaste={(event) => take(event.clipboardData.files)}
    >
      <Upload size={24} aria-hidden className={styles.icon} />
      <p className={styles.label}>{label}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      <Button size="s" disabled={disabled} onClick={() => input.current?.click()}>
        {multiple ? t`Choose files` : t`Choose a file`}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        {...{ accept, multiple }}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}
