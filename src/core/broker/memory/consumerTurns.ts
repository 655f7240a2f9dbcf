import { integerField } from '../../base/fieldValue';
import type { Consumer } from './queueActor';

/** Who gets the next message: the highest `x-priority` with room first, then by turns; or one only. */
export class ConsumerTurns {
  private consumers: Consumer[] = [];
  private chosen: Consumer | undefined;

  constructor(private readonly single: boolean) {}

  all(): readonly Consumer[] {
    return this.consumers;
  }

  /** The one that single-active-consumer lets work. */
  active(): Consumer | undefined {
    return this.single ? this.chosen : undefined;
  }

  add(consumer: Consumer): void {
    this.consumers.push(consumer);
    if (this.single) this.chosen ??= consumer;
  }

  remove(consumer: Consumer): boolean {
    const index = this.consumers.indexOf(consumer);
    if (index < 0) return false;
    this.consumers.splice(index, 1);
    if (this.chosen === consumer) this.chosen = this.consumers[0];
    return true;
  }

  /** Takes the turn. */
  next(): Consumer | undefined {
    if (this.single) return this.chosen && hasRoom(this.chosen) ? this.chosen : undefined;
    let best: Consumer | undefined;
    for (const consumer of this.consumers) {
      if (hasRoom(consumer) && (!best || priority(consumer) > priority(best))) best = consumer;
    }
    if (best && this.consumers.length > 1) {
      this.consumers.splice(this.consumers.indexOf(best), 1);
      this.consumers.push(best);
    }
    return best;
  }
}

function hasRoom(consumer: Consumer): boolean {
  return consumer.noAck || consumer.prefetch === 0 || consumer.unacked < consumer.prefetch;
}

function priority(consumer: Consumer): number {
  return integerField(consumer.arguments, 'x-priority') ?? 0;
}
