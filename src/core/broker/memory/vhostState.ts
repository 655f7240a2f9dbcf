import type { Clock } from '../../base/clock';
import { emptyTable } from '../../base/fieldValue';
import type { RoutedBinding, RoutingTopology } from '../../topology/routing';
import type { Binding, ExchangeDeclaration, QueueDeclaration } from '../amqpPort';
import type { Behaviour } from './behaviour';
import { BindingTable } from './bindingTable';
import { builtInExchanges, checkExchangeType, checkHeadersBinding, checkSameExchange } from './exchangeRules';
import { defaultExchangeRefused, locked, noExchange, noQueue, precondition, refused } from './fault';
import type { QueueActor, QueueHost } from './queueActor';
import { checkedQueueType, checkSameQueue } from './queueRules';
import { RateCounter } from './rateCounter';
import { StreamQueue } from './streamQueue';
import { WorkQueue } from './workQueue';

export interface ExchangeState extends ExchangeDeclaration {
  readonly name: string;
  readonly published: RateCounter;
  readonly routed: RateCounter;
}

/**
 * The exchanges, queues and bindings of one virtual host, and the rules for changing them. `user` is the connection
 * that asks: exclusive queues belong to one. Methods throw a Fault where RabbitMQ refuses.
 */
export class VhostState implements RoutingTopology {
  readonly headerComparison;
  readonly exchanges = new Map<string, ExchangeState>();
  readonly queues = new Map<string, QueueActor>();
  readonly bindings = new BindingTable();
  private lastGenerated = 0;

  constructor(
    readonly name: string,
    private readonly behaviour: Behaviour,
    private readonly clock: Clock,
    private readonly deadLetter: QueueHost['deadLetter'],
  ) {
    this.headerComparison = behaviour === '3.10' ? ('loose' as const) : ('strict' as const);
    for (const [exchange, type, internal] of builtInExchanges) {
      this.addExchange(exchange, { type, durable: true, autoDelete: false, internal, arguments: emptyTable });
    }
  }

  exchange(name: string): ExchangeState | undefined {
    return this.exchanges.get(name);
  }

  bindingsFrom(exchange: string): Iterable<RoutedBinding> {
    return this.bindings.from(exchange);
  }

  hasQueue(name: string): boolean {
    return this.queues.has(name);
  }

  /** The queue, for an operation by that connection. */
  queueFor(name: string, user: object): QueueActor {
    const queue = this.queues.get(name);
    if (!queue) throw noQueue(this.name, name);
    if (queue.owner !== undefined && queue.owner !== user) throw locked(this.name, name);
    return queue;
  }

  exchangeFor(name: string): ExchangeState {
    if (name === '') throw defaultExchangeRefused();
    const exchange = this.exchanges.get(name);
    if (!exchange) throw noExchange(this.name, name);
    return exchange;
  }

  declareQueue(asked: string, declaration: QueueDeclaration, user: object): string {
    const present = this.queues.get(asked);
    if (present) {
      if (present.owner !== undefined && present.owner !== user) throw locked(this.name, asked);
      if (declaration.exclusive !== present.declaration.exclusive) throw locked(this.name, asked);
      checkSameQueue(asked, this.name, present.declaration, declaration, this.behaviour);
      present.touch();
      return asked;
    }
    if (asked.startsWith('amq.')) throw refused(`queue name '${asked}' contains reserved prefix 'amq.*'`);
    const type = checkedQueueType(asked, this.name, declaration, this.behaviour);
    const name = asked === '' ? this.generatedName() : asked;
    const owner = declaration.exclusive ? user : undefined;
    const host: QueueHost = {
      vhost: this.name,
      deadLetter: this.deadLetter,
      remove: (queue) => {
        this.removeQueue(queue);
      },
    };
    this.queues.set(
      name,
      type === 'stream'
        ? new StreamQueue(name, declaration, host, this.clock, this.behaviour)
        : new WorkQueue(name, type, declaration, owner, host, this.clock, this.behaviour),
    );
    return name;
  }

