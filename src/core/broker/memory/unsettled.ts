import { precondition } from './fault';
import type { Consumer, QueueActor } from './queueActor';
import type { QueuedMessage } from './storedMessage';

/** A message that a channel has and has not settled yet. */
export interface Held {
  readonly tag: number;
  readonly queue: QueueActor;
  readonly entry: QueuedMessage;
  /** Missing for basic.get. */
  readonly consumer?: Consumer;
}

/** What a channel holds, by delivery tag. */
export class Unsettled {
  private readonly held = new Map<number, Held>();
  private lastTag = 0;

  /** The tag for the next delivery, also for one that needs no acknowledgement. */
  nextTag(): number {
    this.lastTag += 1;
    return this.lastTag;
  }

  hold(held: Held): void {
    this.held.set(held.tag, held);
    if (held.consumer) held.consumer.unacked += 1;
  }

  /** `multiple`: all up to and with the tag, and all there are for tag 0. Throws 406 for a tag it does not hold. */
  take(tag: number, multiple: boolean): readonly Held[] {
    if (!multiple) {
      const one = this.held.get(tag);
      if (!one) throw unknownTag(tag);
      return this.release([one]);
    }
    if (tag > this.lastTag) throw unknownTag(tag);
    return this.release([...this.held.values()].filter((held) => tag === 0 || held.tag <= tag));
  }

  /**
   * Everything, as the broker gives it back when a channel goes: consumer by consumer in the order of their names,
   * where each basic.get counts as a consumer named by its tag. Hence 1, 10, 11, 2 (DOMAIN 1.1).
   */
  takeAllForClose(): readonly Held[] {
    const name = (held: Held): string => held.consumer?.tag ?? String(held.tag);
    const order = [...this.held.values()].sort((a, b) =>
      name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : a.tag - b.tag,
    );
    return this.release(order);
  }

  private release(list: readonly Held[]): readonly Held[] {
    for (const { tag, consumer } of list) {
      this.held.delete(tag);
      if (consumer) consumer.unacked -= 1;
    }
    return list;
  }
}

/** Groups by queue, in the order given. */
export function byQueue(list: readonly Held[]): ReadonlyMap<QueueActor, readonly QueuedMessage[]> {
  const groups = new Map<QueueActor, QueuedMessage[]>();
  for (const { queue, entry } of list) {
    const group = groups.get(queue);
    if (group) group.push(entry);
    else groups.set(queue, [entry]);
  }
  return groups;
}

function unknownTag(tag: number): Error {
  return precondition(`unknown delivery tag ${String(tag)}`);
}
