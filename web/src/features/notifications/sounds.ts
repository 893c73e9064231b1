// Sounds, made here: short soft tones, no files. Each can be off; the volume is the person's.
import { preferences } from '#/ui/preferences';

interface Tone {
  /** Hertz. */
  pitch: number;
  /** Seconds from the beginning, and long. */
  at: number;
  long: number;
  loud?: number;
}
const note = (pitch: number, at: number, long = 0.16, loud = 1): Tone => ({ pitch, at, long, loud });

const SOUNDS = {
  message: [note(660, 0, 0.12, 0.7)],
  mention: [note(660, 0, 0.1), note(880, 0.09, 0.2)],
  direct: [note(587, 0, 0.1), note(784, 0.1, 0.18)],
  mute: [note(440, 0, 0.08), note(330, 0.07, 0.1)],
  unmute: [note(330, 0, 0.08), note(440, 0.07, 0.1)],
  deafen: [note(392, 0, 0.08), note(262, 0.07, 0.14)],
  undeafen: [note(262, 0, 0.08), note(392, 0.07, 0.14)],
  join: [note(392, 0, 0.1), note(523, 0.09, 0.16)],
  leave: [note(523, 0, 0.1), note(392, 0.09, 0.16)],
  moved: [note(440, 0, 0.08), note(523, 0.08, 0.08), note(440, 0.16, 0.12)],
  disconnected: [note(392, 0, 0.12), note(330, 0.12, 0.12), note(262, 0.24, 0.24)],
  incoming: [note(587, 0, 0.22), note(784, 0.24, 0.22), note(587, 0.48, 0.22), note(784, 0.72, 0.3)],
  outgoing: [note(440, 0, 0.5, 0.5)],
} satisfies Record<string, Tone[]>;
export type SoundName = keyof typeof SOUNDS;
export const soundNames = Object.keys(SOUNDS) as SoundName[];

let context: AudioContext | undefined;
/** A busy place rings once, not with every line. */
const APART = 700;
let played = 0;

/** `force` plays what is off: for trying it in the settings. */
export function play(name: SoundName, force = false): void {
  const { sounds, soundsOff, volume } = preferences();
  if (!force && (!sounds || soundsOff.includes(name))) return;
  if (typeof AudioContext === 'undefined') return;
  if (!force && performance.now() - played < APART) return;
  played = performance.now();
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume().catch(() => {});
    const out = context.createGain();
    out.gain.value = (volume / 100) ** 2 * 0.5;
    out.connect(context.destination);
    const now = context.currentTime + 0.01;
    for (const { pitch, at, long, loud = 1 } of SOUNDS[name] as Tone[]) {
      const voice = context.createOscillator();
      const shape = context.createGain();
      voice.type = 'sine';
      voice.frequency.value = pitch;
      shape.gain.setValueAtTime(0, now + at);
      shape.gain.linearRampToValueAtTime(loud, now + at + 0.012);
      shape.gain.exponentialRampToValueAtTime(0.001, now + at + long);
      voice.connect(shape).connect(out);
      voice.start(now + at);
      voice.stop(now + at + long + 0.02);
    }
  } catch {
    // a device without sound
  }
}
