// The page's end of the network worker: calls with answers, and what the worker tells unasked.
import { ApiError, NetworkError } from '#/api/error';
import type { Options, Route } from '#/api/types';
import type { CallName, Calls, Port, ToPage } from './protocol';

type Told = Exclude<ToPage, { id: number } | { shown: true }>;

const LONGEST_REST = 250;
/** Someone who types gets more of the page's time. */
const TYPING_FOR = 500;
let typedAt = 0;
if (typeof window !== 'undefined') {
  window.addEventListener('keydown', () => (typedAt = performance.now()), { capture: true, passive: true });
}
let began: number | undefined;

/** After the next frame is painted. */
function painted(then: () => void): void {
  if (typeof requestAnimationFrame === 'undefined' || document.visibilityState === 'hidden') {
    setTimeout(then, 0);
    return;
  }
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      then();
    };
    channel.port2.postMessage(0);
  });
}
/** Tells the worker that its batch is shown, and how long to leave the page alone: about as long as it took. */
function tellShown(): void {
  const from = began ?? performance.now();
  began = undefined;
  painted(() => {
    const now = performance.now();
    const share = now - typedAt < TYPING_FOR ? 2 : 1;
    port?.postMessage({ shown: Math.min(LONGEST_REST, (now - from) * share) });
  });
}

let port: Port | undefined;
let listener: ((told: Told) => void) | undefined;
let next = 1;
const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();

/** Starts the worker; tests give a port whose other end they serve themselves. */
export function startWorker(told: (message: Told) => void, given?: Port): void {
  listener = told;
  if (port) return;
  port = given ?? new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'network' });
  port.onmessage = (event: MessageEvent) => {
    const message = event.data as ToPage;
    if ('shown' in message) {
      tellShown();
      return;
    }
    if (!('id' in message)) {
      if ('batch' in message) began ??= performance.now();
      listener?.(message);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (!call) return;
    if ('value' in message) call.resolve(message.value);
    else if ('refused' in message) call.reject(new ApiError(message.refused));
    else call.reject(broken(message.broken));
  };
}

function broken({ name, message }: { name: string; message: string }): Error {
  if (name === 'NetworkError') return new NetworkError();
  if (name === 'AbortError') return new DOMException(message, 'AbortError');
  return new Error(message);
}

export function call<N extends CallName>(
  name: N,
  ...args: Parameters<Calls[N]>
): Promise<ReturnType<Calls[N]>> {
  return ask(name, args) as Promise<ReturnType<Calls[N]>>;
}

function ask(name: CallName, args: unknown[], signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (!port) return reject(new Error('the network worker is not started'));
    const to = port;
    const id = next++;
    waiting.set(id, { resolve, reject });
    signal?.addEventListener('abort', () => to.postMessage({ abort: id }));
    to.postMessage({ id, call: name, args });
  });
}

export function request(route: Route, options: Options<Route>): Promise<unknown> {
  const { signal, ...rest } = options;
  if (signal?.aborted) return Promise.reject(new DOMException('aborted', 'AbortError'));
  return ask('request', [route, rest], signal);
}
