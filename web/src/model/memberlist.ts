// The sparse rows of a member list and the ops that change them. Pure.

export type Item<M> = { group: { id: string; count: number } } | { member: M };
export type ListOp<I> =
  | { op: 'SYNC'; range: [number, number]; items: I[] }
  | { op: 'INSERT'; index: number; item: I }
  | { op: 'UPDATE'; index: number; item: I }
  | { op: 'DELETE'; index: number }
  | { op: 'INVALIDATE'; range: [number, number] };

export class ListRows<Row> {
  private rows: (Row | undefined)[] = [];
  total = 0;

  get(index: number): Row | undefined {
    return this.rows[index];
  }
  clear(total: number): void {
    this.rows = [];
    this.total = total;
  }

  /** False when an op lies outside of what can be there: then nothing here is to be trusted. */
  apply<I>(ops: readonly ListOp<I>[], total: number, row: (item: I) => Row): boolean {
    let fits = true;
    for (const op of ops) {
      switch (op.op) {
        case 'SYNC': {
          const [from, to] = op.range;
          for (let at = from; at <= to && at < Math.max(this.rows.length, from + op.items.length); at++) {
            this.rows[at] = undefined;
          }
          op.items.forEach((item, at) => {
            this.rows[from + at] = row(item);
          });
          break;
        }
        case 'INSERT':
          if (op.index > Math.max(this.rows.length, this.total) + ops.length) fits = false;
          if (op.index >= this.rows.length) this.rows[op.index] = row(op.item);
          else this.rows.splice(op.index, 0, row(op.item));
          break;
        case 'UPDATE':
          if (op.index >= total + ops.length) fits = false;
          this.rows[op.index] = row(op.item);
          break;
        case 'DELETE':
          if (op.index < this.rows.length) this.rows.splice(op.index, 1);
          break;
        case 'INVALIDATE':
          for (let at = op.range[0]; at <= op.range[1] && at < this.rows.length; at++)
            this.rows[at] = undefined;
      }
    }
    this.total = total;
    if (this.rows.length > total) this.rows.length = total;
    return fits;
  }
}
