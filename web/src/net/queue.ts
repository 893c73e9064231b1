// Messages on their way out. Text leaves a channel first in, first out; uploads have a lane of their own, so that
// they never hold text back. A message is tried again with the same nonce, for which the server returns the first
// message during five minutes; later the person is asked. What waits survives a restart.
import { ApiError, isAbort, NetworkError } from '#/api/error';
import type { Message } from '#/api/types';
import type { Outgoing, Pending } from '#/store/types';
import type { Clock } from './clock';

export interface Item {
  nonce: string;
  channelId: string;
  outgoing: Outgoing;
  /** When it was put in, and first tried (ms). */
  at: number;
  tried?: number;
  failed?: Pending['error'];
}
export interface QueueOutput {
  state(pending: Pending): void;
  sent(nonce: string, message: Message): void;
}
export interface QueueInput {
  post(item: Item, progress: (sent: number, total: number) => void, signal: AbortSignal): Promise<Message>;
  save(item: Item): void;
  forget(nonce: string): void;
}

const RETRY_FOR = 5 * 60_000;
const UPLOADS_AT_ONCE = 2;
const delay = (tries: number): number => Math.min(30_000, 1000 * 2 ** Math.max(0, tries - 1));

interface Entry extends Item {
  tries: number;
  state: Pending['state'];
  notBefore: number;
  abort?: AbortController;
  cancelTimer?: () => void;
}

