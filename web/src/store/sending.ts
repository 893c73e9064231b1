// The page's side of sending: pending rows appear at once, the network worker's queue does the rest.
import type { Message } from '#/api/types';
import { nonceMaker } from '#/model/snowflake';
import { call } from '#/net/client';
import { heardMessage } from './apply-message';
import { histories, snapshots } from './history';
import { tellOutcome } from './outcomes';
import { batch } from './reactive';
import { pendings } from './state';
import { movesOf } from './timeline';
import type { Outgoing, Pending } from './types';
import { typingDone } from './typing';

const nonce = nonceMaker();
/** Nonces whose message is known: what the queue still says of them is late. */
const done = new Set<string>();

export function send(channelId: string, outgoing: Outgoing): string {
  const id = nonce();
  pendings.set(id, { nonce: id, channelId, outgoing, state: 'queued', at: Date.now() });
  typingDone(channelId);
  const at = histories.get(channelId);
  if (at && (at.view.bottom || !at.segments.live)) movesOf(channelId).toPresent();
  if (at?.unreadFrom) {
    at.unreadFrom = undefined;
    snapshots.touch(channelId);
  }
  void call('send', channelId, id, outgoing);
  return id;
}
export function retry(id: string): void {
  void call('retry', id);
}
export function discard(id: string): Outgoing | undefined {
  const pending = pendings.get(id);
  done.add(id);
  pendings.delete(id);
  void call('discard', id);
  return pending?.outgoing;
}
/** Changes the text of what still waits. False once it is on its way. */
export async function editPending(id: string, content: string): Promise<boolean> {
  const pending = pendings.get(id);
  if (!pending) return false;
  return call('replace', id, { ...pending.outgoing, content });
}

export function heardPending(pending: Pending): void {
  if (done.has(pending.nonce)) return;
  const was = pendings.get(pending.nonce)?.state;
  if (pending.state === 'failed' && was && was !== 'failed') tellOutcome('failed', pending);
  pendings.set(pending.nonce, pending);
}
export function heardSent(id: string, message: Message): void {
  batch(() => {
    done.add(id);
    heardMessage({ ...message, nonce: message.nonce ?? id });
    pendings.delete(id);
  });
}
