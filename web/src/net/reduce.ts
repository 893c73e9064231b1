// A batch of dispatches, reduced to what still matters at its end: ten edits of one message arrive as one, of
// presences and typing only the last. Order between what is left is kept.
import type { Dispatch } from './gateway';

function keyOf({ t, d }: Dispatch): string | undefined {
  const data = d as Record<string, unknown>;
  switch (t) {
    case 'MESSAGE_UPDATE':
      return `m${data['id']}`;
    case 'PRESENCE_UPDATE':
      return `p${data['guild_id'] ?? ''}:${(data['user'] as { id: string } | undefined)?.id}`;
    case 'TYPING_START':
      return `t${data['channel_id']}:${data['user_id']}`;
    case 'VOICE_STATE_UPDATE':
      return `v${data['connection_id']}:${data['channel_id'] ? '' : 'out'}`;
    default:
      return undefined;
  }
}

export function reduce(batch: readonly Dispatch[]): Dispatch[] {
  const seen = new Map<string, number>();
  const result: (Dispatch | undefined)[] = [];
  for (const event of batch) {
    const key = keyOf(event);
    if (key !== undefined) {
      const earlier = seen.get(key);
      // A message's edit takes the earlier one's place: nothing between them depends on its text.
      if (earlier !== undefined && event.t === 'MESSAGE_UPDATE') {
        result[earlier] = event;
        continue;
      }
      if (earlier !== undefined) result[earlier] = undefined;
      seen.set(key, result.length);
    } else if (event.t === 'MESSAGE_DELETE') {
      seen.delete(`m${(event.d as { id: string }).id}`);
    }
    result.push(event);
  }
  return result.filter((event) => event !== undefined);
}
