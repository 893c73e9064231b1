import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '#/api/error';
import type { Message } from '#/api/types';
import type { Pending } from '#/store/types';
import { FakeClock } from './clock';
import { type Item, SendQueue } from './queue';

interface Attempt {
  nonce: string;
  text: string;
  at: number;
  done(): void;
  refuse(error: unknown): void;
  aborted: boolean;
}
function setup() {
  const clock = new FakeClock();
  const attempts: Attempt[] = [];
  const states: Pending[] = [];
  const sent: string[] = [];
  const kept = new Map<string, Item>();
  const queue = new SendQueue(
    clock,
    {
      post: (item, _progress, signal) =>
        new Promise((resolve, reject) => {
          const attempt: Attempt = {
            nonce: item.nonce,
            text: item.outgoing.content,
            at: clock.now(),
            done: () => resolve({ id: `m${item.nonce}` } as Message),
            refuse: reject,
            aborted: false,
          };
          signal.addEventListener('abort', () => {
            attempt.aborted = true;
            reject(new DOMException('aborted', 'AbortError'));
          });
          attempts.push(attempt);
        }),
      save: (item) => kept.set(item.nonce, structuredClone(JSON.parse(JSON.stringify(item)))),
      forget: (nonce) => kept.delete(nonce),
    },
    { state: (pending) => states.push(pending), sent: (nonce) => sent.push(nonce) },
  );
  let next = 1;
  const add = (channelId: string, content: string, files = 0) => {
    const nonce = String(next++);
    const file = { id: 'f', blob: new Blob(['x']), name: 'x' };
    queue.add({ nonce, channelId, outgoing: { content, files: Array(files).fill(file) }, at: clock.now() });
    return nonce;
  };
  const refusal = (status: number, code: string, retryAfter?: number) =>
    new ApiError({
      status,
      code,
      message: code,
      errors: [],
      data: {},
      ...(retryAfter ? { retryAfter } : {}),
    });
  return { clock, attempts, states, sent, kept, queue, add, refusal };
}

describe('the send queue', () => {
  it('sends one channel in order, and channels side by side', async () => {
    const t = setup();
    t.add('a', 'one');
    t.add('a', 'two');
    t.add('b', 'other');
    expect(t.attempts.map((x) => x.text)).toEqual(['one', 'other']);
    t.attempts[0]?.done();
    await t.clock.pass(0);
    expect(t.attempts.map((x) => x.text)).toEqual(['one', 'other', 'two']);
    expect(t.sent).toEqual(['1']);
  });

  it('lets text pass an upload', async () => {
    const t = setup();
    t.add('a', 'picture', 1);
    t.add('a', 'second picture', 1);
    t.add('a', 'text');
    expect(t.attempts.map((x) => x.text)).toEqual(['picture', 'text']);
  });

  it('tries again after 1, 2, 4, 8 … 30 s with the same nonce, and asks the person after five minutes', async () => {
    const t = setup();
    t.add('a', 'x');
    const begin = t.clock.now();
    for (let n = 0; n < 30 && t.states.at(-1)?.state !== 'failed'; n++) {
      t.attempts.at(-1)?.refuse(new NetworkError());
      await t.clock.pass(30_000 - 1);
      await t.clock.pass(1);
    }
    const at = t.attempts.map((x) => x.at - begin);
    expect(at.slice(0, 3)).toEqual([0, 1000, 32_000]);
    expect(new Set(t.attempts.map((x) => x.nonce)).size).toBe(1);
    expect(t.states.at(-1)?.error?.code).toBe('NETWORK');
    expect((at.at(-1) as number) <= 5 * 60_000 + 30_000).toBe(true);
    t.queue.retry('1');
    expect(t.states.at(-1)?.state).toBe('sending');
  });

  it('waits for 429 and slowmode without counting them, and fails at once on other refusals', async () => {
    const t = setup();
    t.add('a', 'x');
    t.add('a', 'y');
    t.attempts[0]?.refuse(t.refusal(400, 'SLOWMODE_RATE_LIMITED', 400));
    await t.clock.pass(399_000);
    expect(t.attempts).toHaveLength(1);
    await t.clock.pass(1000);
    expect(t.attempts).toHaveLength(2);
    t.attempts[1]?.refuse(t.refusal(403, 'MISSING_PERMISSIONS'));
    await t.clock.pass(0);
    expect(t.attempts.map((x) => x.text)).toEqual(['x', 'x', 'y']);
    expect(t.states.find((s) => s.state === 'failed')?.error?.code).toBe('MISSING_PERMISSIONS');
    expect(t.kept.get('1')?.failed?.code).toBe('MISSING_PERMISSIONS');
  });

  it('goes on at once when the network is back, in order', async () => {
    const t = setup();
    t.add('a', 'one');
    t.add('a', 'two');
    t.attempts[0]?.refuse(new NetworkError());
    await t.clock.pass(0);
    expect(t.attempts).toHaveLength(1);
    t.queue.kick();
    expect(t.attempts.map((x) => x.text)).toEqual(['one', 'one']);
    t.attempts[1]?.done();
    await t.clock.pass(0);
    expect(t.attempts.map((x) => x.text)).toEqual(['one', 'one', 'two']);
  });

  it('forgets what the gateway brought, discards and replaces what waits', async () => {
    const t = setup();
    t.add('a', 'one');
    t.add('a', 'two');
    t.add('a', 'three');
    expect(t.queue.replace('2', { content: 'TWO' })).toBe(true);
    expect(t.queue.replace('1', { content: 'ONE' })).toBe(false);
    expect(t.queue.discard('3')?.content).toBe('three');
    t.queue.arrived('1');
    expect(t.attempts.map((x) => x.text)).toEqual(['one', 'TWO']);
    expect([...t.kept.keys()]).toEqual(['2']);
    t.queue.discard('2');
    expect(t.attempts[1]?.aborted).toBe(true);
    expect(t.kept.size).toBe(0);
  });

  it('restores in order, and does not send what is older than five minutes', async () => {
    const t = setup();
    const now = t.clock.now();
    t.queue.restore([
      { nonce: '3', channelId: 'a', outgoing: { content: 'late' }, at: now - 1000 },
      { nonce: '1', channelId: 'a', outgoing: { content: 'old' }, at: now - 400_000 },
      { nonce: '2', channelId: 'a', outgoing: { content: 'early' }, at: now - 2000 },
    ]);
    expect(t.attempts.map((x) => x.text)).toEqual(['early']);
    expect(t.states.find((s) => s.nonce === '1')?.error?.code).toBe('NOT_SENT');
  });
});
