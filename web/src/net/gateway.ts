// The gateway's connection as a machine: it is told what the socket and the clock do and tells what it wants.
// It owns the session (id, sequence, when it was last heard), heartbeats, backoff and the frame guard.
// Dispatches come out in order, each exactly once; it knows nothing of their meaning beyond READY and RESUMED.
import type { Clock } from './clock';

export interface Socket {
  send(text: string): void;
  close(code: number): void;
}
export interface SocketEvents {
  open(): void;
  message(text: string): void;
  close(code: number, reason: string): void;
}
export interface Dispatch {
  t: string;
  d: unknown;
  s?: number;
}
export type GatewayPhase = 'closed' | 'connecting' | 'live' | 'reconnecting' | 'offline';
export interface GatewayOutput {
  dispatch(event: Dispatch): void;
  phase(phase: GatewayPhase, about: { reason?: string; retryAt?: number; since: number }): void;
  /** The token is no longer valid. */
  signedOut(): void;
  /** This page speaks a version the server does not. */
  outdated(): void;
}
export interface GatewayInput {
  connect(events: SocketEvents): Socket;
  token(): string;
  identify(): Record<string, unknown>;
  presence(): Record<string, unknown>;
}

const STEPS = [500, 1000, 2000, 4000, 8000, 15_000];
const BEAT = 33_000;
const JITTER = 1500;
const ACK_WITHIN = 15_000;
const HELLO_WITHIN = 20_000;
const SESSION_LIVES = 180_000;
const OFFLINE_AFTER = 30_000;
const FRAMES = 90;
const FRAME_WINDOW = 60_000;
const FRAME_BYTES = 4096;

