import type { FieldTable } from '../../base/fieldValue';
import { emptyTable } from '../../base/fieldValue';
import type { Behaviour } from './behaviour';
import { long } from './storedMessage';
import type { QueuedMessage } from './storedMessage';

/** How messages came back: `nack` by basic.nack, `close` because their channel or connection went. */
export type GiveBack = 'nack' | 'close';

/** The ready messages of a queue, in the order in which they are delivered. */
export interface ReadyMessages {
  readonly length: number;
  first(): QueuedMessage | undefined;
  shift(): QueuedMessage | undefined;
  push(entry: QueuedMessage): void;
  /** Takes messages back in the order given and returns those that reached the delivery limit. */
  giveBack(entries: readonly QueuedMessage[], how: GiveBack): readonly QueuedMessage[];
  /** The headers the queue adds on delivery. */
  headersOf(entry: QueuedMessage): FieldTable;
}

/** First in, first out, without the cost of `Array.shift` on long queues. */
class Line {
  private items: QueuedMessage[] = [];
  private head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  first(): QueuedMessage | undefined {
    return this.items[this.head];
  }

  shift(): QueuedMessage | undefined {
    const item = this.items[this.head];
    if (item === undefined) return undefined;
    this.head += 1;
    if (this.head > 1_000 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }

  push(item: QueuedMessage): void {
    this.items.push(item);
  }

  /** At the place its position says, looking from the front, where given-back messages belong. */
  insert(item: QueuedMessage): void {
    let at = this.head;
    while (at < this.items.length && (this.items[at]?.position ?? 0) < item.position) at += 1;
    this.items.splice(at, 0, item);
  }
}

/** Classic queues give back to the original position and count nothing (DOMAIN 1.1). */
export class ClassicReady implements ReadyMessages {
  private readonly line = new Line();

  get length(): number {
    return this.line.length;
  }

  first(): QueuedMessage | undefined {
    return this.line.first();
  }

  shift(): QueuedMessage | undefined {
    return this.line.shift();
  }

  push(entry: QueuedMessage): void {
    this.line.push(entry);
  }

  giveBack(entries: readonly QueuedMessage[]): readonly QueuedMessage[] {
    for (const entry of entries) this.line.insert(entry);
    return [];
  }

  headersOf(): FieldTable {
    return emptyTable;
  }
}

/**
 * Quorum queues give back to a list of returns that is served first, or to the tail, and count (the table of
 * DOMAIN 1.1; seen on 3.10.8, 4.0.5 and 4.3.6).
 */
export class QuorumReady implements ReadyMessages {
  private readonly returns = new Line();
  private readonly line = new Line();

  /** `limit` is the delivery limit in effect; missing means none. */
  constructor(
    private readonly behaviour: Behaviour,
    private readonly limit: number | undefined,
  ) {}

  get length(): number {
    return this.returns.length + this.line.length;
  }

  first(): QueuedMessage | undefined {
    return this.returns.first() ?? this.line.first();
  }

  shift(): QueuedMessage | undefined {
    return this.returns.shift() ?? this.line.shift();
  }

  push(entry: QueuedMessage): void {
    this.line.push(entry);
  }

  giveBack(entries: readonly QueuedMessage[], how: GiveBack): readonly QueuedMessage[] {
    return entries.filter((entry) => {
      entry.acquired += 1;
      if (this.behaviour !== '4.3' || how === 'close') entry.failed += 1;
      const count = this.behaviour === '4.3' ? entry.failed : entry.acquired;
      if (this.limit !== undefined && count > this.limit) return true;
      // Without a limit, versions before 4.3 write a nacked message to the Raft log again: behind all others.
      const toTail = how === 'nack' && this.limit === undefined && this.behaviour !== '4.3';
      (toTail ? this.line : this.returns).push(entry);
      return false;
    });
  }

  headersOf(entry: QueuedMessage): FieldTable {
    if (entry.acquired === 0) return emptyTable;
    if (this.behaviour !== '4.3') return [long('x-delivery-count', entry.acquired)];
    const acquired = long('x-acquired-count', entry.acquired);
    return entry.failed === 0 ? [acquired] : [acquired, long('x-delivery-count', entry.failed)];
  }
}
