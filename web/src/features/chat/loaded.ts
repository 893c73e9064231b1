// Which messages the open timelines show, for what leads from one message to the next.
import type { Row } from '#/store';

const loaded = new Map<string, readonly Row[]>();

export function tellLoaded(channelId: string, rows: readonly Row[] | null): void {
  if (rows) loaded.set(channelId, rows);
  else loaded.delete(channelId);
}

export const loadedMessages = (channelId: string): string[] =>
  (loaded.get(channelId) ?? []).flatMap((row) => (row.kind === 'message' ? row.id : []));

/** Who spoke last, newest first. */
export function speakers(channelId: string): string[] {
  const ids = new Set<string>();
  const rows = loaded.get(channelId) ?? [];
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (row?.kind === 'message' && !row.message.webhook_id) ids.add(row.message.author.id);
  }
  return [...ids];
}

/** The nonce of the newest message that still waits to be sent. */
export function newestWaiting(channelId: string): string | undefined {
  const row = (loaded.get(channelId) ?? []).findLast(
    (one) => one.kind === 'pending' && one.pending.state === 'queued',
  );
  return row?.kind === 'pending' ? row.pending.nonce : undefined;
}

/** The newest message of somebody that satisfies a condition. */
export function newest(channelId: string, fits: (row: Row & { kind: 'message' }) => boolean) {
  const rows = loaded.get(channelId) ?? [];
  const found = rows.findLast((row) => row.kind === 'message' && fits(row));
  return found?.kind === 'message' ? found.message : undefined;
}
