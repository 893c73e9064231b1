// The whole data layer against a real server: `FLUXER_TEST_BIN=… NODE_OPTIONS=--experimental-websocket npx vitest run
// src/store/server.test.ts`. The network worker's inside runs in this process; everything else is as in a browser.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '#/net/clock';
import { startCore } from '#/net/core';
import type { Port } from '#/net/protocol';
import { transport } from '#/net/rest';

const binary = process.env['FLUXER_TEST_BIN'];
const host = `127.0.0.${2 + (process.pid % 250)}`;

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, host, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
async function until(what: () => unknown, about: string, ms = 15_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`did not happen: ${about}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

class Server {
  readonly folder = mkdtempSync(join(tmpdir(), 'fluxer-web-'));
  process: ChildProcess | undefined;
  constructor(readonly port: number) {}
  get origin() {
    return `http://${host}:${this.port}`;
  }
  async start() {
    this.process = spawn(binary as string, ['serve'], {
      cwd: this.folder,
      stdio: 'ignore',
      env: {
        ...process.env,
        FLUXER_CONFIG__ENV: 'test',
        FLUXER_CONFIG__DEV__TEST_MODE_ENABLED: 'true',
        FLUXER_CONFIG__DEV__RELAX_REGISTRATION_RATE_LIMITS: 'true',
        FLUXER_CONFIG__SERVICES__SERVER__HOST: host,
        FLUXER_CONFIG__SERVICES__SERVER__PORT: String(this.port),
        FLUXER_CONFIG__DOMAIN__BASE_DOMAIN: host,
        FLUXER_CONFIG__DOMAIN__PUBLIC_PORT: String(this.port),
      },
    });
    await until(
      () =>
        fetch(`${this.origin}/_health`)
          .then((a) => a.ok)
          .catch(() => false),
      'the server starts',
    );
  }
  async stop() {
    const ended = new Promise((resolve) => this.process?.once('exit', resolve));
    this.process?.kill('SIGTERM');
    await ended;
  }
  get<T>(path: string, token: string): Promise<T> {
    return this.post(path, undefined, token, 'GET');
  }
  async post<T>(path: string, body: unknown, token?: string, method = 'POST'): Promise<T> {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: token } : {}) };
    const answer = await fetch(`${this.origin}/api${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

describe.skipIf(!binary)('the data layer against a server', () => {
  let server: Server;
  const sockets: WebSocket[] = [];
  let offline = false;
  let dropAnswer = false;
  type Store = typeof import('#/store');
  let store: Store;
  let alice: { token: string; user_id: string };
  let bob: { token: string; user_id: string };
  let guild: string;
  let channel: string;
  let leave: () => void;

  const texts = () =>
    history().items.flatMap((row) =>
      row.kind === 'message'
        ? [row.message.content]
        : row.kind === 'pending'
          ? [`~${row.pending.outgoing.content}`]
          : [],
    );
  let history: () => import('#/store').Timeline;
  const bobSays = (content: string) =>
    server.post<{ id: string }>(`/channels/${channel}/messages`, { content }, bob.token);

  beforeAll(async () => {
    server = new Server(await freePort());
    await server.start();
    const register = (name: string) =>
      server.post<{ token: string; user_id: string }>('/auth/register', {
        username: name,
        email: `${name}@example.com`,
        password: 'correct horse battery 9!',
        date_of_birth: '1990-01-01',
        consent: true,
      });
    alice = await register('alice');
    bob = await register('bob');
    const made = await server.post<{ id: string; system_channel_id: string }>(
      '/guilds',
      { name: 'Home' },
      bob.token,
    );
    guild = made.id;
    channel = made.system_channel_id;
    await server.post(`/test/users/${bob.user_id}/flags`, { flags: '549755813888' }, undefined, 'PATCH');
    const invite = await server.post<{ code: string }>(`/channels/${channel}/invites`, {}, bob.token);
    await server.post(`/invites/${invite.code}`, {}, alice.token);

    store = await import('#/store');
    const { snapshots } = await import('./history');
    const { movesOf } = await import('./timeline');
    history = () => ({ ...snapshots.get(channel), ...movesOf(channel) });
    const { port1, port2 } = new MessageChannel();
    startCore(port2 as unknown as Port, {
      clock: realClock,
      transport: async (url, request) => {
        if (offline) throw new TypeError('offline');
        const reply = await transport(url, request);
        if (dropAnswer && request.method === 'POST' && url.endsWith('/messages')) {
          dropAnswer = false;
          throw new TypeError('the answer was lost');
        }
        return reply;
      },
      socket: (url) => {
        const socket = new WebSocket(offline ? 'ws://127.0.0.1:1/' : url);
        sockets.push(socket);
        return socket;
      },
    });
    await store.loadDiscovery(server.origin);
    await store.session.start(port1 as unknown as Port);
    expect(store.session.get().phase).toBe('signed-out');
    await store.session.signIn(alice.token, alice.user_id);
    await until(() => store.session.get().phase === 'live', 'READY');
    store.openGuild(guild);
    const { openChannel } = await import('./timeline');
    leave = openChannel(channel);
    await until(() => history().live, 'the channel is loaded');
  }, 60_000);

  afterAll(async () => {
    leave?.();
    await store?.session.signOut();
    await server?.stop();
    rmSync(server.folder, { recursive: true, force: true });
  });

  it('knows the community, its channels in order, people and rights', () => {
    expect(store.list('guilds')).toEqual([guild]);
    expect(store.list('channels', guild)).toHaveLength(4);
    expect(store.entity('guilds', guild)?.name).toBe('Home');
    expect(store.me()?.username).toBe('alice');
    expect(store.permissions(guild, channel).has(1n << 11n)).toBe(true);
    expect(store.permissions(guild, channel).has(1n << 5n)).toBe(false);
  });

  it('shows messages back and forth, each once and in order', async () => {
    store.send(channel, { content: 'one' });
    store.send(channel, { content: 'two' });
    expect(texts().slice(-2)).toEqual(['~one', '~two']);
    await until(() => texts().join().endsWith('one,two'), 'sent');
    await bobSays('three');
    store.send(channel, { content: 'four' });
    await until(() => texts().length >= 4 && !texts().some((t) => t.startsWith('~')), 'all there');
    expect(texts().slice(-4)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('keeps the row of a sent message', async () => {
    const nonce = store.send(channel, { content: 'same row' });
    await until(() => texts().includes('same row'), 'sent');
    expect(
      history().items.find((row) => row.kind === 'message' && row.message.content === 'same row')?.key,
    ).toBe(nonce);
  });

  it('sends once when the answer is lost', async () => {
    dropAnswer = true;
    store.send(channel, { content: 'only once' });
    await until(() => texts().includes('only once'), 'sent');
    await bobSays('after it');
    await until(() => texts().includes('after it'), 'heard');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(texts().filter((t) => t.includes('only once'))).toEqual(['only once']);
  });

  it('uploads files', async () => {
    const blob = new Blob(['hello'], { type: 'text/plain' });
    store.send(channel, {
      content: 'file',
      files: [{ id: 'a', blob, name: 'note.txt', description: 'a note' }],
    });
    await until(() => texts().includes('file'), 'sent');
    const row = history().items.find((r) => r.kind === 'message' && r.message.content === 'file');
    expect(row?.kind === 'message' && row.message.attachments[0]).toMatchObject({
      filename: 'note.txt',
      size: 5,
    });
  });

  it('edits, reacts and deletes', async () => {
    store.send(channel, { content: 'draft' });
    await until(() => texts().includes('draft'), 'sent');
    const row = history().items.find((r) => r.kind === 'message' && r.message.content === 'draft');
    const id = row?.kind === 'message' ? row.id : '';
    const editing = store.edit(channel, id, { content: 'final' });
    expect(texts()).toContain('final');
    await editing;
    for (let n = 0; n < 7; n++) void store.react(channel, id, { name: '👍' }, n % 2 === 0);
    await store.react(channel, id, { name: '👍' }, true);
    expect(store.entity('messages', id)?.reactions).toEqual([{ emoji: { name: '👍' }, count: 1, me: true }]);
    const seen = await server.get<{ reactions: unknown[] }>(`/channels/${channel}/messages/${id}`, bob.token);
    expect(seen.reactions).toEqual([{ emoji: { name: '👍' }, count: 1 }]);
    await store.remove(channel, id);
    expect(texts()).not.toContain('final');
  });

  it('resumes after a cut', async () => {
    const session = store.session.gatewaySession();
    sockets.at(-1)?.close(4000);
    await bobSays('while cut');
    await until(() => texts().includes('while cut'), 'replayed');
    await until(() => store.session.get().phase === 'live', 'live');
    expect(store.session.gatewaySession()).toBe(session);
    expect(texts().filter((t) => t === 'while cut')).toHaveLength(1);
  });

  it('queues while offline, and sends once and in order on return', async () => {
    offline = true;
    sockets.at(-1)?.close(4000);
    store.send(channel, { content: 'off 1' });
    store.send(channel, { content: 'off 2' });
    const third = store.send(channel, { content: 'off 3' });
    await until(() => store.session.get().phase !== 'live', 'offline');
    expect(await store.editPending(third, 'off 3, edited')).toBe(true);
    offline = false;
    store.session.retryNow();
    await until(() => texts().slice(-3).join() === 'off 1,off 2,off 3, edited', 'sent in order', 30_000);
  }, 40_000);

  it('goes on after the server was restarted', async () => {
    await server.stop();
    store.send(channel, { content: 'during restart' });
    await until(() => store.session.get().phase !== 'live', 'noticed');
    await server.start();
    await bobSays('from bob after restart');
    store.session.retryNow();
    await until(
      () => texts().includes('during restart') && texts().includes('from bob after restart'),
      'both',
      30_000,
    );
    await until(() => store.session.get().phase === 'live', 'live');
    expect(texts().filter((t) => t === 'during restart')).toHaveLength(1);
    expect(history().live).toBe(true);
    const page = await server.get<{ content: string; type: number }[]>(
      `/channels/${channel}/messages?limit=50`,
      alice.token,
    );
    const said = page.filter((message) => message.type === 0).map((message) => message.content);
    expect(texts()).toEqual(said.reverse());
  }, 60_000);

  it('counts what is unread and mentions, and acknowledges', async () => {
    leave();
    const other = await server.post<{ id: string }>(
      `/guilds/${guild}/channels`,
      { name: 'other', type: 0 },
      bob.token,
    );
    await until(() => store.entity('channels', other.id), 'the channel came');
    await server.post(`/channels/${other.id}/messages`, { content: `hi <@${alice.user_id}>` }, bob.token);
    await until(() => store.unread('channel', other.id).mentions === 1, 'mentioned');
    expect(store.unread('guild', guild)).toMatchObject({ unread: true, mentions: 1 });
    expect(store.unread('app').mentions).toBe(1);
    store.ack(other.id);
    expect(store.unread('app').mentions).toBe(0);
    expect(store.unread('channel', other.id).unread).toBe(false);
  });

  it('walks up, jumps, and walks back down without missing an id', async () => {
    const long = await server.post<{ id: string }>(
      `/guilds/${guild}/channels`,
      { name: 'long', type: 0 },
      bob.token,
    );
    await until(() => store.entity('channels', long.id), 'the channel came');
    for (let n = 0; n < 330; n++)
      await server.post(`/channels/${long.id}/messages`, { content: `n${n}` }, bob.token);
    const { snapshots } = await import('./history');
    const { movesOf, openChannel } = await import('./timeline');
    const leaveLong = openChannel(long.id);
    const at = () => snapshots.get(long.id);
    const moves = movesOf(long.id);
    const numbers = () =>
      at().items.flatMap((row) => (row.kind === 'message' ? [Number(row.message.content.slice(1))] : []));
    const contiguous = () =>
      numbers().every((n, index, all) => index === 0 || n === (all[index - 1] as number) + 1);
    const settled = () => until(() => !at().loading, 'settled');
    await until(() => at().live, 'loaded');
    expect(numbers()).toEqual(Array.from({ length: 50 }, (_, n) => 280 + n));
    expect(at().unreadFrom).toBeDefined();
    while (at().older) {
      const first = numbers()[0];
      moves.loadOlder();
      await settled();
      expect(numbers()[0]).toBeLessThan(first as number);
      expect(contiguous()).toBe(true);
      expect(numbers().length).toBeLessThanOrEqual(200);
    }
    expect(numbers()[0]).toBe(0);
    expect(at().items[0]?.kind).toBe('start');
    expect(at().live).toBe(false);
    while (at().newer) {
      const last = numbers().at(-1);
      moves.loadNewer();
      await settled();
      if (at().newer) expect(numbers().at(-1)).toBeGreaterThan(last as number);
      expect(contiguous()).toBe(true);
    }
    expect(numbers().at(-1)).toBe(329);
    leaveLong();
    // From nothing: a jump into the middle, then forward to the present.
    const read = (query: string) =>
      server.get<{ id: string; content: string }[]>(
        `/channels/${long.id}/messages?limit=100${query}`,
        bob.token,
      );
    const newest = await read('');
    const target = (await read(`&before=${newest.at(-1)?.id}`))[50] as { id: string; content: string };
    const { histories } = await import('./history');
    histories.delete(long.id);
    snapshots.forget(long.id);
    const leaveAgain = openChannel(long.id);
    expect(await moves.jump(target.id)).toBe(true);
    expect(numbers()).toContain(Number(target.content.slice(1)));
    expect(contiguous()).toBe(true);
    for (let turn = 0; turn < 20 && at().newer; turn++) {
      moves.loadNewer();
      await settled();
      expect(contiguous()).toBe(true);
    }
    expect(numbers().at(-1)).toBe(329);
    expect(await moves.jump('1000')).toBe(false);
    moves.toPresent();
    await settled();
    expect(at().live).toBe(true);
    leaveAgain();
  }, 60_000);

  it('misses nothing that comes while the first page is on its way', async () => {
    const busy = await server.post<{ id: string }>(
      `/guilds/${guild}/channels`,
      { name: 'busy', type: 0 },
      bob.token,
    );
    await until(() => store.entity('channels', busy.id), 'the channel came');
    const { snapshots } = await import('./history');
    const { openChannel } = await import('./timeline');
    const sending = Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        server.post(`/channels/${busy.id}/messages`, { content: `b${n}` }, bob.token),
      ),
    );
    const leaveBusy = openChannel(busy.id);
    await sending;
    const ids = () => snapshots.get(busy.id).items.flatMap((row) => (row.kind === 'message' ? [row.id] : []));
    await until(() => ids().length === 40, 'all there');
    expect([...ids()].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))).toEqual(ids());
    const middle = ids()[20] as string;
    await store.markUnread(busy.id, middle);
    expect(store.unread('channel', busy.id).unread).toBe(true);
    expect(snapshots.get(busy.id).unreadCount).toBe(20);
    expect(snapshots.get(busy.id).items.some((row) => row.kind === 'unread')).toBe(true);
    leaveBusy();
  }, 30_000);

  it('keeps a member list in step', async () => {
    const { memberLists, useList: hold } = await import('./memberlist');
    const release = hold(guild, channel);
    await until(() => (memberLists.get(channel)?.total ?? 0) >= 3, 'the list came');
    const rows = Array.from({ length: memberLists.get(channel)?.total ?? 0 }, (_, n) =>
      memberLists.get(channel)?.row(n),
    );
    expect(rows.filter((row) => row?.kind === 'member')).toHaveLength(2);
    release();
  });

  it('swaps accounts, keeps drafts by account, and ends one without touching the other', async () => {
    store.setDraft(channel, { text: 'alice writes', files: [], changed: 0 });
    await store.session.signIn(bob.token, bob.user_id);
    await until(() => store.session.get().phase === 'live' && store.me()?.id === bob.user_id, 'bob is in');
    expect(store.draft(channel).text).toBe('');
    expect(store.permissions(guild).has(1n << 5n)).toBe(true);
    expect((await store.session.accounts()).map((one) => one.id).sort()).toEqual(
      [alice.user_id, bob.user_id].sort(),
    );
    await store.session.switchTo(alice.user_id);
    await until(
      () => store.session.get().phase === 'live' && store.me()?.id === alice.user_id,
      'alice is back',
    );
    expect(store.draft(channel).text).toBe('alice writes');
    expect(store.list('guilds')).toEqual([guild]);
    expect(store.permissions(guild).has(1n << 5n)).toBe(false);
  }, 30_000);

  it('takes over the token of a changed password', async () => {
    const before = store.session.gatewaySession();
    await server.post(
      '/users/@me',
      { password: 'correct horse battery 9!', new_password: 'another horse battery 9!' },
      alice.token,
      'PATCH',
    );
    await until(() => {
      const now = store.session.gatewaySession();
      return now && now !== before;
    }, 'a session with the new token');
    const nonce = store.send(channel, { content: 'with the new token' });
    const { pendings } = await import('./state');
    await until(() => !pendings.has(nonce), 'sent');
  }, 40_000);

  it('is signed out when the session is ended elsewhere, with the draft kept', async () => {
    store.setDraft(channel, { text: 'still here', files: [], changed: 0 });
    const login = await server.post<{ token: string; user_id: string }>('/auth/login', {
      email: 'alice@example.com',
      password: 'another horse battery 9!',
    });
    await store.session.signIn(login.token, login.user_id);
    await until(() => store.session.get().phase === 'live', 'live');
    await server.post('/auth/logout', {}, login.token);
    await until(() => store.session.get().phase === 'signed-out', 'signed out');
    expect(store.session.get().reason).toBe('signed-out-elsewhere');
    expect(store.list('guilds')).toEqual([]);
    const again = await server.post<{ token: string; user_id: string }>('/auth/login', {
      email: 'alice@example.com',
      password: 'another horse battery 9!',
    });
    await store.session.signIn(again.token, again.user_id);
    await until(() => store.session.get().phase === 'live', 'live again');
    expect(store.draft(channel).text).toBe('still here');
  }, 40_000);
});
