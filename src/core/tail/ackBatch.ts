import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';

const mostWaitMs = 200;

/** Acknowledges in batches: one frame for many messages, and none waits long for the others. */
export class AckBatch {
  private last: number | undefined;
  private count = 0;
  private timer: Disposable | undefined;

  /** `acknowledge` gets a delivery tag and means all up to it. */
  constructor(
    private readonly clock: Clock,
    private readonly most: number,
    private readonly acknowledge: (upTo: number) => void,
  ) {}

  /** Tags come in the order of their deliveries, and none is left out before one that is added. */
  add(deliveryTag: number): void {
    this.last = deliveryTag;
    this.count++;
    if (this.count >= this.most) this.flush();
    else
      this.timer ??= this.clock.after(mostWaitMs, () => {
        this.flush();
      });
  }

  flush(): void {
    this.timer?.dispose();
    this.timer = undefined;
    this.count = 0;
    if (this.last === undefined) return;
    this.acknowledge(this.last);
    this.last = undefined;
  }
}
