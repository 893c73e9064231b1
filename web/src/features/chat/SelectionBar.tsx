import { Plural, Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '#/ui';
import { removeSelected } from './actions';
import styles from './ChatPane.module.css';
import { stopSelecting, useChat } from './state';

const none: readonly string[] = [];

/** Takes the composer's place while messages are being chosen for deleting. */
export function SelectionBar({ channelId }: { channelId: string }) {
  const ids = useChat((chat) => chat.selected[channelId]) ?? none;
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    if (await removeSelected(channelId, ids)) stopSelecting(channelId);
    setBusy(false);
  };
  return (
    <div className={styles.selection}>
      <output>
        <Plural value={ids.length} one="# message selected" other="# messages selected" />
      </output>
      <Button variant="ghost" onClick={() => stopSelecting(channelId)}>
        <Trans>Cancel</Trans>
      </Button>
      <Button variant="danger" busy={busy} disabled={ids.length === 0} onClick={go}>
        <Trans>Delete</Trans>
      </Button>
    </div>
  );
}
