import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from './clock';
import { type Dispatch, Gateway, type SocketEvents } from './gateway';

/** A server that does what the test says. */
function scripted() {
  const clock = new FakeClock();
  const sockets: { events: SocketEvents; sent: { op: number; d: unknown }[]; closed?: number }[] = [];
  const dispatches: Dispatch[] = [];
  const phases: string[] = [];
  const ends: string[] = [];
  const gateway = new Gateway(
    clock,
    {
      connect(events) {
        const socket = {
          events,
          sent: [] as { op: number; d: unknown }[],
          closed: undefined as number | undefined,
        };
        sockets.push(socket);
        return {
          send: (text) => socket.sent.push(JSON.parse(text)),
          close: (code) => {
            socket.closed = code;
          },
        };
      },
      token: () => 'flx_secret',
      identify: () => ({ flags: 2 }),
      presence: () => ({ status: 'online' }),
    },
    {
      dispatch: (event) => dispatches.push(event),
      phase: (phase) => phases.push(phase),
      signedOut: () => ends.push('signed out'),
      outdated: () => ends.push('outdated'),
    },
  );
  const last = () => sockets[sockets.length - 1] as (typeof sockets)[number];
  const say = (frame: unknown) => last().events.message(JSON.stringify(frame));
  const hello = () => say({ op: 10, d: { heartbeat_interval: 41250 } });
  const ready = () => say({ op: 0, t: 'READY', d: { session_id: 'ABC' }, s: 1 });
  return { clock, gateway, sockets, dispatches, phases, ends, last, say, hello, ready };
}

