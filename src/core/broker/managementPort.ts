import type { BindingInfo, ConsumerInfo, ExchangeInfo, QueueInfo, VhostInfo } from '../topology/model';
import type { DefinitionsPort } from './definitionsPort';

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

/** The broker's tracing, which copies messages to an exchange of its own. Switching needs the tag `administrator`. */
export interface TracingPort {
  /** As the node that answers says it. */
  isOn(vhost: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * Switches it and leaves everything else about the virtual host as it is (DOMAIN 2.2). Looks afterwards, and rejects
   * with `protocol` when something else changed.
   */
  turn(vhost: string, on: boolean, signal?: AbortSignal): Promise<void>;
}

/** The management half of a broker. Rejects with a BrokerError: `auth` for a wrong login, `refused` without the right. */
export interface ManagementPort {
  /** Missing where the broker has no tracing. */
  readonly tracing?: TracingPort;
  /** Missing where objects cannot be moved as the entries of a definitions file. */
  readonly definitions?: DefinitionsPort;
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
