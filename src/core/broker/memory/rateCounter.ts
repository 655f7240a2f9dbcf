import type { Clock } from '../../base/clock';

/** The broker's own counters are five seconds apart (DOMAIN 4.1); so is the memory of this one. */
const seconds = 5;

/** Events a second over the last five whole seconds. */
export class RateCounter {
  private readonly counts = new Map<number, number>();

  constructor(private readonly clock: Clock) {}

  add(count = 1): void {
    const now = this.second();
    this.counts.set(now, (this.counts.get(now) ?? 0) + count);
    for (const second of this.counts.keys()) if (second < now - seconds) this.counts.delete(second);
  }

  rate(): number {
    const now = this.second();
    let sum = 0;
    for (const [second, count] of this.counts) if (second < now && second >= now - seconds) sum += count;
    return sum / seconds;
  }

  private second(): number {
    return Math.floor(this.clock.monotonic() / 1_000);
  }
}