export class Gateway {
  private socket: Socket | undefined;
  private generation = 0;
  private wanted = false;
  private live = false;
  private wasLive = false;
  private lostAt = 0;
  private attempt = 0;
  private session: { id: string; seq: number; heard: number } | undefined;
  private sent: number[] = [];
  private waiting: string[] = [];
  private timers = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly input: GatewayInput,
    private readonly output: GatewayOutput,
  ) {}

  get sessionId(): string | undefined {
    return this.live ? this.session?.id : undefined;
  }

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.lostAt = this.clock.now();
    this.output.phase('connecting', { since: this.lostAt });
    this.timer('offline', OFFLINE_AFTER, () => this.tellLost('unreachable'));
    this.open();
  }

  /** Ends for good: another account, or signed out. */
  stop(): void {
    this.wanted = false;
    this.session = undefined;
    this.drop(1000);
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    this.waiting = [];
    this.wasLive = false;
    this.output.phase('closed', { since: this.clock.now() });
  }

  /** The network came back, the machine woke, or the person asked. */
  wake(): void {
    if (!this.wanted || this.live) return;
    this.attempt = 0;
    if (!this.socket) this.open();
  }

  /** The network says it is gone; waiting for the heartbeat to notice would take long. */
  lost(): void {
    if (this.socket) this.closed(4000, 'offline');
  }

  /** The token changed: a new session with the new one, on a new socket. */
  renew(): void {
    this.session = undefined;
    this.drop(4000);
    this.attempt = 0;
    if (this.wanted) this.open();
  }

  /** A frame within the guard's limits; held back while there is no session. */
  send(op: number, d: unknown): boolean {
    const text = JSON.stringify({ op, d });
    if (text.length > FRAME_BYTES || new TextEncoder().encode(text).length > FRAME_BYTES) return false;
    if (!this.live) return false;
    this.waiting.push(text);
    this.flush();
    return true;
  }

  private flush(): void {
    const now = this.clock.now();
    this.sent = this.sent.filter((at) => at > now - FRAME_WINDOW);
    while (this.live && this.waiting.length && this.sent.length < FRAMES) {
      this.sent.push(now);
      this.socket?.send(this.waiting.shift() as string);
    }
    const oldest = this.sent[0];
    if (this.waiting.length && oldest !== undefined) {
      this.timer('guard', oldest + FRAME_WINDOW - now + 1, () => this.flush());
    }
  }

  private open(): void {
    this.cancel('retry');
    const mine = ++this.generation;
    const current = (act: () => void) => {
      if (mine === this.generation) act();
    };
    this.timer('hello', HELLO_WITHIN, () => this.closed(4000, 'no hello'));
    this.socket = this.input.connect({
      open: () => {},
      message: (text) => current(() => this.frame(text)),
      close: (code, reason) => current(() => this.closed(code, reason)),
    });
  }

  private frame(text: string): void {
    let frame: { op: number; d: unknown; s?: number; t?: string };
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    if (this.session) this.session.heard = this.clock.now();
    switch (frame.op) {
      case 0:
        this.dispatch(frame as Dispatch);
        return;
      case 1:
        this.beat();
        return;
      case 7:
        this.closed(4000, 'reconnect');
        return;
      case 9:
        this.session = undefined;
        this.live = false;
        this.timer('again', 500 + this.clock.random() * 1500, () => this.identify());
        return;
      case 10:
        this.cancel('hello');
        this.schedule();
        this.session ? this.resume() : this.identify();
        return;
      case 11:
        this.cancel('ack');
    }
  }

  private identify(): void {
    this.raw(2, { token: this.input.token(), ...this.input.identify() });
  }

  private resume(): void {
    const session = this.session;
    if (!session) {
      this.identify();
      return;
    }
    this.raw(6, { token: this.input.token(), session_id: session.id, seq: session.seq });
  }

  private raw(op: number, d: unknown): void {
    this.sent.push(this.clock.now());
    this.socket?.send(JSON.stringify({ op, d }));
  }

  private dispatch(event: Dispatch): void {
    if (event.t === 'READY') {
      const id = (event.d as { session_id: string }).session_id;
      this.session = { id, seq: event.s ?? 1, heard: this.clock.now() };
      this.arrived();
      this.output.dispatch(event);
      this.raw(3, this.input.presence());
      return;
    }
    if (event.t === 'RESUMED') {
      this.arrived();
      this.output.dispatch(event);
      this.raw(3, this.input.presence());
      this.flush();
      return;
    }
    const session = this.session;
    if (!session) return;
    if (event.s !== undefined) {
      if (event.s <= session.seq) return; // heard before the connection was lost
      session.seq = event.s;
    }
    this.output.dispatch(event);
  }

  private arrived(): void {
    this.live = true;
    this.wasLive = true;
    this.attempt = 0;
    this.cancel('offline');
    this.output.phase('live', { since: this.clock.now() });
  }

  private schedule(): void {
    this.timer('beat', BEAT + (this.clock.random() * 2 - 1) * JITTER, () => {
      this.beat();
      this.schedule();
    });
  }

  private beat(): void {
    this.raw(1, this.session ? this.session.seq : null);
    if (!this.timers.has('ack'))
      this.timer('ack', ACK_WITHIN, () => this.closed(4000, 'no heartbeat answer'));
  }

  private drop(code: number): void {
    this.generation++;
    for (const name of ['hello', 'beat', 'ack', 'again', 'retry', 'guard']) this.cancel(name);
    const socket = this.socket;
    this.socket = undefined;
    this.live = false;
    socket?.close(code);
  }

  private closed(code: number, reason: string): void {
    const was = this.live;
    this.drop(4000);
    this.waiting = [];
    this.sent = [];
    if (!this.wanted) return;
    if (code === 4004) {
      this.session = undefined;
      this.wanted = false;
      this.cancel('offline');
      this.output.signedOut();
      return;
    }
    if (code === 4012) {
      this.wanted = false;
      this.output.outdated();
      return;
    }
    if (code === 4007 || code === 4013) this.session = undefined;
    const now = this.clock.now();
    if (was) {
      this.lostAt = now;
      this.timer('offline', OFFLINE_AFTER, () => this.tellLost('unreachable'));
    }
    if (this.session && now - this.session.heard > SESSION_LIVES) this.session = undefined;
    const step = STEPS[Math.min(this.attempt, STEPS.length - 1)] as number;
    this.attempt++;
    const wait = code === 4008 ? 60_000 : this.clock.random() * step;
    this.timer('retry', wait, () => {
      const session = this.session;
      if (session && this.clock.now() - session.heard > SESSION_LIVES) this.session = undefined;
      this.open();
    });
    const late = now - this.lostAt >= OFFLINE_AFTER;
    const phase = late ? 'offline' : this.wasLive ? 'reconnecting' : 'connecting';
    this.output.phase(phase, { reason: reason || String(code), retryAt: now + wait, since: this.lostAt });
  }

  private tellLost(reason: string): void {
    if (!this.live) this.output.phase('offline', { reason, since: this.lostAt });
  }

  private timer(name: string, ms: number, call: () => void): void {
    this.cancel(name);
    this.timers.set(
      name,
      this.clock.after(ms, () => {
        this.timers.delete(name);
        call();
      }),
    );
  }
  private cancel(name: string): void {
    this.timers.get(name)?.();
    this.timers.delete(name);
  }
}
