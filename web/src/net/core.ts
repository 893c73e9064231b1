// The network worker's inside: it holds the token, the gateway's machine, the requests' guards and the send queue of
// one account, and serves the page through a port. It knows nothing of the interface.
import { ApiError } from '#/api/error';
import type { Message, Options, Route } from '#/api/types';
import type { Outgoing } from '#/store/types';
import { type Clock, realClock } from './clock';
import { erase, readAll, write } from './db';
import { type Dispatch, Gateway, type SocketEvents } from './gateway';
import { bodyOf, type FormFile } from './outbox';
import { adopt } from './owner';
import type { CallName, Calls, Endpoints, Port, Properties, ToPage, ToWorker } from './protocol';
import { type Item, SendQueue, stored } from './queue';
import { deliver } from './ready';
import { Rest, type Transport, transport } from './rest';
import * as vault from './vault';

const FRAME = 16;
const HIDDEN_FRAME = 100;
/** Without a word of the page (a frozen tab) the next batch goes out all the same. */
const SHOWN_WITHIN = 1000;
const SUDO_LIVES = 290_000;

export interface Surroundings {
  clock?: Clock;
  transport?: Transport;
  socket?(url: string): WebSocket;
}

export function startCore(port: Port, { clock = realClock, ...around }: Surroundings = {}): void {
  let endpoints: Endpoints = { api: '', gateway: '' };
  let properties: Properties = { os: '', browser: '', device: '' };
  let account: { id: string; token: string } | undefined;
  let initialGuild: string | undefined;
  let presence: Record<string, unknown> = { status: 'online', afk: false };
  let sudo: { token: string; until: number } | undefined;
  let hidden = false;
  const running = new Map<number, AbortController>();
  const owner = adopt();

  const post = (message: ToPage) => port.postMessage(message);
  const rest = new Rest(clock, around.transport ?? transport, () => endpoints.api);

  // ---- Dispatches, gathered to one message a frame --------------------------------------------------------

  let batch: Dispatch[] = [];
  let flushed = 0;
  let flushing = false;
  let resting = 0;
  /** The page has not yet shown what it was given last: what comes is gathered, so that nothing piles up there. */
  let unshown: (() => void) | undefined;
  const gather = (event: Dispatch) => {
    batch.push(event);
    soon();
  };
  const soon = () => {
    if (flushing || unshown) return;
    flushing = true;
    const next = Math.max(flushed + (hidden ? HIDDEN_FRAME : FRAME), resting);
    clock.after(Math.max(0, next - clock.now()), () => {
      flushing = false;
      flushed = clock.now();
      const events = batch;
      batch = [];
      if (!events.length) return;
      for (const part of deliver(events)) post({ batch: part });
      post({ shown: true });
      unshown = clock.after(SHOWN_WITHIN, () => shown(0));
    });
  };
  /** The page is ready for more, after a rest as long as the last took it. */
  const shown = (rest: number) => {
    unshown?.();
    unshown = undefined;
    resting = clock.now() + rest;
    if (batch.length) soon();
  };

  // ---- Gateway --------------------------------------------------------------------------------------------

  const connect = (events: SocketEvents) => {
    const url = `${endpoints.gateway}${endpoints.gateway.includes('?') ? '&' : '?'}v=1&encoding=json&compress=none`;
    const socket = around.socket?.(url) ?? new WebSocket(url);
    socket.onopen = () => events.open();
    socket.onmessage = (event) => {
      if (typeof event.data === 'string') events.message(event.data);
    };
    socket.onclose = (event) => events.close(event.code, event.reason);
    return {
      send: (text: string) => {
        if (socket.readyState === 1) socket.send(text);
      },
      close: (code: number) => socket.close(code),
    };
  };
  const gateway = new Gateway(
    clock,
    {
      connect,
      token: () => account?.token ?? '',
      identify: () => ({
        flags: 2,
        properties,
        presence,
        ...(initialGuild ? { initial_guild_id: initialGuild } : {}),
      }),
      presence: () => presence,
    },
    {
      dispatch(event) {
        if (event.t === 'AUTH_SESSION_CHANGE') {
          void rotated((event.d as { new_token: string }).new_token);
          return;
        }
        if (event.t === 'MESSAGE_CREATE') {
          const message = event.d as Message;
          if (message.nonce && message.author.id === account?.id) queue.arrived(message.nonce);
        }
        gather(event);
      },
      phase(phase, about) {
        if (phase === 'live') queue.kick();
        post({ phase, ...about, ...(gateway.sessionId ? { session: gateway.sessionId } : {}) });
      },
      signedOut() {
        void forget().then(() => post({ signedOut: true }));
      },
      outdated: () => post({ outdated: true }),
    },
  );

  async function rotated(token: string) {
    if (!account) return;
    account.token = token;
    const about = (await vault.allAccounts(undefined)).find((known) => known.id === account?.id);
    await vault.putAccount(
      account.id,
      token,
      about ?? { username: '', global_name: null, avatar: null },
      clock.now(),
    );
    gateway.renew();
  }

  // ---- Sending --------------------------------------------------------------------------------------------

  const queue = new SendQueue(
    clock,
    {
      async post(item, progress, signal) {
        const { json, files } = bodyOf(item.nonce, item.outgoing);
        const channel_id = item.channelId;
        return (await perform('POST /channels/{channel_id}/messages', {
          path: { channel_id },
          ...(files.length ? { form: { json, files } } : { body: json }),
          signal,
          impatient: true,
          ...(files.length ? { progress } : {}),
        })) as Message;
      },
      save: (item) =>
        void write('queue', `${account?.id}/${item.nonce}`, { ...stored(item), owner: owner.id }),
      forget: (nonce) => void erase('queue', `${account?.id}/${nonce}`),
    },
    {
      state: (pending) => post({ pending }),
      sent: (nonce, message) => post({ sent: { nonce, message } }),
    },
  );

  async function restore() {
    if (!account) return;
    const items = await readAll<Item & { owner?: string }>('queue', `${account.id}/`);
    const free = await owner.abandoned(items.map(([, item]) => item.owner ?? ''));
    queue.restore(items.map(([, item]) => item).filter((item) => free.has(item.owner ?? '')));
  }

  // ---- Requests -------------------------------------------------------------------------------------------

  type Given = Partial<Omit<Options<Route>, 'path' | 'query'>> & {
    path?: Record<string, string | number>;
    query?: Record<string, unknown>;
    impatient?: boolean;
    progress?(sent: number, total: number): void;
  };
  async function perform(route: string, given: Given): Promise<unknown> {
    const [method = 'GET', template = '/'] = route.split(' ');
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(given.path?.[name] ?? ''),
    );
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(given.query ?? {})) {
      if (Array.isArray(value)) for (const one of value) query.append(name, String(one));
      else if (value !== undefined && value !== null) query.set(name, String(value));
    }
    const headers: Record<string, string> = { ...given.headers };
    if (account && !given.anonymous) headers['authorization'] = account.token;
    if (given.reason) headers['x-audit-log-reason'] = encodeURIComponent(given.reason);
    if (given.sudo && sudo && sudo.until > clock.now()) headers['x-fluxer-sudo-mode-jwt'] = sudo.token;
    let body: BodyInit | undefined;
    if (given.form) body = form(given.form.json, given.form.files);
    else if (given.body !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(given.body);
    }
    const text = query.size ? `${path}?${query}` : path;
    try {
      const reply = await rest.send({
        method,
        template,
        path: text,
        headers,
        ...(body === undefined ? {} : { body }),
        background: given.background ?? false,
        keepalive: given.keepalive ?? false,
        impatient: given.impatient ?? given.anonymous ?? template.startsWith('/auth/'),
        ...(given.signal ? { signal: given.signal } : {}),
        ...(given.progress ? { progress: given.progress } : {}),
      });
      const fresh = reply.header('x-fluxer-sudo-mode-jwt');
      if (fresh) sudo = { token: fresh, until: clock.now() + SUDO_LIVES };
      return reply.text && reply.status !== 204 ? JSON.parse(reply.text) : undefined;
    } catch (error) {
      const ended = error instanceof ApiError && error.status === 401 && account && !given.anonymous;
      if (ended && !template.startsWith('/auth/')) {
        // The gateway decides whether the session is over: it answers 4004 if so.
        if (!gateway.sessionId) gateway.wake();
      }
      throw error;
    }
  }

  // ---- Accounts -------------------------------------------------------------------------------------------

  async function take(id: string): Promise<{ userId: string } | undefined> {
    const token = await vault.tokenOf(id);
    if (!token) return undefined;
    account = { id, token };
    await vault.setCurrent(id);
    return { userId: id };
  }
  async function forget() {
    const id = account?.id;
    leave();
    if (id) await vault.dropAccount(id);
  }
  function leave() {
    queue.stop();
    gateway.stop();
    account = undefined;
    sudo = undefined;
    batch = [];
    presence = { status: 'online', afk: false };
    // What was asked in the name of one account is of no use to the next.
    for (const abort of running.values()) abort.abort();
  }

  const calls: { [N in CallName]: (...args: Parameters<Calls[N]>) => Promise<ReturnType<Calls[N]>> } = {
    async boot(about) {
      endpoints = about.endpoints;
      properties = about.properties;
      if (about.status) presence = { ...presence, status: about.status };
      const id = await vault.currentAccount();
      return id ? take(id) : undefined;
    },
    async connect(about) {
      if (!account) return undefined;
      initialGuild = about.initialGuild;
      if (about.status) presence = { ...presence, status: about.status };
      gateway.start();
      await restore();
      return undefined;
    },
    async signIn(token, userId) {
      leave();
      account = { id: userId, token };
      await vault.putAccount(userId, token, { username: '', global_name: null, avatar: null }, clock.now());
      return undefined;
    },
    async signOut() {
      try {
        if (account) await perform('POST /auth/logout', {});
      } catch {
        // signed out here all the same
      }
      await forget();
      return undefined;
    },
    async switchTo(id) {
      leave();
      return take(id);
    },
    accounts: () => vault.allAccounts(account?.id),
    async handOff(code) {
      if (!account) return undefined;
      const body = { code, token: account.token, user_id: account.id };
      await perform('POST /auth/handoff/complete', { body });
      return undefined;
    },
    async describe(about) {
      if (account) await vault.describeAccount(account.id, about);
      return undefined;
    },
    request: (route, options) => perform(route, options as Given),
    frame: async (op, d) => gateway.send(op, d),
    async presence(status, afk) {
      presence = { ...presence, status, afk };
      gateway.send(3, presence);
      return undefined;
    },
    async wake() {
      gateway.wake();
      queue.kick();
      return undefined;
    },
    async lost() {
      gateway.lost();
      return undefined;
    },
    async hidden(now) {
      hidden = now;
      return undefined;
    },
    async send(channelId, nonce, outgoing: Outgoing) {
      queue.add({ channelId, nonce, outgoing, at: clock.now() });
      return undefined;
    },
    async retry(nonce) {
      queue.retry(nonce);
      return undefined;
    },
    discard: async (nonce) => queue.discard(nonce),
    replace: async (nonce, outgoing) => queue.replace(nonce, outgoing),
  };

  port.onmessage = (event: MessageEvent) => {
    const message = event.data as ToWorker;
    if ('shown' in message) {
      shown(message.shown);
      return;
    }
    if ('abort' in message) {
      running.get(message.abort)?.abort();
      return;
    }
    const { id, call, args } = message;
    const abort = new AbortController();
    running.set(id, abort);
    if (call === 'request') args[1] = { ...(args[1] as object), signal: abort.signal };
    const act = calls[call] as (...args: unknown[]) => Promise<unknown>;
    act(...args)
      .then(
        (value) => post({ id, value }),
        (error: unknown) => {
          if (error instanceof ApiError) {
            const { status, code, message, errors, data, retryAfter, requestId } = error;
            post({
              id,
              refused: {
                status,
                code,
                message,
                errors,
                data,
                ...(retryAfter === undefined ? {} : { retryAfter }),
                ...(requestId === undefined ? {} : { requestId }),
              },
            });
          } else if (error instanceof Error) {
            post({ id, broken: { name: error.name, message: error.message } });
          } else {
            post({ id, broken: { name: 'Error', message: String(error) } });
          }
        },
      )
      .finally(() => running.delete(id));
  };
}

function form(json: unknown, files: FormFile[]): FormData {
  const data = new FormData();
  if (json !== undefined) data.append('payload_json', JSON.stringify(json));
  for (const file of files) data.append(file.name, file.blob, file.filename);
  return data;
}
