import type { FieldTable } from '../../base/fieldValue';
import type { QueueDeclaration } from '../amqpPort';
import type { QueueType } from '../../topology/model';
import type { DeathReason, QueuedMessage, StoredMessage } from './storedMessage';

/** A consumer as its queue sees it. */
export interface Consumer {
  readonly tag: string;
  readonly connectionName: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  /** 0 means no limit. */
  readonly prefetch: number;
  readonly arguments: FieldTable;
  /** Delivered and not yet settled. Counted by the channel. */
  unacked: number;
  deliver(entry: QueuedMessage, headers: FieldTable): void;
  /** The queue has gone. */
  cancelled(): void;
}

export interface QueueFigures {
  readonly ready: number;
  readonly unacked: number;
  readonly consumers: readonly Consumer[];
  readonly activeConsumer?: Consumer;
  /** Messages a second. */
  readonly rateIn: number;
  readonly rateOut: number;
}

/** What a queue of any type does. Methods throw a Fault where RabbitMQ refuses. */
export interface QueueActor {
  readonly name: string;
  readonly type: QueueType;
  readonly declaration: QueueDeclaration;
  /** The connection that alone may use an exclusive queue. */
  readonly owner: object | undefined;
  /** False: refused, which the publisher sees as basic.nack. */
  enqueue(message: StoredMessage): boolean;
  addConsumer(consumer: Consumer): void;
  removeConsumer(consumer: Consumer): void;
  get(): { entry: QueuedMessage; headers: FieldTable } | undefined;
  acked(entries: readonly QueuedMessage[]): void;
  /** nack with requeue=false. */
  rejected(entries: readonly QueuedMessage[]): void;
  /** nack with requeue=true. */
  nacked(entries: readonly QueuedMessage[]): void;
  /** A channel went: its consumers, and what it held, in the order in which it comes back. */
  channelGone(consumers: readonly Consumer[], entries: readonly QueuedMessage[]): void;
  purge(): number;
  /** Renews the lease of `x-expires`: declared again or checked. */
  touch(): void;
  figures(): QueueFigures;
  /** Cancels its consumers and stops its timers. */
  end(): void;
}

/** What a queue needs from the virtual host it lives in. */
export interface QueueHost {
  readonly vhost: string;
  deadLetter(queue: QueueActor, entries: readonly QueuedMessage[], reason: DeathReason): void;
  /** Auto-delete or `x-expires`: the queue asks to be removed. */
  remove(queue: QueueActor): void;
}