describe('the gateway', () => {
  let server: ReturnType<typeof scripted>;
  beforeEach(() => {
    server = scripted();
    server.gateway.start();
  });
  const live = () => {
    server.hello();
    server.ready();
  };

  it('identifies after HELLO and tells its presence after READY', () => {
    expect(server.last().sent).toEqual([]);
    live();
    expect(server.last().sent.map((f) => f.op)).toEqual([2, 3]);
    expect(server.last().sent[0]).toEqual({ op: 2, d: { token: 'flx_secret', flags: 2 } });
    expect(server.phases).toEqual(['connecting', 'live']);
    expect(server.gateway.sessionId).toBe('ABC');
  });

  it('beats every 33 s with the last sequence, with jitter, and answers a request at once', async () => {
    live();
    server.say({ op: 0, t: 'X', d: 1, s: 2 });
    server.clock.chance = 0;
    await server.clock.pass(32_999);
    expect(server.last().sent.filter((f) => f.op === 1)).toEqual([]);
    await server.clock.pass(1);
    expect(server.last().sent.filter((f) => f.op === 1)).toEqual([{ op: 1, d: 2 }]);
    server.say({ op: 11 });
    server.say({ op: 1, d: null });
    expect(server.last().sent.filter((f) => f.op === 1)).toHaveLength(2);
    server.say({ op: 11 });
    await server.clock.pass(31_500);
    expect(server.last().sent.filter((f) => f.op === 1)).toHaveLength(3);
  });

  it('closes when a heartbeat is not answered within 15 s, and when no HELLO comes in 20 s', async () => {
    live();
    await server.clock.pass(33_000 + 15_000);
    expect(server.sockets[0]?.closed).toBe(4000);
    expect(server.phases.at(-1)).toBe('reconnecting');
    await server.clock.pass(500);
    expect(server.sockets).toHaveLength(2);
    await server.clock.pass(20_000);
    expect(server.sockets[1]?.closed).toBe(4000);
  });

  it('resumes with its sequence, takes replayed events once, and tells its presence again', async () => {
    live();
    server.say({ op: 0, t: 'A', d: 'a', s: 2 });
    server.last().events.close(1006, '');
    await server.clock.pass(1000);
    server.hello();
    expect(server.last().sent).toEqual([{ op: 6, d: { token: 'flx_secret', session_id: 'ABC', seq: 2 } }]);
    server.say({ op: 0, t: 'A', d: 'a', s: 2 });
    server.say({ op: 0, t: 'B', d: 'b', s: 3 });
    server.say({ op: 0, t: 'RESUMED', d: null, s: 2 });
    server.say({ op: 0, t: 'C', d: 'c', s: 4 });
    expect(server.dispatches.map((e) => e.t)).toEqual(['READY', 'A', 'B', 'RESUMED', 'C']);
    expect(server.last().sent.at(-1)).toEqual({ op: 3, d: { status: 'online' } });
    expect(server.phases.at(-1)).toBe('live');
  });

  it('identifies anew on the same socket after an invalid session', async () => {
    live();
    server.last().events.close(1006, '');
    await server.clock.pass(1000);
    server.hello();
    server.say({ op: 9, d: false });
    expect(server.last().sent.map((f) => f.op)).toEqual([6]);
    await server.clock.pass(2000);
    expect(server.last().sent.map((f) => f.op)).toEqual([6, 2]);
    expect(server.sockets).toHaveLength(2);
  });

  it('forgets a session that was silent for 180 s', async () => {
    live();
    server.gateway.lost();
    for (let turn = 0; turn < 13; turn++) {
      await server.clock.pass(15_000);
      server.last().events.close(1006, '');
    }
    await server.clock.pass(15_000);
    server.hello();
    expect(server.last().sent.map((f) => f.op)).toEqual([2]);
  });

  it('waits 0.5, 1, 2, 4, 8, 15, 15 s at most, and not at all when woken', async () => {
    server.clock.chance = 0.999999;
    for (const [index, step] of [500, 1000, 2000, 4000, 8000, 15_000, 15_000].entries()) {
      server.last().events.close(1006, '');
      await server.clock.pass(step - 10);
      expect(server.sockets).toHaveLength(index + 1);
      await server.clock.pass(10);
      expect(server.sockets).toHaveLength(index + 2);
    }
    expect(server.phases.at(-1)).toBe('offline');
    server.last().events.close(1006, '');
    server.gateway.wake();
    expect(server.sockets).toHaveLength(9);
  });

  it('is signed out by 4004, outdated by 4012, and does not come back', async () => {
    live();
    server.last().events.close(4004, 'Invalid token');
    await server.clock.pass(60_000);
    expect(server.ends).toEqual(['signed out']);
    expect(server.sockets).toHaveLength(1);
  });

  it('waits a minute after 4008 and starts anew after 4007 and 4013', async () => {
    live();
    server.last().events.close(4008, 'Rate limited');
    await server.clock.pass(59_000);
    expect(server.sockets).toHaveLength(1);
    await server.clock.pass(1000);
    server.hello();
    server.say({ op: 0, t: 'RESUMED', d: null, s: 1 });
    server.last().events.close(4013, '');
    await server.clock.pass(1000);
    server.hello();
    expect(server.last().sent.map((f) => f.op)).toEqual([2]);
  });

  it('reconnects and resumes when told to', async () => {
    live();
    server.say({ op: 7, d: null });
    await server.clock.pass(500);
    server.hello();
    expect(server.last().sent.map((f) => f.op)).toEqual([6]);
  });

  it('sends at most 90 frames a minute, keeps the rest, and refuses frames over 4 KiB', async () => {
    live();
    for (let n = 0; n < 120; n++) expect(server.gateway.send(14, { n })).toBe(true);
    expect(server.last().sent.length).toBe(90);
    await server.clock.pass(35_000);
    server.say({ op: 11 });
    await server.clock.pass(26_000);
    expect(server.last().sent.filter((f) => f.op === 14)).toHaveLength(120);
    expect(server.gateway.send(8, 'é'.repeat(2048))).toBe(false);
  });

  it('ignores a socket it has given up', async () => {
    live();
    const old = server.last();
    server.gateway.lost();
    await server.clock.pass(1000);
    old.events.message(JSON.stringify({ op: 0, t: 'LATE', d: 0, s: 9 }));
    old.events.close(4004, '');
    expect(server.dispatches.map((e) => e.t)).toEqual(['READY']);
    expect(server.ends).toEqual([]);
  });
});
