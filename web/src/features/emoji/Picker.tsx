import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Popover, Tabs } from '#/ui';
import { EmojiGrid } from './EmojiGrid';
import { closePicker, type PickerRequest, type PickerTab, usePicker } from './open';
import styles from './Picker.module.css';
import { StickerGrid } from './StickerGrid';

/** One panel for all that can be picked. */
export default function Picker() {
  const { t } = useLingui();
  const request = usePicker((picker) => picker.request);
  return (
    <Popover
      open={request !== null}
      anchor={request?.anchor ?? null}
      onClose={closePicker}
      side="top"
      align="end"
      label={t`Picker`}
      className={styles.picker}
    >
      {request ? <Panel key={request.tab} request={request} /> : null}
    </Popover>
  );
}

function Panel({ request }: { request: PickerRequest }) {
  const { t } = useLingui();
  const [tab, setTab] = useState<PickerTab>(request.tab ?? 'emoji');
  const grid =
    tab === 'emoji' ? (
      <EmojiGrid guildId={request.guildId} onPick={request.onEmoji} />
    ) : (
      <StickerGrid guildId={request.guildId} onPick={request.onSticker} />
    );
  if (request.tabs.length < 2) return <div className={styles.panel}>{grid}</div>;
  return (
    <div className={styles.panel}>
      <Tabs
        label={t`What to pick`}
        value={tab}
        onChange={(value) => setTab(value as PickerTab)}
        tabs={[
          { id: 'emoji', label: t`Emoji` },
          { id: 'stickers', label: t`Stickers` },
        ]}
      />
      {grid}
    </div>
  );
}
