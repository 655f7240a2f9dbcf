import { Emitter } from '../../src/core/base/emitter';
import type {
  AmqpChannel,
  AmqpConnection,
  AmqpPort,
  Binding,
  ConsumeOptions,
  QueueCounts,
  QueueDeclaration,
} from '../../src/core/broker/amqpPort';
import { BrokerError } from '../../src/core/broker/brokerError';
import type { Delivery, MessageDraft, PublishOutcome } from '../../src/core/message/message';

/**
 * A broker that writes down every call in one list and does what the test says: `answer` may throw for a call, or
 * give its result. For what real brokers do there are the in-memory broker and the lab.
 */
export class ScriptedAmqp implements AmqpPort {
  readonly calls: string[] = [];
  readonly connections: ScriptedConnection[] = [];
  counts: QueueCounts = { ready: 0, consumers: 0 };
  outcome: Promise<PublishOutcome> = Promise.resolve({ kind: 'routed', tookMs: 1 });
  readonly queues = new Map<string, QueueDeclaration>();
  /** With what each consumer was asked for. */
  readonly consumed: ConsumeOptions[] = [];
  /** Looks at each call before it is answered; throw to refuse it. */
  answer: (call: string) => void | Promise<void> = () => undefined;

  async connect(vhost: string, name: string, signal?: AbortSignal): Promise<AmqpConnection> {
    await this.say(`connect ${vhost}`);
    signal?.throwIfAborted();
    const connection = new ScriptedConnection(this, name);
    this.connections.push(connection);
    return connection;
  }

  get connection(): ScriptedConnection {
    const last = this.connections.at(-1);
    if (!last) throw new Error('Nothing connected yet.');
    return last;
  }

  async say(call: string): Promise<void> {
    this.calls.push(call);
    await this.answer(call);
  }
}

export class ScriptedConnection implements AmqpConnection {
  readonly server = { product: 'RabbitMQ', version: '4.3.6' };
  private readonly closed = new Emitter<BrokerError | undefined>();
  private readonly blocked = new Emitter<string | undefined>();
  readonly onClosed = this.closed.event;
  readonly onBlocked = this.blocked.event;
  readonly channels: ScriptedChannel[] = [];
  isOpen = true;

  constructor(
    private readonly amqp: ScriptedAmqp,
    readonly name: string,
  ) {}

  async openChannel(): Promise<AmqpChannel> {
    await this.amqp.say('channel');
    const channel = new ScriptedChannel(this.amqp);
    this.channels.push(channel);
    return channel;
  }

  async close(): Promise<void> {
    await this.amqp.say('close connection');
    this.end(undefined);
  }

  /** The socket goes. */
  lose(error = new BrokerError('closed', 'The connection to localhost:5672 was lost.')): void {
    this.end(error);
  }

  block(words: string | undefined): void {
    this.blocked.fire(words);
  }

  /** Hands a message to the consumer that is there. */
  deliver(delivery: Delivery): void {
    for (const channel of this.channels) channel.consumer?.(delivery);
  }

  cancelConsumer(): void {
    for (const channel of this.channels) channel.cancelled?.();
  }

  private end(error: BrokerError | undefined): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const channel of this.channels) channel.end(error);
    this.closed.fire(error);
  }
}

export class ScriptedChannel implements AmqpChannel {
  private readonly closed = new Emitter<BrokerError | undefined>();
  readonly onClosed = this.closed.event;
  private isOpen = true;
  consumer: ((delivery: Delivery) => void) | undefined;
  cancelled: (() => void) | undefined;

  constructor(private readonly amqp: ScriptedAmqp) {}

  async checkQueue(queue: string): Promise<QueueCounts> {
    await this.ask(`check ${queue}`);
    return this.amqp.counts;
  }
  async checkExchange(exchange: string): Promise<void> {
    await this.ask(`check exchange ${exchange}`);
  }
  async declareQueue(queue: string, declaration: QueueDeclaration): Promise<string> {
    await this.ask(`declare ${queue}`);
    this.amqp.queues.set(queue, declaration);
    return queue;
  }
  async deleteQueue(queue: string): Promise<number> {
    await this.ask(`delete ${queue}`);
    return 0;
  }
  async purgeQueue(queue: string): Promise<number> {
    await this.ask(`purge ${queue}`);
    return 0;
  }
  async declareExchange(exchange: string): Promise<void> {
    await this.ask(`declare exchange ${exchange}`);
  }
  async deleteExchange(exchange: string): Promise<void> {
    await this.ask(`delete exchange ${exchange}`);
  }
  async bind(binding: Binding): Promise<void> {
    await this.ask(`bind ${words(binding)}`);
  }
  async unbind(binding: Binding): Promise<void> {
    await this.ask(`unbind ${words(binding)}`);
  }
  async prefetch(count: number): Promise<void> {
    await this.ask(`prefetch ${String(count)}`);
  }
  async consume(
    queue: string,
    options: ConsumeOptions,
    onDelivery: (delivery: Delivery) => void,
    onCancelled: () => void,
  ): Promise<string> {
    await this.ask(`consume ${queue}${options.noAck ? ' no-ack' : ''}`);
    this.amqp.consumed.push(options);
    this.consumer = onDelivery;
    this.cancelled = onCancelled;
    return options.consumerTag ?? 'ctag';
  }
  async cancel(): Promise<void> {
    await this.ask('cancel');
  }
  async get(queue: string): Promise<Delivery | undefined> {
    await this.ask(`get ${queue}`);
    return undefined;
  }
  ack(deliveryTag: number, multiple = false): void {
    this.amqp.calls.push(`ack ${multiple ? 'up to ' : ''}${String(deliveryTag)}`);
  }
  nack(): void {
    this.amqp.calls.push('nack');
  }
  nackAll(): void {
    this.amqp.calls.push('nack all');
  }
  async publish(draft: MessageDraft): Promise<PublishOutcome> {
    await this.ask(`publish ${draft.exchange}/${draft.routingKey}`);
    return await this.amqp.outcome;
  }
  async close(): Promise<void> {
    if (this.isOpen) this.end(undefined);
    return Promise.resolve();
  }

  end(error: BrokerError | undefined): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.closed.fire(error);
  }

  /** As in AMQP, a refusal ends the channel. */
  private async ask(call: string): Promise<void> {
    if (!this.isOpen) throw new BrokerError('closed', `The channel is closed (${call}).`);
    try {
      await this.amqp.say(call);
    } catch (error) {
      this.end(error instanceof BrokerError ? error : undefined);
      throw error;
    }
  }
}

function words({ source, routingKey }: Binding): string {
  return `${source} ${routingKey}`;
}
