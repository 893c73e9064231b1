// Requests to the server within its limits: 40 a second in all (beyond 50 it ends the session), buckets by the
// headers it answers with, and what runs in the background yields to what a person waits for.
import { ApiError, type ErrorData, type FieldError, NetworkError } from '#/api/error';
import type { Clock } from './clock';

export interface Request {
  method: string;
  /** Template of the path: requests of one template and main object share a bucket. */
  template: string;
  path: string;
  headers: Record<string, string>;
  body?: BodyInit;
  background?: boolean;
  keepalive?: boolean;
  /** 429 is thrown instead of waited for: the caller has its own queue, or the person is told. */
  impatient?: boolean;
  signal?: AbortSignal;
  progress?(sent: number, total: number): void;
}
export interface Reply {
  status: number;
  header(name: string): string | null;
  text: string;
}
export type Transport = (url: string, request: Request) => Promise<Reply>;

const PER_SECOND = 40;
/** Requests a second that the background leaves to the person. */
const SPARED = 15;
const BACKGROUND_AT_ONCE = 3;
const PATIENCE = 30_000;

interface Waiting {
  run(): void;
  request: Request;
}

export class Rest {
  private starts: number[] = [];
  private urgent: Waiting[] = [];
  private background: Waiting[] = [];
  private running = 0;
  private blockedUntil = 0;
  private readonly buckets = new Map<string, number>();
  private wake: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly transport: Transport,
    private readonly base: () => string,
  ) {}

  async send(request: Request): Promise<Reply> {
    for (let waited = 0; ; ) {
      await this.turn(request);
      let reply: Reply;
      try {
        reply = await this.transport(this.base() + request.path, request);
      } catch (error) {
        request.signal?.throwIfAborted();
        if (error instanceof Error && error.name === 'AbortError') throw error;
        throw new NetworkError();
      } finally {
        if (request.background) this.running--;
        this.pump();
      }
      this.learn(request, reply);
      if (reply.status < 400) return reply;
      const error = refusal(reply);
      if (reply.status !== 429) throw error;
      const wait = Math.max(1, error.retryAfter ?? 1) * 1000;
      if (request.impatient || waited + wait > PATIENCE) throw error;
      waited += wait;
    }
  }

  private learn(request: Request, reply: Reply): void {
    const now = this.clock.now();
    const reset = Number(reply.header('x-ratelimit-reset')) * 1000;
    if (reply.status === 429) {
      const until = now + Math.max(1, Number(reply.header('retry-after')) || 1) * 1000;
      if (reply.header('x-ratelimit-global') === 'true')
        this.blockedUntil = Math.max(this.blockedUntil, until);
      else this.buckets.set(bucket(request), until);
    } else if (reply.header('x-ratelimit-remaining') === '0' && reset > now) {
      this.buckets.set(bucket(request), Math.min(reset, now + PATIENCE));
    }
  }

  /** Resolves when the request may start. */
  private turn(request: Request): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = request.background ? this.background : this.urgent;
      const entry: Waiting = { request, run: resolve };
      queue.push(entry);
      request.signal?.addEventListener('abort', () => {
        const at = queue.indexOf(entry);
        if (at < 0) return;
        queue.splice(at, 1);
        reject(request.signal?.reason ?? new DOMException('aborted', 'AbortError'));
      });
      if (request.signal?.aborted) {
        queue.splice(queue.indexOf(entry), 1);
        return reject(request.signal.reason);
      }
      this.pump();
    });
  }

  private pump(): void {
    const now = this.clock.now();
    this.starts = this.starts.filter((at) => at > now - 1000);
    let next = this.starts.length ? (this.starts[0] as number) + 1000 : Number.POSITIVE_INFINITY;
    const release = (queue: Waiting[], most: number, allowed: () => boolean) => {
      for (let at = 0; at < queue.length; ) {
        const entry = queue[at] as Waiting;
        const until = Math.max(this.blockedUntil, this.buckets.get(bucket(entry.request)) ?? 0);
        if (until > now) {
          next = Math.min(next, until);
          at++;
          continue;
        }
        if (this.starts.length >= most || !allowed()) return;
        queue.splice(at, 1);
        this.starts.push(now);
        if (entry.request.background) this.running++;
        entry.run();
      }
    };
    release(this.urgent, PER_SECOND, () => true);
    if (this.urgent.length === 0) {
      release(this.background, PER_SECOND - SPARED, () => this.running < BACKGROUND_AT_ONCE);
    }
    this.wake?.();
    this.wake = undefined;
    if ((this.urgent.length || this.background.length) && Number.isFinite(next)) {
      this.wake = this.clock.after(Math.max(1, next - now), () => this.pump());
    }
  }
}

/** The server's buckets are by route and main object; anything finer is safe too. */
function bucket(request: Request): string {
  const main = /^\/(channels|guilds|webhooks)\/(\d+)/.exec(request.path)?.[2] ?? '';
  return `${request.method} ${request.template} ${main}`;
}

export function refusal(reply: Reply): ApiError {
  let data: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(reply.text);
    if (parsed && typeof parsed === 'object') data = parsed as Record<string, unknown>;
  } catch {
    // not from the server itself but from something before it
  }
  const errors = Array.isArray(data['errors'])
    ? (data['errors'] as Partial<FieldError>[]).map((e) => ({
        path: e.path ?? '',
        message: e.message ?? '',
        code: e.code ?? '',
      }))
    : [];
  const after = Number(data['retry_after'] ?? reply.header('retry-after'));
  const error: ErrorData = {
    status: reply.status,
    code: typeof data['code'] === 'string' ? data['code'] : `HTTP_${reply.status}`,
    message: typeof data['message'] === 'string' ? data['message'] : `The server answered ${reply.status}.`,
    errors,
    data,
  };
  if (Number.isFinite(after) && after > 0) error.retryAfter = after;
  const id = reply.header('x-request-id');
  if (id) error.requestId = id;
  return new ApiError(error);
}

/** The real thing: XMLHttpRequest where a body's progress is asked for, fetch otherwise. */
export const transport: Transport = async (url, request) => {
  if (request.progress && typeof XMLHttpRequest !== 'undefined') return viaXhr(url, request);
  const answer = await fetch(url, {
    method: request.method,
    headers: request.headers,
    body: request.body ?? null,
    signal: request.signal ?? null,
    keepalive: request.keepalive ?? false,
    credentials: 'same-origin',
  });
  const text = await answer.text();
  return { status: answer.status, header: (name) => answer.headers.get(name), text };
};

function viaXhr(url: string, request: Request): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, url);
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => request.progress?.(event.loaded, event.total);
    xhr.onload = () =>
      resolve({ status: xhr.status, header: (name) => xhr.getResponseHeader(name), text: xhr.responseText });
    xhr.onerror = () => reject(new NetworkError());
    xhr.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.signal?.addEventListener('abort', () => xhr.abort());
    if (request.signal?.aborted) return reject(new DOMException('aborted', 'AbortError'));
    xhr.send(request.body as XMLHttpRequestBodyInit);
  });
}
