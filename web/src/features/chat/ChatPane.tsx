import { lazy, Suspense, useEffect, useState } from 'react';
import { usePicker } from '#/features/emoji/open';
import { useEntity, useSettings } from '#/store';
import { later } from '#/ui/later';
import styles from './ChatPane.module.css';
import { useBarrier } from './composer/Barrier';
import { Composer } from './composer/Composer';
import { TypingLine } from './composer/TypingLine';
import { DropArea } from './DropArea';
import { useChat } from './state';
import { Timeline } from './Timeline';

const SelectionBar = later(() => import('./SelectionBar').then((part) => part.SelectionBar));
const Overlays = lazy(() => import('./dialogs/Overlays'));
const Picker = lazy(() => import('#/features/emoji/Picker'));

interface Props {
  channelId: string;
  /** A message to jump to, as the address names it. */
  messageId?: string;
}

/** The conversation of a channel: its timeline and the place to write. The header is the shell's. */
export function ChatPane({ channelId, messageId }: Props) {
  return <Pane key={channelId} channelId={channelId} messageId={messageId} />;
}

function Pane({ channelId, messageId }: Props) {
  const guildId = useEntity('channels', channelId, (channel) => channel?.guild_id) ?? undefined;
  const barrier = useBarrier(channelId, guildId);
  const overlay = useChat((chat) => chat.overlay !== null);
  const picking = usePicker((picker) => picker.request !== null);
  const selecting = useChat((chat) => chat.selected[channelId] !== undefined);
  const developer = useSettings()?.developer_mode ?? false;
  const [reached, setReached] = useState<string>();
  useEffect(() => useChat.setState({ developer }), [developer]);
  useEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) return;
    let stop: (() => void) | undefined;
    let gone = false;
    void import('./touch').then(({ startTouch }) => {
      if (!gone) stop = startTouch(document.body);
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, []);
  return (
    <DropArea channelId={channelId} className={styles.pane}>
      <Timeline
        channelId={channelId}
        guildId={guildId}
        messageId={messageId === reached ? undefined : messageId}
        onReached={() => setReached(messageId)}
      />
      <div className={styles.foot}>
        {selecting ? (
          <SelectionBar channelId={channelId} />
        ) : (
          (barrier ?? <Composer channelId={channelId} guildId={guildId} />)
        )}
        <TypingLine channelId={channelId} guildId={guildId} />
      </div>
      {overlay ? (
        <Suspense fallback={null}>
          <Overlays />
        </Suspense>
      ) : null}
      {picking ? (
        <Suspense fallback={null}>
          <Picker />
        </Suspense>
      ) : null}
    </DropArea>
  );
}
