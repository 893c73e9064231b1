import { Trans, useLingui } from '@lingui/react/macro';
import SendHorizontal from 'lucide-react/icons/send-horizontal';
import Square from 'lucide-react/icons/square';
import Trash2 from 'lucide-react/icons/trash-2';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { formatDuration } from '#/i18n';
import type { DraftFile } from '#/store';
import { IconButton, toast, VisuallyHidden } from '#/ui';
import player from '../media/Player.module.css';
import { usePlayer } from '../media/usePlayer';
import { VoiceControls, Waveform } from '../media/VoiceMessage';
import styles from './Composer.module.css';
import { encode, Recorder, type Recording } from './recorder';

interface Props {
  onClose: () => void;
  send: (file: DraftFile) => void;
}

const icon = { size: 20, strokeWidth: 1.75 } as const;
const SHORTEST = 0.5;
const LONGEST = 1200;

/** Records, lets one listen, sends. Nothing leaves the device before that. */
export function VoiceRecorder({ onClose, send }: Props) {
  const { t } = useLingui();
  const recorder = useRef<Recorder | null>(null);
  const [levels, setLevels] = useState<number[]>([]);
  const [seconds, setSeconds] = useState(0);
  const [done, setDone] = useState<Recording | null>(null);
  const failed = useEffectEvent(() => {
    toast({ kind: 'error', text: t`The microphone cannot be used. Allow it in the browser to record.` });
    onClose();
  });
  const stop = useEffectEvent(async () => setDone((await recorder.current?.stop()) ?? null));
  useEffect(() => {
    const made = new Recorder((all, time) => {
      setLevels([...all.slice(-64)]);
      setSeconds(time);
      if (time >= LONGEST) void stop();
    });
    recorder.current = made;
    made.start().catch(() => failed());
    return () => made.cancel();
  }, []);
  const finish = async () => {
    const recording = done ?? (await recorder.current?.stop());
    if (!recording) return;
    if (recording.duration < SHORTEST) {
      toast({ kind: 'warning', text: t`That was too short.` });
      return onClose();
    }
    send({
      id: crypto.randomUUID(),
      blob: recording.blob,
      name: recording.name,
      voice: { duration: Math.max(1, Math.round(recording.duration)), waveform: encode(recording.levels) },
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, which the composer's layout does not bear
    <div className={styles.composer} role="group" aria-label={t`Voice message`}>
      <div className={styles.voice}>
        <IconButton label={t`Discard`} icon={<Trash2 {...icon} />} onClick={onClose} />
        {done ? (
          <Listen recording={done} />
        ) : (
          <>
            <span className={styles.recording} aria-hidden />
            <output className={styles.clock}>{formatDuration(seconds)}</output>
            <span className={styles.level}>
              <Waveform
                heights={[...Array.from({ length: Math.max(0, 64 - levels.length) }, () => 0), ...levels]}
                part={1}
              />
            </span>
            <IconButton label={t`Stop and listen`} icon={<Square {...icon} />} onClick={() => void stop()} />
          </>
        )}
        <button
          type="button"
          className={styles.send}
          data-ready="true"
          aria-label={t`Send voice message`}
          onClick={finish}
        >
          <SendHorizontal {...icon} className="mirrored" aria-hidden />
        </button>
      </div>
      <VisuallyHidden>{done ? null : <Trans>Recording</Trans>}</VisuallyHidden>
    </div>
  );
}

function Listen({ recording }: { recording: Recording }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(recording.blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [recording]);
  const state = usePlayer(recording.duration);
  return (
    <div className={player.voice}>
      {/* biome-ignore lint/a11y/useMediaCaption: one's own recording */}
      <audio ref={state.ref} src={url} preload="auto" />
      <VoiceControls player={state} heights={recording.levels.length ? shrink(recording.levels, 48) : [0]} />
    </div>
  );
}

function shrink(levels: number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * levels.length) / count);
    return Math.max(...levels.slice(from, Math.max(from + 1, Math.floor(((i + 1) * levels.length) / count))));
  });
}
