import type { Clock } from '../../src/core/base/clock';
import { toDisposable } from '../../src/core/base/disposable';
import type { Disposable } from '../../src/core/base/disposable';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

/** Time that passes only when a test turns it. It begins at noon UTC of 2 January 2026. */
export class ManualClock implements Clock {
  private elapsed = 0;
  private readonly timers = new Set<Timer>();

  constructor(private readonly start = Date.UTC(2026, 0, 2, 12, 0, 0)) {}

  now(): number {
    return this.start + this.elapsed;
  }

  monotonic(): number {
    return this.elapsed;
  }

  after(ms: number, action: () => void): Disposable {
    const timer = { at: this.elapsed + Math.max(0, ms), action };
    this.timers.add(timer);
    return toDisposable(() => this.timers.delete(timer));
  }

  /** Lets `ms` pass: every timer that comes due runs in order, and what it set off settles before the next one. */
  async pass(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    await settled();
    for (let due = this.nextDue(end); due; due = this.nextDue(end)) {
      this.timers.delete(due);
      this.elapsed = Math.max(this.elapsed, due.at);
      due.action();
      await settled();
    }
    this.elapsed = Math.max(this.elapsed, end);
  }

  /** Time jumps and nothing runs, as on a sleeping computer; timers that came due run at the next `pass`. */
  sleep(ms: number): void {
    this.elapsed += ms;
  }

  private nextDue(end: number): Timer | undefined {
    return [...this.timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Everything that promises had left to do is done. */
export async function settled(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
