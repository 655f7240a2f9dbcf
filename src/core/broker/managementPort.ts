import type { BindingInfo, ConsumerInfo, ExchangeInfo, QueueInfo, VhostInfo } from '../topology/model';

export interface BrokerOverview {
  readonly product: string;
  readonly version: string;
  readonly clusterName?: string;
  /** The broker collects no counters (DOMAIN 4.1). */
  readonly statsDisabled: boolean;
  /** As the logged-in user: `administrator`, `monitoring`, `management`, ... */
  readonly userTags: readonly string[];
}

export interface Page<T> {
  readonly items: readonly T[];
  /** How many match on the broker, of which `items` are some. */
  readonly total: number;
}

export interface PageRequest {
  /** Part of the name, searched by the broker. */
  readonly name?: string;
  /** From 1. */
  readonly page: number;
  /** At most 500 (RabbitMQ's limit). */
  readonly size: number;
}

/** The management half of a broker. Rejects with a BrokerError: `auth` for a wrong login, `refused` without the right. */
export interface ManagementPort {
  overview(signal?: AbortSignal): Promise<BrokerOverview>;
  vhosts(signal?: AbortSignal): Promise<readonly VhostInfo[]>;
  exchanges(vhost: string, signal?: AbortSignal): Promise<readonly ExchangeInfo[]>;
  queues(vhost: string, page: PageRequest, signal?: AbortSignal): Promise<Page<QueueInfo>>;
  queue(vhost: string, queue: string, signal?: AbortSignal): Promise<QueueInfo>;
  /** Implicit bindings from the default exchange are left out. A queue or exchange that is not there has none. */
  queueBindings(vhost: string, queue: string, signal?: AbortSignal): Promise<readonly BindingInfo[]>;
  /** `from`: bindings whose source it is; `to`: whose destination. */
  exchangeBindings(
    vhost: string,
    exchange: string,
    side: 'from' | 'to',
    signal?: AbortSignal,
  ): Promise<readonly BindingInfo[]>;
  consumers(vhost: string, queue: string, signal?: AbortSignal): Promise<readonly ConsumerInfo[]>;
  dispose(): void;
}