  deleteQueue(name: string, options: { ifUnused?: boolean; ifEmpty?: boolean }, user: object): number {
    if (!this.queues.has(name)) return 0;
    const queue = this.queueFor(name, user);
    const { ready, consumers } = queue.figures();
    if (options.ifUnused && consumers.length > 0)
      throw precondition(`queue '${name}' in vhost '${this.name}' in use`);
    if (options.ifEmpty && ready > 0) throw precondition(`queue '${name}' in vhost '${this.name}' not empty`);
    this.removeQueue(queue);
    return ready;
  }

  declareExchange(name: string, declaration: ExchangeDeclaration): void {
    checkExchangeType(declaration.type, this.behaviour);
    if (name === '') throw defaultExchangeRefused();
    const present = this.exchanges.get(name);
    if (present) {
      checkSameExchange(name, this.name, present, declaration);
      return;
    }
    if (name.startsWith('amq.')) throw refused(`exchange name '${name}' contains reserved prefix 'amq.*'`);
    this.addExchange(name, declaration);
  }

  deleteExchange(name: string, options: { ifUnused?: boolean }): void {
    if (name === '') throw defaultExchangeRefused();
    if (name.startsWith('amq.')) {
      throw refused(`deletion of system exchange '${name}' in vhost '${this.name}' not allowed`);
    }
    if (!this.exchanges.has(name)) return;
    if (options.ifUnused && this.bindings.hasAnyFrom(name)) {
      throw precondition(`exchange '${name}' in vhost '${this.name}' in use`);
    }
    this.removeExchange(name);
  }

  bind(binding: Binding, user: object): void {
    this.checkEnds(binding);
    if (!this.exchanges.has(binding.source)) throw noExchange(this.name, binding.source);
    if (binding.destinationKind === 'queue') this.queueFor(binding.destination, user);
    else if (!this.exchanges.has(binding.destination)) throw noExchange(this.name, binding.destination);
    if (this.exchanges.get(binding.source)?.type === 'headers') checkHeadersBinding(binding);
    this.bindings.add(binding);
  }

  /** Whatever is missing is no error (seen on 3.10.8, 4.0.5 and 4.3.6). */
  unbind(binding: Binding, user: object): void {
    this.checkEnds(binding);
    const isQueue = binding.destinationKind === 'queue' && this.queues.has(binding.destination);
    if (isQueue) this.queueFor(binding.destination, user);
    if (this.bindings.remove(binding)) this.dropUnusedExchanges([binding.source]);
  }

  removeQueue(queue: QueueActor): void {
    if (this.queues.get(queue.name) !== queue) return;
    this.queues.delete(queue.name);
    const sources = this.bindings.forget('queue', queue.name);
    queue.end();
    this.dropUnusedExchanges(sources);
  }

  private removeExchange(name: string): void {
    this.exchanges.delete(name);
    this.dropUnusedExchanges(this.bindings.forget('exchange', name));
  }

  /** An auto-delete exchange goes with the last binding from it. */
  private dropUnusedExchanges(names: readonly string[]): void {
    for (const name of names) {
      if (this.exchanges.get(name)?.autoDelete && !this.bindings.hasAnyFrom(name)) this.removeExchange(name);
    }
  }

  private checkEnds({ source, destination, destinationKind }: Binding): void {
    if (source === '' || (destination === '' && destinationKind === 'exchange'))
      throw defaultExchangeRefused();
  }

  private addExchange(name: string, declaration: ExchangeDeclaration): void {
    const published = new RateCounter(this.clock);
    const routed = new RateCounter(this.clock);
    this.exchanges.set(name, { ...declaration, name, published, routed });
  }

  private generatedName(): string {
    this.lastGenerated += 1;
    return `amq.gen-${String(this.lastGenerated).padStart(22, '0')}`;
  }
}
