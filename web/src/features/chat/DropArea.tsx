import { Trans } from '@lingui/react/macro';
import Upload from 'lucide-react/icons/upload';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import styles from './ChatPane.module.css';
import { pane } from './state';

interface Props {
  channelId: string;
  className?: string;
  children: ReactNode;
}

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** Files may be dropped anywhere in the chat; with Shift they are sent at once. */
export function DropArea({ channelId, className, children }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside the field does the same
    <div
      className={className}
      onDragEnter={(event) => {
        if (!holdsFiles(event)) return;
        depth.current++;
        setOver(true);
      }}
      onDragLeave={() => {
        if (over && --depth.current <= 0) leave();
      }}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        leave();
        pane(channelId).files?.([...event.dataTransfer.files], event.shiftKey);
      }}
    >
      {children}
      {over ? (
        <div className={styles.drop}>
          <Upload size={32} strokeWidth={1.5} aria-hidden />
          <strong>
            <Trans>Drop to attach</Trans>
          </strong>
          <span>
            <Trans>With Shift they are sent at once.</Trans>
          </span>
        </div>
      ) : null}
    </div>
  );
}
