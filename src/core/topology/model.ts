import type { FieldTable } from '../base/fieldValue';

/** What a broker contains, as plain data. A missing number means "not known", never zero (DOMAIN 8.1 item 6). */
export interface VhostInfo {
  readonly name: string;
  readonly description?: string;
  readonly messages?: number;
}

export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers' | (string & {});

export interface ExchangeInfo {
  readonly vhost: string;
  /** Empty for the default exchange. */
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** Clients cannot publish to an internal exchange. */
  readonly internal: boolean;
  readonly arguments: FieldTable;
  readonly policy?: string;
  /** Messages a second published in and routed out. */
  readonly rateIn?: number;
  readonly rateOut?: number;
}

export type QueueType = 'classic' | 'quorum' | 'stream' | (string & {});

export interface QueueInfo {
  readonly vhost: string;
  readonly name: string;
  /** Unknown where only AMQP told us of the queue. */
  readonly type?: QueueType;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly exclusive?: boolean;
  readonly arguments: FieldTable;
  readonly state?: string;
  readonly policy?: string;
  readonly operatorPolicy?: string;
  /** Policy and operator policy merged, by policy key. */
  readonly effectivePolicy?: Readonly<Record<string, unknown>>;
  readonly ready?: number;
  readonly unacked?: number;
  readonly consumers?: number;
  /** The tag of the consumer that single-active-consumer lets work. */
  readonly singleActiveConsumer?: string;
  readonly rateIn?: number;
  readonly rateOut?: number;
}

export type DestinationKind = 'queue' | 'exchange';

export interface BindingInfo {
  readonly vhost: string;
  /** Empty for the implicit binding from the default exchange. */
  readonly source: string;
  readonly destination: string;
  readonly destinationKind: DestinationKind;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}

export interface ConsumerInfo {
  readonly tag: string;
  readonly connectionName?: string;
  readonly prefetch?: number;
  readonly ackRequired?: boolean;
  readonly active?: boolean;
}
