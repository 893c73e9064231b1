// The messages of a channel that are known, as contiguous runs of ids. Between two runs something may be missing.
// Pure: rows live in the store, here are only ids.
import { compareIds, maxId } from './snowflake';

export interface Segment {
  /** Ascending. */
  ids: string[];
  older: boolean;
  newer: boolean;
  /** Reaches the present: new messages are appended. */
  live: boolean;
}

export interface Page {
  /** Any order. */
  ids: readonly string[];
  older: boolean;
  newer: boolean;
  live: boolean;
}

const first = (segment: { ids: string[] }): string => segment.ids[0] ?? '';
const last = (segment: { ids: string[] }): string => segment.ids[segment.ids.length - 1] ?? '';

export class Segments {
  /** Ascending, none overlaps another. Only an empty channel has a run without ids. */
  list: Segment[] = [];

  get live(): Segment | undefined {
    const end = this.list[this.list.length - 1];
    return end?.live ? end : undefined;
  }
  get newest(): Segment | undefined {
    return this.list[this.list.length - 1];
  }

  holding(id: string): Segment | undefined {
    return this.list.find(
      (segment) =>
        segment.ids.length && compareIds(first(segment), id) <= 0 && compareIds(last(segment), id) >= 0,
    );
  }
  has(id: string): boolean {
    return this.holding(id)?.ids.includes(id) ?? false;
  }

  /** Takes a contiguous page over, merged with the runs it overlaps. The page is right about its own range; ids of
   * that range it does not have are given back: they were deleted meanwhile. */
  insert(page: Page): string[] {
    const ids = [...new Set(page.ids)].sort(compareIds);
    let merged: Segment = { ids, older: page.older, newer: page.newer, live: page.live };
    const gone: string[] = [];
    const rest: Segment[] = [];
    for (const segment of this.list) {
      if (!segment.ids.length || !touches(segment, merged, page)) {
        if (segment.ids.length || (!ids.length && !page.live)) rest.push(segment);
        continue;
      }
      const inPage = new Set(ids);
      const from = page.older ? (ids[0] ?? '') : '0';
      const to = page.newer ? (ids[ids.length - 1] ?? '') : undefined;
      const kept = segment.ids.filter((id) => {
        const inRange =
          ids.length > 0 && compareIds(id, from) >= 0 && (to === undefined || compareIds(id, to) <= 0);
        // A live run may already hold what came after the page was made.
        const later = segment.live && page.live && compareIds(id, ids[ids.length - 1] ?? '0') > 0;
        if (!inRange || inPage.has(id) || later) return true;
        gone.push(id);
        return false;
      });
      const both = [...new Set([...kept, ...merged.ids])].sort(compareIds);
      const segmentFirst = kept.length ? (kept[0] as string) : undefined;
      const segmentLast = kept.length ? (kept[kept.length - 1] as string) : undefined;
      const oldest = segmentFirst !== undefined && compareIds(segmentFirst, first(merged)) < 0;
      const newest = segmentLast !== undefined && compareIds(segmentLast, last(merged)) > 0;
      merged = {
        ids: both,
        older: oldest ? segment.older : merged.older,
        newer: newest ? segment.newer : merged.newer,
        live: newest ? segment.live || merged.live : merged.live,
      };
      if (merged.live) merged.newer = false;
    }
    rest.push(merged);
    rest.sort((a, b) => compareIds(first(a), first(b)));
    this.list = rest;
    return gone;
  }

  /** A new message: belongs to the run that reaches the present, or to none. */
  append(id: string): boolean {
    const live = this.live;
    if (!live) return false;
    const end = last(live);
    if (!end || compareIds(id, end) > 0) live.ids.push(id);
    else if (!live.ids.includes(id)) {
      live.ids.push(id);
      live.ids.sort(compareIds);
    }
    return true;
  }

  remove(id: string): boolean {
    for (const segment of this.list) {
      const at = segment.ids.indexOf(id);
      if (at >= 0) {
        segment.ids.splice(at, 1);
        if (!segment.ids.length && !segment.live) this.list = this.list.filter((other) => other !== segment);
        return true;
      }
    }
    return false;
  }

  /** A new session: nobody told what came meanwhile. */
  detach(): void {
    const end = this.live;
    if (!end) return;
    end.live = false;
    end.newer = true;
    if (!end.ids.length) this.list.pop();
  }

  /** Every id, for eviction. */
  count(): number {
    return this.list.reduce((sum, segment) => sum + segment.ids.length, 0);
  }
  newestId(): string | undefined {
    return this.list.reduce<string | undefined>(
      (most, segment) => (segment.ids.length ? (most ? maxId(most, last(segment)) : last(segment)) : most),
      undefined,
    );
  }
}

/** Ranges overlap; a page that ends (or begins) the history also covers what lies beyond its outermost id. */
function touches(segment: Segment, merged: Segment, page: Page): boolean {
  if (!merged.ids.length) return page.live && !page.older;
  const reachesUp =
    compareIds(first(segment), last(merged)) <= 0 || (!merged.newer && merged.live && segment.live);
  const reachesDown = compareIds(last(segment), first(merged)) >= 0;
  return reachesUp && reachesDown;
}
