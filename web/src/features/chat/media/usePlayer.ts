import { useEffect, useState } from 'react';
import { playAlone } from './playing';

export interface Player {
  playing: boolean;
  time: number;
  duration: number;
  volume: number;
  muted: boolean;
  rate: number;
  failed: boolean;
  toggle: () => void;
  seek: (time: number) => void;
  setVolume: (volume: number) => void;
  setMuted: (muted: boolean) => void;
  setRate: (rate: number) => void;
  ref: (element: HTMLMediaElement | null) => void;
}

let lastVolume = 1;

/** The state of a sound or film as React sees it. `known` is its length before it is loaded. */
export function usePlayer(known = 0, onEnd?: () => void): Player {
  const [element, setElement] = useState<HTMLMediaElement | null>(null);
  const [state, setState] = useState({ playing: false, time: 0, duration: known, failed: false });
  const [volume, setVolume] = useState(lastVolume);
  const [muted, setMuted] = useState(false);
  const [rate, setRate] = useState(1);
  useEffect(() => {
    if (!element) return;
    const read = () =>
      setState({
        playing: !element.paused && !element.ended,
        time: element.currentTime,
        duration: Number.isFinite(element.duration) && element.duration > 0 ? element.duration : known,
        failed: element.error !== null,
      });
    const ended = () => {
      read();
      onEnd?.();
    };
    const names = ['play', 'pause', 'timeupdate', 'loadedmetadata', 'seeked', 'error'] as const;
    for (const name of names) element.addEventListener(name, read);
    element.addEventListener('ended', ended);
    return () => {
      for (const name of names) element.removeEventListener(name, read);
      element.removeEventListener('ended', ended);
    };
  }, [element, known, onEnd]);
  useEffect(() => {
    if (!element) return;
    element.volume = volume;
    element.muted = muted;
    element.playbackRate = rate;
  }, [element, volume, muted, rate]);
  return {
    ...state,
    volume,
    muted,
    rate,
    toggle() {
      if (!element) return;
      if (element.paused) playAlone(element);
      else element.pause();
    },
    seek(time) {
      if (element) element.currentTime = Math.max(0, Math.min(time, element.duration || known));
    },
    setVolume(next) {
      lastVolume = next;
      setMuted(false);
      setVolume(next);
    },
    setMuted,
    setRate,
    ref: setElement,
  };
}
