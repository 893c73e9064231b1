import { useLingui } from '@lingui/react/macro';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { useCallback, useRef } from 'react';
import type { Attachment } from '#/api/types';
import { formatDuration } from '#/i18n';
import { fileUrl } from '#/model/media';
import { IconButton } from '#/ui';
import { Rate, Seek } from './controls';
import styles from './Player.module.css';
import { playNext } from './playing';
import { type Player, usePlayer } from './usePlayer';

const BARS = 48;
const rates = [1, 1.5, 2];

/** Heights 0 to 1 of a waveform as the wire has it: bytes in base64. */
export function bars(waveform: string, count = BARS): number[] {
  let bytes: number[];
  try {
    bytes = Array.from(atob(waveform), (char) => char.charCodeAt(0));
  } catch {
    bytes = [];
  }
  if (bytes.length === 0) bytes = [0];
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * bytes.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * bytes.length) / count));
    return Math.max(...bytes.slice(from, to)) / 255;
  });
}

export function Waveform({ heights, part }: { heights: number[]; part: number }) {
  return (
    <svg viewBox={`0 0 ${heights.length * 4} 32`} preserveAspectRatio="none" aria-hidden="true">
      {heights.map((height, i) => {
        const size = 4 + height * 26;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name
            key={i}
            x={i * 4 + 0.75}
            y={16 - size / 2}
            width={2.5}
            height={size}
            rx={1.25}
            data-done={(i + 0.5) / heights.length <= part ? true : undefined}
          />
        );
      })}
    </svg>
  );
}

export function VoiceMessage({ file, messageId }: { file: Attachment; messageId: string }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const follow = useCallback(() => {
    if (box.current) playNext(box.current);
  }, []);
  const player = usePlayer(file.duration ?? 0, follow);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a player's controls
    <div ref={box} className={styles.voice} role="group" aria-label={t`Voice message`} data-voice={messageId}>
      {/* biome-ignore lint/a11y/useMediaCaption: people's own recordings have none */}
      <audio ref={player.ref} src={fileUrl(file)} preload="none" />
      <VoiceControls player={player} heights={bars(file.waveform ?? '')} />
    </div>
  );
}

export function VoiceControls({ player, heights }: { player: Player; heights: number[] }) {
  const { t } = useLingui();
  const shown = player.time > 0 ? player.time : player.duration;
  return (
    <>
      <IconButton
        label={player.playing ? t`Pause` : t`Play`}
        data-play
        variant="primary"
        icon={player.playing ? <Pause size={18} strokeWidth={2} /> : <Play size={18} strokeWidth={2} />}
        onClick={player.toggle}
      />
      <div className={styles.wave}>
        <Waveform heights={heights} part={player.duration ? player.time / player.duration : 0} />
        <Seek player={player} />
      </div>
      <span className={styles.time}>{formatDuration(shown)}</span>
      <Rate player={player} rates={rates} />
    </>
  );
}
