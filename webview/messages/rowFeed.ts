import type { Row } from '../../src/core/message/row';

/** Rows `from` to `to - 1`, by place. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

const mostAtOnce = 200;
const mostKept = 2_000;

/**
 * The rows around the screen, fetched by range. One request at a time; while it runs only the latest wish is kept,
 * so that a fast scroll asks for where it ended and not for every place on its way. A row never changes at its place
 * within one generation of a view, so what was fetched stays good until the panel shows another.
 */
export class RowFeed {
  private readonly rows = new Map<number, Row>();
  /** Asked for and not given: the buffer has let them go. */
  private readonly gone = new Set<number>();
  private wish: RowRange | undefined;
  private running = false;
  private generation = 0;

  constructor(
    private readonly request: (from: number, count: number) => Promise<readonly Row[]>,
    private readonly changed: () => void,
    private readonly failed: (thrown: unknown) => void,
  ) {}

  row(place: number): Row | undefined {
    return this.rows.get(place);
  }

  isGone(place: number): boolean {
    return this.gone.has(place);
  }

  has({ from, to }: RowRange): boolean {
    return this.missing({ from, to }) === undefined;
  }

  /** Makes the rows of the range come, unless they are here. */
  want(range: RowRange): void {
    this.wish = range;
    if (!this.running) void this.run();
  }

  /** One row apart from what the screen wants, where it is not here. */
  async one(place: number): Promise<Row | undefined> {
    const known = this.rows.get(place);
    if (known !== undefined || this.gone.has(place)) return known;
    const [row] = await this.request(place, 1);
    return row;
  }

  /** Another view, or another filter: nothing known holds any more, not even what is on its way. */
  reset(): void {
    this.generation++;
    this.rows.clear();
    this.gone.clear();
    this.wish = undefined;
  }

  private missing({ from, to }: RowRange): RowRange | undefined {
    const known = (place: number): boolean => this.rows.has(place) || this.gone.has(place);
    let first = from;
    while (first < to && known(first)) first++;
    let last = to;
    while (last > first && known(last - 1)) last--;
    return first < last ? { from: first, to: last } : undefined;
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      for (;;) {
        const wish = this.wish;
        const missing = wish && this.missing(wish);
        if (!wish || !missing) return;
        const generation = this.generation;
        const count = Math.min(missing.to - missing.from, mostAtOnce);
        const rows = await this.request(missing.from, count);
        if (generation === this.generation) this.keep(rows, { from: missing.from, to: missing.from + count });
      }
    } catch (thrown) {
      // Not asked for again until the next wish: a host that fails must not be asked in a circle.
      this.wish = undefined;
      this.failed(thrown);
    } finally {
      this.running = false;
    }
  }

  private keep(rows: readonly Row[], asked: RowRange): void {
    this.prune(asked);
    for (const row of rows) this.rows.set(row.place, row);
    for (let place = asked.from; place < asked.to; place++) if (!this.rows.has(place)) this.gone.add(place);
    this.changed();
  }

  private prune({ from, to }: RowRange): void {
    if (this.rows.size + this.gone.size < mostKept) return;
    const far = (place: number): boolean => place < from - mostAtOnce || place > to + mostAtOnce;
    for (const place of [...this.rows.keys()]) if (far(place)) this.rows.delete(place);
    for (const place of [...this.gone]) if (far(place)) this.gone.delete(place);
  }
}
