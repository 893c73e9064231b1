// The page's end of the network worker: calls with answers, and what the worker tells unasked.
import { ApiError, NetworkError } from '#/api/error';
import type { Options, Route } from '#/api/types';
import type { CallName, Calls, Port, ToPage } from './protocol';

type Told = Exclude<ToPage, { id: number }>;

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
    if (!('id' in message)) {
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
