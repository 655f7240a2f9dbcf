import { throwIfAborted } from '../../base/failure';
import type { RoutedBinding } from '../../topology/routing';
import type { BindingInfo, ConsumerInfo, ExchangeInfo, QueueInfo, VhostInfo } from '../../topology/model';
import { BrokerError } from '../brokerError';
import type { DefinitionsPort } from '../definitionsPort';
import type { BrokerOverview, ManagementPort, Page, PageRequest } from '../managementPort';
import type { ManagedBroker } from './managedBroker';
import { MemoryDefinitions } from './memoryDefinitions';
import type { Consumer, QueueActor } from './queueActor';
import type { ExchangeState, VhostState } from './vhostState';

/** The management half of the in-memory broker. Its figures are exact and current, which a real broker's are not. */
export class MemoryManagement implements ManagementPort {
  readonly definitions: DefinitionsPort;

  constructor(private readonly broker: ManagedBroker) {
    this.definitions = new MemoryDefinitions(broker);
  }

  overview(signal?: AbortSignal): Promise<BrokerOverview> {
    return this.answer(signal, () => ({
      product: 'RabbitMQ',
      version: this.broker.version,
      clusterName: 'demo',
      statsDisabled: false,
      userTags: ['administrator'],
    }));
  }

  vhosts(signal?: AbortSignal): Promise<readonly VhostInfo[]> {
    return this.answer(signal, () =>
      [...this.broker.vhosts.values()].map((vhost) => ({
        name: vhost.name,
        messages: [...vhost.queues.values()].reduce(
          (sum, queue) => sum + queue.figures().ready + queue.figures().unacked,
          0,
        ),
      })),
    );
  }

  exchanges(vhost: string, signal?: AbortSignal): Promise<readonly ExchangeInfo[]> {
    return this.answer(signal, () => {
      const state = this.vhost(vhost);
      return [...state.exchanges.values()].map((exchange) => exchangeInfo(vhost, exchange)).sort(byName);
    });
  }

  queues(vhost: string, page: PageRequest, signal?: AbortSignal): Promise<Page<QueueInfo>> {
    return this.answer(signal, () => {
      const wanted = page.name ?? '';
      const matching = [...this.vhost(vhost).queues.values()]
        .filter((queue) => queue.name.includes(wanted))
        .sort(byName);
      const start = (page.page - 1) * page.size;
      return {
        items: matching.slice(start, start + page.size).map((queue) => queueInfo(vhost, queue)),
        total: matching.length,
      };
    });
  }

  queue(vhost: string, queue: string, signal?: AbortSignal): Promise<QueueInfo> {
    return this.answer(signal, () => queueInfo(vhost, this.find(vhost, queue)));
  }

  queueBindings(vhost: string, queue: string, signal?: AbortSignal): Promise<readonly BindingInfo[]> {
    return this.answer(signal, () => infos(vhost, this.vhost(vhost).bindings.to('queue', queue)));
  }

  exchangeBindings(
    vhost: string,
    exchange: string,
    side: 'from' | 'to',
    signal?: AbortSignal,
  ): Promise<readonly BindingInfo[]> {
    return this.answer(signal, () => {
      const { bindings } = this.vhost(vhost);
      return infos(vhost, side === 'from' ? [...bindings.from(exchange)] : bindings.to('exchange', exchange));
    });
  }

  consumers(vhost: string, queue: string, signal?: AbortSignal): Promise<readonly ConsumerInfo[]> {
    return this.answer(signal, () => {
      const { consumers, activeConsumer } = this.find(vhost, queue).figures();
      return consumers.map((consumer) => consumerInfo(consumer, activeConsumer));
    });
  }

  dispose(): void {
    // Ends with the broker.
  }

  private answer<T>(signal: AbortSignal | undefined, question: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal);
      this.broker.loop.post(() => {
        try {
          throwIfAborted(signal);
          resolve(question());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  private vhost(name: string): VhostState {
    const state = this.broker.vhosts.get(name);
    if (!state) throw new BrokerError('notFound', `There is no virtual host \`${name}\`.`, { code: 404 });
    return state;
  }

  private find(vhost: string, queue: string): QueueActor {
    const found = this.vhost(vhost).queues.get(queue);
    if (found) return found;
    throw new BrokerError('notFound', `There is no queue \`${queue}\` in virtual host \`${vhost}\`.`, {
      code: 404,
    });
  }
}

function exchangeInfo(vhost: string, exchange: ExchangeState): ExchangeInfo {
  const { name, type, durable, autoDelete, internal, published, routed } = exchange;
  return {
    vhost,
    name,
    type,
    durable,
    autoDelete,
    internal,
    arguments: exchange.arguments,
    rateIn: published.rate(),
    rateOut: routed.rate(),
  };
}

function queueInfo(vhost: string, queue: QueueActor): QueueInfo {
  const { durable, autoDelete, exclusive, arguments: args } = queue.declaration;
  const { ready, unacked, consumers, activeConsumer, rateIn, rateOut } = queue.figures();
  return {
    vhost,
    name: queue.name,
    type: queue.type,
    durable,
    autoDelete,
    exclusive,
    arguments: args,
    state: 'running',
    ready,
    unacked,
    consumers: consumers.length,
    rateIn,
    rateOut,
    ...(activeConsumer ? { singleActiveConsumer: activeConsumer.tag } : {}),
  };
}

function consumerInfo(consumer: Consumer, active: Consumer | undefined): ConsumerInfo {
  return {
    tag: consumer.tag,
    connectionName: consumer.connectionName,
    prefetch: consumer.prefetch,
    ackRequired: !consumer.noAck,
    active: active === undefined || active === consumer,
  };
}

function infos(vhost: string, bindings: readonly RoutedBinding[]): readonly BindingInfo[] {
  return bindings.map((binding) => ({ ...binding, vhost }));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
