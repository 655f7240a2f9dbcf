const most = 60;

/** How many arrived in each of the last seconds, from a running total that is looked at now and then. */
export class SecondCounts {
  /** Oldest first; the last one is the second that still runs. */
  private counts: number[] = [];
  private second = 0;
  private total = 0;

  /** Notes the total at a monotonic time in milliseconds. Call it when counting starts and at every snapshot. */
  mark(at: number, total: number): void {
    const second = Math.floor(at / 1_000);
    if (this.counts.length === 0) {
      this.counts = [0];
      this.total = total;
    } else {
      const passed = Math.min(second - this.second, most + 1);
      for (let count = 0; count < passed; count++) this.counts.push(0);
      if (this.counts.length > most + 1) this.counts = this.counts.slice(-most - 1);
    }
    this.counts[this.counts.length - 1] = (this.counts.at(-1) ?? 0) + total - this.total;
    this.second = second;
    this.total = total;
  }

  /** Of every second that is over at that time, at most 60, oldest first. */
  list(at: number, total: number): readonly number[] {
    if (this.counts.length > 0) this.mark(at, total);
    return this.counts.slice(0, -1);
  }

  /** Nothing arrived in all of that time, the running second included. */
  get isFlat(): boolean {
    return this.counts.every((count) => count === 0);
  }

  reset(): void {
    this.counts = [];
  }
}