export class SendQueue {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly clock: Clock,
    private readonly input: QueueInput,
    private readonly output: QueueOutput,
  ) {}

  add(item: Item): void {
    const entry: Entry = { ...item, tries: 0, state: item.failed ? 'failed' : 'queued', notBefore: 0 };
    this.entries.set(item.nonce, entry);
    this.input.save(item);
    this.tell(entry);
    this.pump();
  }

  /** Items of an earlier run: those older than five minutes are not sent behind anyone's back. */
  restore(items: Item[]): void {
    for (const item of [...items].sort((a, b) => a.at - b.at)) {
      if (this.entries.has(item.nonce)) continue;
      const old = this.clock.now() - (item.tried ?? item.at) > RETRY_FOR;
      if (old && !item.failed) item.failed = { code: 'NOT_SENT', message: 'It was not sent in time.' };
      this.entries.set(item.nonce, {
        ...item,
        tries: 0,
        state: item.failed ? 'failed' : 'queued',
        notBefore: 0,
      });
    }
    for (const entry of this.entries.values()) this.tell(entry);
    this.pump();
  }

  /** The server is reachable again. */
  kick(): void {
    for (const entry of this.entries.values()) {
      if (entry.state === 'queued' && entry.tries > 0) entry.notBefore = 0;
    }
    this.pump();
  }

  retry(nonce: string): void {
    const entry = this.entries.get(nonce);
    if (entry?.state !== 'failed') return;
    delete entry.failed;
    delete entry.tried;
    entry.state = 'queued';
    entry.tries = 0;
    entry.notBefore = 0;
    this.input.save(entry);
    this.tell(entry);
    this.pump();
  }

  discard(nonce: string): Outgoing | undefined {
    const entry = this.entries.get(nonce);
    if (!entry) return undefined;
    this.remove(entry);
    entry.abort?.abort();
    this.pump();
    return entry.outgoing;
  }

  /** Changes what waits; false once it is on its way. */
  replace(nonce: string, outgoing: Outgoing): boolean {
    const entry = this.entries.get(nonce);
    if (!entry || entry.state === 'sending' || entry.tried !== undefined) return false;
    entry.outgoing = outgoing;
    this.input.save(entry);
    this.tell(entry);
    return true;
  }

  /** The message came by the gateway before the answer to its request. */
  arrived(nonce: string): void {
    const entry = this.entries.get(nonce);
    if (!entry) return;
    this.remove(entry);
    this.pump();
  }

  /** Everything stops: another account, or signed out. */
  stop(): void {
    for (const entry of this.entries.values()) {
      entry.cancelTimer?.();
      entry.abort?.abort();
    }
    this.entries.clear();
  }

  private remove(entry: Entry): void {
    entry.cancelTimer?.();
    this.entries.delete(entry.nonce);
    this.input.forget(entry.nonce);
  }

  private pump(): void {
    const now = this.clock.now();
    const busy = new Set<string>();
    let uploads = 0;
    for (const entry of this.entries.values()) {
      if (entry.state === 'sending' && uploading(entry)) uploads++;
    }
    for (const entry of this.entries.values()) {
      if (entry.state === 'failed') continue;
      const lane = `${entry.channelId}${uploading(entry) ? '+' : ''}`;
      if (busy.has(lane)) continue;
      busy.add(lane);
      if (entry.state === 'sending') continue;
      if (entry.notBefore > now) {
        entry.cancelTimer?.();
        entry.cancelTimer = this.clock.after(entry.notBefore - now, () => this.pump());
        continue;
      }
      if (uploading(entry)) {
        if (uploads >= UPLOADS_AT_ONCE) continue;
        uploads++;
      }
      void this.attempt(entry);
    }
  }

  private async attempt(entry: Entry): Promise<void> {
    entry.state = 'sending';
    entry.cancelTimer?.();
    entry.tried ??= this.clock.now();
    this.input.save(entry);
    const abort = new AbortController();
    entry.abort = abort;
    this.tell(entry);
    const began = this.clock.now();
    try {
      const message = await this.input.post(
        entry,
        (sent, total) => {
          if (this.entries.get(entry.nonce) !== entry) return;
          const seconds = Math.max(0.001, (this.clock.now() - began) / 1000);
          this.tell(entry, total > 0 ? sent / total : 0, sent / seconds);
        },
        abort.signal,
      );
      this.output.sent(entry.nonce, message);
      if (this.entries.get(entry.nonce) === entry) this.remove(entry);
    } catch (error) {
      if (this.entries.get(entry.nonce) === entry) this.failed(entry, error);
    }
    this.pump();
  }

  private failed(entry: Entry, error: unknown): void {
    const now = this.clock.now();
    entry.state = 'queued';
    if (isAbort(error)) return;
    if (error instanceof ApiError) {
      const slow = error.status === 429 || error.code === 'SLOWMODE_RATE_LIMITED';
      if (slow) {
        entry.notBefore = now + (error.retryAfter ?? 1) * 1000;
        // Refused at the first attempt, so the server keeps nothing of it, and the five minutes begin later.
        if (entry.tries === 0) delete entry.tried;
        const retryAt = entry.notBefore;
        this.tell(entry, undefined, undefined, { code: error.code, message: error.message, retryAt });
        return;
      }
      if (error.status < 500 && error.status !== 401) {
        this.fail(entry, error.code, error.message);
        return;
      }
    } else if (!(error instanceof NetworkError)) {
      this.fail(entry, 'BROKEN', String(error));
      return;
    }
    if (now - (entry.tried ?? now) > RETRY_FOR) {
      this.fail(entry, 'NETWORK', 'The server could not be reached.');
      return;
    }
    entry.tries++;
    entry.notBefore = now + delay(entry.tries);
    this.tell(entry);
  }

  private fail(entry: Entry, code: string, message: string): void {
    entry.state = 'failed';
    entry.failed = { code, message };
    this.input.save(entry);
    this.tell(entry);
  }

  private tell(entry: Entry, progress?: number, speed?: number, why?: Pending['error']): void {
    const error = entry.failed ?? why;
    this.output.state({
      nonce: entry.nonce,
      channelId: entry.channelId,
      outgoing: entry.outgoing,
      state: entry.state,
      at: entry.at,
      ...(progress === undefined ? {} : { progress }),
      ...(speed === undefined ? {} : { speed }),
      ...(error ? { error } : {}),
    });
  }
}

const uploading = (item: Item): boolean => (item.outgoing.files?.length ?? 0) > 0;

/** Only what is kept. */
export const stored = ({ nonce, channelId, outgoing, at, tried, failed }: Item): Item => ({
  nonce,
  channelId,
  outgoing,
  at,
  ...(tried === undefined ? {} : { tried }),
  ...(failed ? { failed } : {}),
});
