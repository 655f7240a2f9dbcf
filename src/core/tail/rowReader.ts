import type { KeptRow, RingBuffer, RowMark } from './ringBuffer';

/**
 * Goes through the rows of a buffer while more of them arrive and the oldest go, and counts the messages that went
 * before their turn. The buffer itself is the queue between a flow and a slower writer: bounded, and nothing is
 * copied for it.
 */
export class RowReader {
  private seq: number;
  private passed: number;
  private lost = 0;

  constructor(
    private readonly rows: Pick<RingBuffer, 'start' | 'end' | 'at'>,
    from: RowMark,
    private until?: RowMark,
  ) {
    this.seq = from.seq;
    this.passed = from.messages;
  }

  /** Messages that were let go before they were read. */
  get missing(): number {
    return this.lost;
  }

  /** Reads nothing that arrives from now on. */
  endHere(): void {
    this.until = this.rows.end;
  }

  /** The next row, or `undefined` while there is none. Its body must be used at once: see `KeptRow`. */
  next(): KeptRow | undefined {
    const { rows, until } = this;
    const start = rows.start;
    if (this.seq < start.seq) {
      const passed = Math.min(start.messages, until?.messages ?? start.messages);
      this.lost += passed - this.passed;
      this.passed = passed;
      this.seq = start.seq;
    }
    if (this.seq >= (until?.seq ?? rows.end.seq)) return undefined;
    const row = rows.at(this.seq);
    if (row === undefined) return undefined;
    this.seq++;
    if (row.kind === 'message') this.passed++;
    return row;
  }
}
