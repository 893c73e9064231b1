// Which of several tabs sends what waits in the queue: each network worker holds a lock of its own, and takes over
// what belongs to a lock nobody holds any more.

export interface Owner {
  id: string;
  /** Of those owners, the ones that are gone (and this one). */
  abandoned(owners: string[]): Promise<Set<string>>;
}

export function adopt(): Owner {
  const id = `queue:${Math.random().toString(36).slice(2)}`;
  const locks = globalThis.navigator?.locks;
  // Held until the worker ends.
  const held = locks
    ? new Promise<void>((resolve) => {
        void locks.request(id, () => {
          resolve();
          return new Promise<never>(() => {});
        });
      })
    : Promise.resolve();
  return {
    id,
    async abandoned(owners) {
      await held;
      const state = locks ? await locks.query() : { held: [] };
      const alive = new Set((state.held ?? []).map((lock) => lock.name ?? ''));
      alive.delete(id);
      return new Set(owners.filter((owner) => !alive.has(owner)));
    },
  };
}
