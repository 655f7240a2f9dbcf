import type { Delivery } from '../../message/message';
import type { TaskLoop } from './taskLoop';

/** What one consumer is told. Nothing arrives before the answer to basic.consume has been sent. */
export class DeliverySink {
  private early: (() => void)[] | undefined = [];

  constructor(
    private readonly loop: TaskLoop,
    private readonly isOpen: () => boolean,
    private readonly onDelivery: (delivery: Delivery) => void,
    private readonly onCancelled: () => void,
  ) {}

  deliver(delivery: Delivery): void {
    this.tell(() => {
      this.onDelivery(delivery);
    });
  }

  cancelled(): void {
    this.tell(this.onCancelled);
  }

  /** The answer has been sent. */
  open(): void {
    const waiting = this.early ?? [];
    this.early = undefined;
    for (const task of waiting) this.tell(task);
  }

  private tell(task: () => void): void {
    if (this.early) this.early.push(task);
    else {
      this.loop.post(() => {
        if (this.isOpen()) task();
      });
    }
  }
}
