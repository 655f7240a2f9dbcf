import type { Event } from '../base/emitter';
import type { FieldTable } from '../base/fieldValue';
import type { Delivery, MessageDraft, PublishOutcome } from '../message/message';
import type { DestinationKind, ExchangeType } from '../topology/model';
import type { BrokerError } from './brokerError';

/** The AMQP half of a broker. Each purpose gets a connection of its own, because hard errors close all of one. */
export interface AmqpPort {
  /** `name` is shown to the broker's operator as the connection's name. Rejects with a BrokerError. */
  connect(vhost: string, name: string, signal?: AbortSignal): Promise<AmqpConnection>;
}

/** What the broker says of itself when a connection opens. */
export interface ServerFacts {
  readonly product: string;
  readonly version: string;
}

export interface AmqpConnection {
  readonly server: ServerFacts;
  /** Fires once, with the reason unless we closed it ourselves. */
  readonly onClosed: Event<BrokerError | undefined>;
  /** The broker stopped reading from publishers (an alarm), with its words; `undefined` when it goes on. */
  readonly onBlocked: Event<string | undefined>;
  openChannel(signal?: AbortSignal): Promise<AmqpChannel>;
  /** Never rejects; waits until the socket is gone. */
  close(): Promise<void>;
}

export interface QueueCounts {
  /** Ready messages only: unacknowledged ones are not counted by queue.declare. */
  readonly ready: number;
  readonly consumers: number;
}

export interface QueueDeclaration {
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: FieldTable;
}

export interface ExchangeDeclaration {
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: FieldTable;
}

export interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly destinationKind: DestinationKind;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}

export interface ConsumeOptions {
  readonly noAck: boolean;
  readonly exclusive?: boolean;
  readonly arguments?: FieldTable;
  /** Chosen by the broker when missing. A quorum queue takes back a closed channel's messages in the order of tags. */
  readonly consumerTag?: string;
}

/**
 * One AMQP channel. Every method rejects with a BrokerError; most broker errors also end the channel (`onClosed`),
 * and 540 and 541 the whole connection (DOMAIN 1.3). Calls are answered in the order they were made.
 */
export interface AmqpChannel {
  readonly onClosed: Event<BrokerError | undefined>;

  /** queue.declare passive. */
  checkQueue(queue: string): Promise<QueueCounts>;
  checkExchange(exchange: string): Promise<void>;
  /** An empty name lets the broker choose one. Returns the name. */
  declareQueue(queue: string, declaration: QueueDeclaration): Promise<string>;
  deleteQueue(queue: string, options?: { ifUnused?: boolean; ifEmpty?: boolean }): Promise<number>;
  purgeQueue(queue: string): Promise<number>;
  declareExchange(exchange: string, declaration: ExchangeDeclaration): Promise<void>;
  deleteExchange(exchange: string, options?: { ifUnused?: boolean }): Promise<void>;
  bind(binding: Binding): Promise<void>;
  unbind(binding: Binding): Promise<void>;

  /** Per consumer; 0 means no limit. At most 65,535. */
  prefetch(count: number): Promise<void>;
  /** `onCancelled` tells that the broker ended the consumer (queue deleted, failover). Returns the consumer tag. */
  consume(
    queue: string,
    options: ConsumeOptions,
    onDelivery: (delivery: Delivery) => void,
    onCancelled: () => void,
  ): Promise<string>;
  cancel(consumerTag: string): Promise<void>;
  /** basic.get with manual acknowledgement; `undefined` when the queue is empty. Never call it on a stream. */
  get(queue: string): Promise<Delivery | undefined>;
  ack(deliveryTag: number, multiple?: boolean): void;
  /** basic.nack of one message. */
  nack(deliveryTag: number, requeue: boolean): void;
  /** basic.nack of everything unacknowledged on this channel. */
  nackAll(requeue: boolean): void;

  /** Mandatory, on a confirm channel (put in confirm mode at the first call). A refusal is an outcome, not an error. */
  publish(draft: MessageDraft): Promise<PublishOutcome>;

  /** Never rejects. */
  close(): Promise<void>;
}
