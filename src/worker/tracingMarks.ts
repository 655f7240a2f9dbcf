import type { Clock } from '../core/base/clock';
import { Failure } from '../core/base/failure';
import type { TracingMarker } from '../core/tail/tracingSwitch';

/** How long the host may take to write a mark down. */
const keptWithinMs = 5_000;

/** The virtual hosts whose tracing is on because of us, kept by the host, which outlives this worker. */
export class TracingMarks implements TracingMarker {
  private readonly vhosts: Set<string>;
  private readonly waiting = new Set<(kept: ReadonlySet<string>) => void>();

  /** `earlier` are those that the host has kept from before; `tell` sends it the whole list. */
  constructor(
    private readonly clock: Clock,
    earlier: readonly string[],
    private readonly tell: (vhosts: readonly string[]) => void,
  ) {
    this.vhosts = new Set(earlier);
  }

  get all(): readonly string[] {
    return [...this.vhosts];
  }

  set(vhost: string): Promise<void> {
    this.vhosts.add(vhost);
    return new Promise((resolve, reject) => {
      const heard = (kept: ReadonlySet<string>): void => {
        if (!kept.has(vhost)) return;
        this.waiting.delete(heard);
        timer.dispose();
        resolve();
      };
      const timer = this.clock.after(keptWithinMs, () => {
        this.waiting.delete(heard);
        reject(
          new Failure('timeout', 'The editor did not write down that tracing is to be switched off again.'),
        );
      });
      this.waiting.add(heard);
      this.tell(this.all);
    });
  }

  clear(vhost: string): Promise<void> {
    this.vhosts.delete(vhost);
    this.tell(this.all);
    return Promise.resolve();
  }

  /** What the host says that it keeps now. */
  kept(vhosts: readonly string[]): void {
    const kept = new Set(vhosts);
    for (const heard of [...this.waiting]) heard(kept);
  }
}
