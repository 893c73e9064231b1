// Ids of the wire: decimal snowflakes. They are compared as numbers, by length and then text, never by time.

export const EPOCH = 1_420_070_400_000;

/** Negative when `a` is older, 0 when equal. Ids carry no leading zeros. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
export const newer = (a: string, b: string): boolean => compareIds(a, b) > 0;
export const maxId = (a: string, b: string): string => (compareIds(a, b) >= 0 ? a : b);

/** Milliseconds since 1970. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + EPOCH;
/** The smallest id of that moment. */
export const idAt = (ms: number): string => String(BigInt(Math.max(0, Math.floor(ms) - EPOCH)) << 22n);
export const before = (id: string): string => String(BigInt(id) - 1n);

/** Nonces are snowflakes of this device's clock; no two of a maker are the same, and they only grow. */
export function nonceMaker(now: () => number = Date.now): () => string {
  let last = 0n;
  return () => {
    const fresh = BigInt(Math.max(0, now() - EPOCH)) << 22n;
    last = fresh > last ? fresh : last + 1n;
    return String(last);
  };
}
