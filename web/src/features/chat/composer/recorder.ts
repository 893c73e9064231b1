// Recording a voice: Opus where the browser has it, AAC elsewhere, with its loudness over time.

export interface Recording {
  blob: Blob;
  name: string;
  /** Seconds. */
  duration: number;
  /** 0 to 1, ten a second. */
  levels: number[];
}

// WebM comes last: by its name a server takes it for a video, and not every browser plays it.
const formats: [string, string][] = [
  ['audio/ogg;codecs=opus', 'ogg'],
  ['audio/mp4;codecs=opus', 'm4a'],
  ['audio/mp4', 'm4a'],
  ['audio/webm;codecs=opus', 'webm'],
];
const EVERY = 100;

export class Recorder {
  private stream: MediaStream | undefined;
  private recorder: MediaRecorder | undefined;
  private context: AudioContext | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly chunks: Blob[] = [];
  private readonly levels: number[] = [];
  private started = 0;
  private extension = 'ogg';
  private cancelled = false;

  constructor(private readonly heard: (levels: readonly number[], seconds: number) => void) {}

  async start(): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    this.stream = stream;
    if (this.cancelled) return this.release();
    const [type, extension] = formats.find(([name]) => MediaRecorder.isTypeSupported(name)) ?? ['', 'ogg'];
    this.extension = extension;
    this.recorder = new MediaRecorder(stream, type ? { mimeType: type, audioBitsPerSecond: 48_000 } : {});
    this.recorder.ondataavailable = ({ data }) => data.size && this.chunks.push(data);
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 1024;
    this.context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.recorder.start(1000);
    this.started = performance.now();
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      let sum = 0;
      for (const sample of samples) sum += sample * sample;
      this.levels.push(Math.min(1, Math.sqrt(sum / samples.length) * 4));
      this.heard(this.levels, this.seconds());
    }, EVERY);
  }

  private seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  async stop(): Promise<Recording | undefined> {
    const { recorder } = this;
    if (!recorder || recorder.state === 'inactive') return undefined;
    const duration = this.seconds();
    const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
    recorder.stop();
    await ended;
    this.release();
    const type = recorder.mimeType.split(';')[0] ?? 'audio/ogg';
    return {
      blob: new Blob(this.chunks, { type }),
      name: `voice-message.${this.extension}`,
      duration,
      levels: this.levels,
    };
  }

  cancel(): void {
    this.cancelled = true;
    if (this.recorder && this.recorder.state !== 'inactive') this.recorder.stop();
    this.release();
  }

  private release(): void {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    void this.context?.close();
    this.context = undefined;
  }
}

const BYTES = 100;

/** Loudness as the wire has it: at most a hundred bytes in base64. */
export function encode(levels: readonly number[]): string {
  const count = Math.max(1, Math.min(BYTES, levels.length));
  let bytes = '';
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * levels.length) / count));
    bytes += String.fromCharCode(Math.round(Math.max(0, ...levels.slice(from, to)) * 255));
  }
  return btoa(bytes);
}
