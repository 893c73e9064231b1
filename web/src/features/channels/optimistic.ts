import { entity } from '#/store';
import { putChannel } from '#/store/put';
import { batch } from '#/store/reactive';
import type { Placed } from './order';

/** Shows an order before the server confirms it; the function it returns takes it back. */
export function showOrder(order: readonly Placed[]): () => void {
  const before = order.flatMap((one) => entity('channels', one.id) ?? []);
  batch(() => {
    for (const one of order) {
      const channel = entity('channels', one.id);
      if (channel) putChannel({ ...channel, position: one.position, parent_id: one.parentId });
    }
  });
  return () => batch(() => before.forEach(putChannel));
}
