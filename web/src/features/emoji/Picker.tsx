import { useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import { Popover, Tabs } from '#/ui';
import { EmojiGrid } from './EmojiGrid';
import { gifService } from './gifService';
import { closePicker, type PickerRequest, type PickerTab, usePicker } from './open';
import styles from './Picker.module.css';
import { StickerGrid } from './StickerGrid';

const GifGrid = lazy(() => import('./GifGrid'));
const SavedGrid = lazy(() => import('./SavedGrid'));

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
  const grids = {
    emoji: () => <EmojiGrid guildId={request.guildId} onPick={request.onEmoji} />,
    stickers: () => <StickerGrid guildId={request.guildId} onPick={request.onSticker} />,
    gifs: () => <GifGrid onPick={request.onGif} />,
    saved: () => <SavedGrid onPick={request.onSaved} />,
  };
  const names = { emoji: t`Emoji`, stickers: t`Stickers`, gifs: t`GIFs`, saved: t`Saved` };
  const grid = <Suspense fallback={null}>{grids[tab]()}</Suspense>;
  // Without a service behind it there is nothing to search.
  const tabs = request.tabs.filter((id) => id !== 'gifs' || gifService());
  if (tabs.length < 2) return <div className={styles.panel}>{grid}</div>;
  return (
    <div className={styles.panel}>
      <Tabs
        label={t`What to pick`}
        value={tab}
        onChange={(value) => setTab(value as PickerTab)}
        tabs={tabs.map((id) => ({ id, label: names[id] }))}
      />
      {grid}
    </div>
  );
}
