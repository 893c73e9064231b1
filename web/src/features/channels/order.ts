// Where a channel may be dropped, and what is asked of the server for it.
export type Placed = { id: string; type: number; position: number; parentId: string | null };
export type Drop = { parentId: string | null; before: string | null };

export const CATEGORY = 4;
export const VOICE = 2;

const compareIds = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: Placed, b: Placed) => a.position - b.position || compareIds(a.id, b.id);

/** The channels under a parent as they are seen: text and links before voice within a category. */
export function siblings(all: readonly Placed[], parentId: string | null): Placed[] {
  const list = all.filter((one) => one.parentId === parentId).toSorted(inOrder);
  if (parentId === null) return list;
  return [...list.filter((one) => one.type !== VOICE), ...list.filter((one) => one.type === VOICE)];
}

/** The nearest legal place to the one asked for, or null when there is none (a category inside a category). */
export function legal(all: readonly Placed[], id: string, drop: Drop): Drop | null {
  const moved = all.find((one) => one.id === id);
  if (!moved) return null;
  if (moved.type === CATEGORY && drop.parentId !== null) return null;
  if (drop.before === id) return null;
  if (drop.parentId === null) return drop;
  const there = siblings(all, drop.parentId).filter((one) => one.id !== id);
  const at = drop.before === null ? there.length : there.findIndex((one) => one.id === drop.before);
  const firstVoice = there.findIndex((one) => one.type === VOICE);
  const voiceFrom = firstVoice < 0 ? there.length : firstVoice;
  const to = moved.type === VOICE ? Math.max(at, voiceFrom) : Math.min(at, voiceFrom);
  return { parentId: drop.parentId, before: there[to]?.id ?? null };
}

/** One item of `PATCH /guilds/{id}/channels`: the index among the new siblings, the moved one not counted. */
export function request(all: readonly Placed[], id: string, drop: Drop) {
  const there = siblings(all, drop.parentId).filter((one) => one.id !== id);
  const at = drop.before === null ? there.length : there.findIndex((one) => one.id === drop.before);
  return { id, parent_id: drop.parentId, position: at < 0 ? there.length : at };
}

/** All channels with new positions, as the server numbers them: shown at once, before it answers. */
export function apply(all: readonly Placed[], id: string, drop: Drop): Placed[] {
  const moved = all.find((one) => one.id === id);
  if (!moved) return [...all];
  const rest = all.map((one) => (one.id === id ? { ...one, parentId: drop.parentId } : one));
  const order: Placed[] = [];
  const put = (parentId: string | null) => {
    const list = siblings(rest, parentId).filter((one) => one.id !== id);
    if (drop.parentId === parentId) {
      const at = drop.before === null ? list.length : list.findIndex((one) => one.id === drop.before);
      list.splice(at < 0 ? list.length : at, 0, { ...moved, parentId });
    }
    for (const one of list) {
      order.push(one);
      if (one.type === CATEGORY) put(one.id);
    }
  };
  put(null);
  return order.map((one, index) => ({ ...one, position: index + 1 }));
}

/** One step by menu or key: among the siblings; at an edge into the neighbouring category. */
export function step(all: readonly Placed[], id: string, by: -1 | 1): Drop | null {
  const moved = all.find((one) => one.id === id);
  if (!moved) return null;
  const list = siblings(all, moved.parentId);
  const kin =
    moved.type === CATEGORY
      ? list.filter((one) => one.type === CATEGORY)
      : moved.parentId === null
        ? list.filter((one) => one.type !== CATEGORY)
        : list;
  const at = kin.findIndex((one) => one.id === id);
  const other = kin[at + by];
  const allowed =
    other && (moved.parentId === null || (other.type === VOICE) === (moved.type === VOICE)) ? other : null;
  if (allowed) {
    const before = by < 0 ? allowed.id : (kin[at + 2]?.id ?? null);
    if (moved.type === CATEGORY || moved.parentId !== null || by < 0)
      return { parentId: moved.parentId, before };
    // Among the top level's loose channels the categories between them are passed over.
    const next = list[list.findIndex((one) => one.id === allowed.id) + 1];
    return { parentId: null, before: next?.id ?? null };
  }
  if (moved.type === CATEGORY) return null;
  const categories = siblings(all, null).filter((one) => one.type === CATEGORY);
  const here = categories.findIndex((one) => one.id === moved.parentId);
  const to = here + by;
  if (to < -1) return null;
  const parent = to === -1 ? null : categories[to];
  if (parent === undefined) return null;
  if (parent === null) return { parentId: null, before: categories[0]?.id ?? null };
  const there = siblings(all, parent.id);
  return legal(all, id, { parentId: parent.id, before: by < 0 ? null : (there[0]?.id ?? null) });
}
