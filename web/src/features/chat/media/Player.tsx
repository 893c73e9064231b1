import { useLingui } from '@lingui/react/macro';
import Maximize from 'lucide-react/icons/maximize';
import Music from 'lucide-react/icons/music';
import Pause from 'lucide-react/icons/pause';
import PictureInPicture2 from 'lucide-react/icons/picture-in-picture-2';
import Play from 'lucide-react/icons/play';
import Volume2 from 'lucide-react/icons/volume-2';
import VolumeX from 'lucide-react/icons/volume-x';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Attachment } from '#/api/types';
import { formatBytes, formatDuration } from '#/i18n';
import { attachmentUrl, fileUrl } from '#/model/media';
import { cx, IconButton } from '#/ui';
import looks from '#/ui/looks.module.css';
import { Rate, Seek } from './controls';
import { revealed } from './gallery';
import { type Box, EXPLICIT, placeholderUrl, SPOILER } from './media';
import styles from './Player.module.css';
import { type Player, usePlayer } from './usePlayer';

const icon = { size: 18, strokeWidth: 1.75 } as const;
const rates = [1, 1.25, 1.5, 1.75, 2, 0.75];

function mediaKeys(event: KeyboardEvent, player: Player): void {
  if ((event.target as HTMLElement).matches('input, button') && event.key === ' ') return;
  const actions: Record<string, (() => void) | undefined> = {
    ' ': player.toggle,
    k: player.toggle,
    m: () => player.setMuted(!player.muted),
    ArrowLeft: () => player.seek(player.time - 5),
    ArrowRight: () => player.seek(player.time + 5),
  };
  const action = (event.target as HTMLElement).matches('input') ? undefined : actions[event.key];
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function Controls({ player, film }: { player: Player; film?: React.ReactNode }) {
  const { t } = useLingui();
  return (
    <div className={styles.controls}>
      <IconButton
        size="s"
        label={player.playing ? t`Pause` : t`Play`}
        icon={player.playing ? <Pause {...icon} /> : <Play {...icon} />}
        onClick={player.toggle}
      />
      <Seek player={player} className={styles.seek} />
      <span className={styles.time}>
        {formatDuration(player.time)} / {formatDuration(player.duration)}
      </span>
      <Rate player={player} rates={rates} />
      <IconButton
        size="s"
        label={player.muted ? t`Sound on` : t`Sound off`}
        icon={player.muted ? <VolumeX {...icon} /> : <Volume2 {...icon} />}
        onClick={() => player.setMuted(!player.muted)}
      />
      <input
        type="range"
        className={styles.volume}
        aria-label={t`Volume`}
        min={0}
        max={1}
        step={0.05}
        value={player.muted ? 0 : player.volume}
        onChange={(event) => player.setVolume(event.currentTarget.valueAsNumber)}
      />
      {film}
    </div>
  );
}

export function AudioPlayer({ file }: { file: Attachment }) {
  const { t } = useLingui();
  const player = usePlayer(file.duration ?? 0);
  const name = file.title || file.filename;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a player's controls
    <div
      className={styles.audio}
      role="group"
      aria-label={t`Sound ${name}`}
      onKeyDown={(e) => mediaKeys(e, player)}
    >
      <div className={styles.title}>
        <Music size={20} strokeWidth={1.75} aria-hidden />
        <bdi className={cx(styles.name, looks.truncated)}>
          <a href={fileUrl(file)} target="_blank" rel="noopener noreferrer" download={file.filename}>
            {name}
          </a>
        </bdi>
        <span>{formatBytes(file.size)}</span>
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: people's own recordings have none */}
      <audio ref={player.ref} src={fileUrl(file)} preload="none" />
      {player.failed ? (
        <p className={styles.failed}>{t`It cannot be played here.`}</p>
      ) : (
        <Controls player={player} />
      )}
    </div>
  );
}

interface VideoProps {
  file: Attachment;
  box: Box;
  cover?: boolean;
}

/** A film: its still picture until it is wanted. */
export function VideoPlayer({ file, box, cover }: VideoProps) {
  const { t } = useLingui();
  const hidden = (file.flags & (SPOILER | EXPLICIT)) !== 0;
  const [shown, setShown] = useState(!hidden || revealed.has(file.id));
  const [started, setStarted] = useState(false);
  // A server may have nothing to make stills with.
  const [still, setStill] = useState(true);
  const frame = useRef<HTMLDivElement>(null);
  const player = usePlayer(file.duration ?? 0);
  const poster = attachmentUrl(file, { ...box, still: true });
  const background = placeholderUrl(file.placeholder);
  if (!shown || !started) {
    const begin = () => {
      revealed.add(file.id);
      setShown(true);
      if (shown) setStarted(true);
    };
    const label = shown ? t`Play ${file.filename}` : t`Spoiler: press to show`;
    return (
      <button
        type="button"
        className={styles.poster}
        style={background ? { backgroundImage: `url(${background})` } : undefined}
        aria-label={label}
        onClick={begin}
        data-media={file.url ?? undefined}
      >
        {shown && still && poster ? (
          <img
            src={poster}
            alt={file.description ?? ''}
            loading="lazy"
            decoding="async"
            className={styles.still}
            onError={() => setStill(false)}
          />
        ) : null}
        <span className={styles.play}>{shown ? <Play size={28} strokeWidth={1.75} /> : t`Spoiler`}</span>
        {shown && file.duration ? (
          <span className={styles.length}>{formatDuration(file.duration)}</span>
        ) : null}
      </button>
    );
  }
  const film = (
    <>
      {document.pictureInPictureEnabled ? (
        <IconButton
          size="s"
          label={t`Picture in picture`}
          icon={<PictureInPicture2 {...icon} />}
          onClick={() => void frame.current?.querySelector('video')?.requestPictureInPicture()}
        />
      ) : null}
      <IconButton
        size="s"
        label={t`Full screen`}
        icon={<Maximize {...icon} />}
        onClick={() =>
          void (document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen())
        }
      />
    </>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a player's controls
    <div
      ref={frame}
      className={cx(styles.video, cover && styles.covers)}
      role="group"
      aria-label={t`Video ${file.filename}`}
      onKeyDown={(event) => mediaKeys(event, player)}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: people's own films have none */}
      <video
        ref={player.ref}
        src={fileUrl(file)}
        poster={still ? poster : undefined}
        autoPlay
        playsInline
        onClick={player.toggle}
        width={box.width}
        height={box.height}
      />
      {player.failed ? <p className={styles.failed}>{t`It cannot be played here.`}</p> : null}
      <Controls player={player} film={film} />
    </div>
  );
}
