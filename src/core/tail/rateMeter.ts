interface Sample {
  readonly at: number;
  readonly total: number;
}

/** How many a second, over the last few seconds, from a running total that is looked at now and then. */
export class RateMeter {
  private samples: Sample[] = [];

  /** `windowMs` is how far back it looks. */
  constructor(private readonly windowMs = 3_000) {}

  /** Notes the total at a monotonic time in milliseconds. Call it when counting starts and at every snapshot. */
  mark(at: number, total: number): void {
    this.samples.push({ at, total });
    // The newest sample older than the window stays: it is the best base for the whole window.
    const tooOld = this.samples.findLastIndex((sample) => at - sample.at >= this.windowMs);
    if (tooOld > 0) this.samples = this.samples.slice(tooOld);
  }

  /** A second; less than a second of history counts as a second, so that one message is not shown as ten. */
  rate(): number {
    const oldest = this.samples[0];
    const newest = this.samples.at(-1);
    if (!oldest || !newest) return 0;
    return ((newest.total - oldest.total) * 1_000) / Math.max(newest.at - oldest.at, 1_000);
  }

  reset(): void {
    this.samples = [];
  }
}
