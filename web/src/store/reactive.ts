// Keyed cells: rows of tables, derived lists and values. A component listens to one key; what changes within a
// batch is told once, at its end. Derived cells are computed when asked for and kept until something they were made
// of is touched.

type Listener = () => void;

interface Pulse {
  settle(keys: Set<string>): void;
}

let depth = 0;
let dirty = new Map<Pulse, Set<string>>();

/** What changes inside is told at the end, once. */
export function batch<T>(act: () => T): T {
  depth++;
  try {
    return act();
  } finally {
    if (--depth === 0) flush();
  }
}
function flush(): void {
  // Telling may change more (an open channel is acknowledged): again, until nothing is left.
  for (let round = 0; dirty.size && round < 100; round++) {
    const now = dirty;
    dirty = new Map();
    depth++;
    try {
      for (const [cell, keys] of now) cell.settle(keys);
    } finally {
      depth--;
    }
  }
}
function mark(cell: Pulse, key: string): void {
  const keys = dirty.get(cell);
  if (keys) keys.add(key);
  else dirty.set(cell, new Set([key]));
  if (depth === 0) flush();
}

class Listeners {
  private readonly byKey = new Map<string, Set<Listener>>();
  add(key: string, listener: Listener): () => void {
    const set = this.byKey.get(key) ?? new Set<Listener>();
    this.byKey.set(key, set);
    set.add(listener);
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.byKey.get(key) === set) this.byKey.delete(key);
    };
  }
  has = (key: string): boolean => this.byKey.has(key);
  tell(key: string): void {
    for (const listener of [...(this.byKey.get(key) ?? [])]) listener();
  }
  keys = (): Iterable<string> => this.byKey.keys();
}

export class Table<Row> implements Pulse {
  private rows = new Map<string, Row>();
  private readonly listeners = new Listeners();
  /** Told at once of every change, for indexes. */
  onChange: ((key: string, now: Row | undefined, was: Row | undefined) => void) | undefined;

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }
  has(key: string): boolean {
    return this.rows.has(key);
  }
  set(key: string, row: Row): void {
    const was = this.rows.get(key);
    if (was === row) return;
    this.rows.set(key, row);
    this.onChange?.(key, row, was);
    mark(this, key);
  }
  /** Changes fields of a row that is there. */
  patch(key: string, fields: Partial<Row>): void {
    const was = this.rows.get(key);
    if (was) this.set(key, { ...was, ...fields });
  }
  delete(key: string): void {
    const was = this.rows.get(key);
    if (was === undefined) return;
    this.rows.delete(key);
    this.onChange?.(key, undefined, was);
    mark(this, key);
  }
  clear(): void {
    for (const key of [...this.rows.keys()]) this.delete(key);
  }
  /** Empties without telling indexes of each row: they are emptied beside. */
  wipe(): void {
    this.rows.clear();
    for (const key of this.listeners.keys()) mark(this, key);
  }
  keys(): IterableIterator<string> {
    return this.rows.keys();
  }
  values(): IterableIterator<Row> {
    return this.rows.values();
  }
  entries(): IterableIterator<[string, Row]> {
    return this.rows.entries();
  }
  get size(): number {
    return this.rows.size;
  }
  subscribe = (key: string, listener: Listener): (() => void) => this.listeners.add(key, listener);
  settle(keys: Set<string>): void {
    for (const key of keys) this.listeners.tell(key);
  }
}

/** Values made of other cells. `same` keeps the old value, and its identity, when nothing changed. */
export class Derived<Value> implements Pulse {
  private readonly cache = new Map<string, Value>();
  private readonly stale = new Set<string>();
  private readonly listeners = new Listeners();

  constructor(
    private readonly compute: (key: string, was: Value | undefined) => Value,
    private readonly same: (a: Value, b: Value) => boolean = Object.is,
  ) {}

  get(key = ''): Value {
    if (this.cache.has(key) && !this.stale.has(key)) return this.cache.get(key) as Value;
    const known = this.cache.has(key);
    const was = this.cache.get(key);
    this.stale.delete(key);
    const value = this.compute(key, was);
    if (known && this.same(was as Value, value)) return was as Value;
    this.cache.set(key, value);
    return value;
  }
  touch(key = ''): void {
    if (!this.cache.has(key) && !this.listeners.has(key)) return;
    this.stale.add(key);
    mark(this, key);
  }
  touchAll(): void {
    for (const key of new Set([...this.cache.keys(), ...this.listeners.keys()])) this.touch(key);
  }
  forget(key: string): void {
    this.cache.delete(key);
    this.stale.delete(key);
  }
  subscribe = (key: string, listener: Listener): (() => void) => this.listeners.add(key, listener);
  settle(keys: Set<string>): void {
    for (const key of keys) {
      if (!this.listeners.has(key)) continue;
      const known = this.told.has(key);
      const was = this.told.get(key);
      const now = this.get(key);
      if (known && was === now) continue;
      this.told.set(key, now);
      this.listeners.tell(key);
    }
  }
  private readonly told = new Map<string, Value>();
}

export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

export function sameFields<T extends object>(a: T, b: T): boolean {
  if (a === b) return true;
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}
