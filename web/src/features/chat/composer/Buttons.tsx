import { useLingui } from '@lingui/react/macro';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import ImagePlay from 'lucide-react/icons/image-play';
import Mic from 'lucide-react/icons/mic';
import Paperclip from 'lucide-react/icons/paperclip';
import Plus from 'lucide-react/icons/plus';
import SendHorizontal from 'lucide-react/icons/send-horizontal';
import Smile from 'lucide-react/icons/smile';
import Sticker from 'lucide-react/icons/sticker';
import { lazy, Suspense, useRef, useState } from 'react';
import { gifService } from '#/features/emoji/gifService';
import type { PickerTab } from '#/features/emoji/open';
import { keyOf } from '#/features/keys/actions';
import { formatDuration } from '#/i18n';
import { type Draft, useMe } from '#/store';
import { IconButton, openMenu, pickFiles, useHotkeys, usePreferences } from '#/ui';
import styles from './Composer.module.css';

const ScheduleDialog = lazy(() => import('../dialogs/ScheduleDialog'));
const icon = { size: 20, strokeWidth: 1.75 } as const;

interface AttachProps {
  channelId: string;
  guildId?: string;
  may: boolean;
  draft: Draft;
  onFiles: (files: File[]) => void;
  onVoice: () => void;
  onScheduled: () => void;
}

/** Files, a voice message, a time to send at. */
export function Attach({ channelId, guildId, may, draft, onFiles, onVoice, onScheduled }: AttachProps) {
  const { t } = useLingui();
  const [scheduling, setScheduling] = useState(false);
  const schedules = useMe()?.traits?.includes('MT_MESSAGE_SCHEDULING') ?? false;
  const filled = draft.text.trim() !== '';
  const choose = async () => onFiles(await pickFiles({ multiple: true }));
  return (
    <>
      <IconButton
        label={t`Add`}
        icon={<Plus {...icon} />}
        onClick={(event) =>
          openMenu(
            event,
            [
              {
                id: 'file',
                label: t`Attach files`,
                icon: <Paperclip {...icon} />,
                keys: 'Mod+Shift+U',
                reason: may ? undefined : t`You may not attach files here.`,
                onSelect: choose,
              },
              'mediaDevices' in navigator && {
                id: 'voice',
                label: t`Voice message`,
                icon: <Mic {...icon} />,
                reason: may ? undefined : t`You may not attach files here.`,
                onSelect: onVoice,
              },
              schedules && {
                id: 'schedule',
                label: t`Send later`,
                icon: <CalendarClock {...icon} />,
                reason: filled ? undefined : t`Write something first.`,
                onSelect: () => setScheduling(true),
              },
            ],
            { side: 'top', align: 'start', label: t`Add` },
          )
        }
      />
      {scheduling ? (
        <Suspense fallback={null}>
          <ScheduleDialog
            channelId={channelId}
            guildId={guildId}
            content={draft.text}
            reply={draft.reply}
            onClose={() => setScheduling(false)}
            onDone={onScheduled}
          />
        </Suspense>
      ) : null}
    </>
  );
}

interface ToolsProps {
  channelId: string;
  guildId?: string;
  insert: (text: string, wire?: string) => void;
  sendSticker: (id: string) => void;
  sendGif: (url: string) => void;
  sendSaved: (id: string) => void;
}

/** Emoji and stickers, in the panel that is loaded with the first press. */
export function Tools({ guildId, insert, sendSticker, sendGif, sendSaved }: ToolsProps) {
  const { t } = useLingui();
  const buttons = usePreferences((p) => p.composerButtons);
  const row = useRef<HTMLDivElement>(null);
  const gifs = gifService() !== undefined;
  const open = async (tab: PickerTab) => {
    const anchor = row.current;
    if (!anchor) return;
    const { openPicker } = await import('#/features/emoji/open');
    openPicker({
      anchor,
      guildId,
      tabs: ['emoji', 'stickers', 'gifs', 'saved'],
      tab,
      onEmoji: (emoji) =>
        emoji.id
          ? insert(`:${emoji.name}:`, `<${emoji.animated ? 'a' : ''}:${emoji.name}:${emoji.id}>`)
          : insert(emoji.name),
      onSticker: sendSticker,
      onGif: sendGif,
      onSaved: sendSaved,
    });
  };
  const keys: Record<string, PickerTab> = {
    [keyOf('emoji') ?? '']: 'emoji',
    [keyOf('sticker') ?? '']: 'stickers',
    [keyOf('gif') ?? '']: gifs ? 'gifs' : 'saved',
  };
  useHotkeys(
    Object.fromEntries(Object.entries(keys).map(([combination, tab]) => [combination, () => void open(tab)])),
    { inFields: true },
  );
  return (
    <div ref={row} className={styles.tools}>
      {gifs && buttons.includes('gif') ? (
        <IconButton
          className={styles.optional}
          label={t`GIFs`}
          keys="Mod+G"
          side="top"
          icon={<ImagePlay {...icon} />}
          onClick={() => open('gifs')}
        />
      ) : null}
      {buttons.includes('sticker') ? (
        <IconButton
          className={styles.optional}
          label={t`Stickers`}
          keys="Mod+S"
          side="top"
          icon={<Sticker {...icon} />}
          onClick={() => open('stickers')}
        />
      ) : null}
      {buttons.includes('emoji') ? (
        <IconButton
          label={t`Emoji`}
          keys="Mod+E"
          side="top"
          icon={<Smile {...icon} />}
          onClick={() => open('emoji')}
        />
      ) : null}
    </div>
  );
}

interface SendProps {
  slow: { every: number; left: number };
  ready: boolean;
}

export function SendButton({ slow, ready }: SendProps) {
  const { t } = useLingui();
  if (slow.left > 0) {
    return (
      <output className={styles.slow} aria-label={t`Slow mode: ${slow.left} seconds left`}>
        {formatDuration(slow.left)}
      </output>
    );
  }
  return (
    <button
      type="submit"
      className={styles.send}
      aria-label={t`Send`}
      data-ready={ready}
      aria-disabled={!ready}
    >
      <SendHorizontal size={20} strokeWidth={1.75} className="mirrored" aria-hidden />
    </button>
  );
}
