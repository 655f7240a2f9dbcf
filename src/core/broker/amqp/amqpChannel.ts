import type { ConfirmChannel, ConsumeMessage, GetMessage } from 'amqplib';
import { Emitter } from '../../base/emitter';
import type { Delivery, MessageDraft, PublishOutcome } from '../../message/message';
import type {
  AmqpChannel,
  Binding,
  ConsumeOptions,
  ExchangeDeclaration,
  QueueCounts,
  QueueDeclaration,
} from '../amqpPort';
import { BrokerError } from '../brokerError';
import type { WireMessage } from './amqplibParts';
import { brokerChannelError, channelError } from './closeErrors';
import { SentTable } from './fieldTable';
import { Publisher } from './publisher';
import { ReceivedDelivery } from './receivedDelivery';

/** What a channel needs to know of the connection it lives on. */
export interface ChannelHost {
  /** Why the connection ended, once it has. */
  readonly lost: () => BrokerError | undefined;
}

/** One amqplib channel behind the port. */
export class AmqplibChannel implements AmqpChannel {
  private readonly closed = new Emitter<BrokerError | undefined>();
  readonly onClosed = this.closed.event;
  private readonly publisher: Publisher;
  private ended: BrokerError | undefined;
  private isOpen = true;

  constructor(
    private readonly channel: ConfirmChannel,
    private readonly host: ChannelHost,
  ) {
    this.publisher = new Publisher(channel);
    // Both always: without a listener for 'error' Node ends the process.
    channel.on('error', (error: unknown) => {
      this.ended = brokerChannelError('The broker closed the channel', error);
    });
    channel.on('close', () => {
      this.end();
    });
    channel.on('handler-error', () => undefined);
  }

  async checkQueue(queue: string): Promise<QueueCounts> {
    const ok = await this.ask(`Could not look at queue \`${queue}\``, () => this.channel.checkQueue(queue));
    return { ready: ok.messageCount, consumers: ok.consumerCount };
  }

  async checkExchange(exchange: string): Promise<void> {
    await this.ask(`Could not look at exchange \`${exchange}\``, () => this.channel.checkExchange(exchange));
  }

  async declareQueue(queue: string, declaration: QueueDeclaration): Promise<string> {
    const { durable, exclusive, autoDelete } = declaration;
    const options = { durable, exclusive, autoDelete, arguments: new SentTable(declaration.arguments) };
    const ok = await this.ask(`Could not declare queue \`${queue}\``, () =>
      this.channel.assertQueue(queue, options),
    );
    return ok.queue;
  }

  async deleteQueue(queue: string, options: { ifUnused?: boolean; ifEmpty?: boolean } = {}): Promise<number> {
    const ok = await this.ask(`Could not delete queue \`${queue}\``, () =>
      this.channel.deleteQueue(queue, options),
    );
    return ok.messageCount;
  }

  async purgeQueue(queue: string): Promise<number> {
    const ok = await this.ask(`Could not purge queue \`${queue}\``, () => this.channel.purgeQueue(queue));
    return ok.messageCount;
  }

  async declareExchange(exchange: string, declaration: ExchangeDeclaration): Promise<void> {
    const { type, durable, autoDelete, internal } = declaration;
    const options = { durable, autoDelete, internal, arguments: new SentTable(declaration.arguments) };
    await this.ask(`Could not declare exchange \`${exchange}\``, () =>
      this.channel.assertExchange(exchange, type, options),
    );
  }

  async deleteExchange(exchange: string, options: { ifUnused?: boolean } = {}): Promise<void> {
    await this.ask(`Could not delete exchange \`${exchange}\``, () =>
      this.channel.deleteExchange(exchange, options),
    );
  }

  async bind(binding: Binding): Promise<void> {
    const { source, destination, destinationKind, routingKey } = binding;
    const args = new SentTable(binding.arguments);
    await this.ask(`Could not bind \`${destination}\` to \`${source}\``, () =>
      destinationKind === 'queue'
        ? this.channel.bindQueue(destination, source, routingKey, args)
        : this.channel.bindExchange(destination, source, routingKey, args),
    );
  }

  async unbind(binding: Binding): Promise<void> {
    const { source, destination, destinationKind, routingKey } = binding;
    const args = new SentTable(binding.arguments);
    await this.ask(`Could not unbind \`${destination}\` from \`${source}\``, () =>
      destinationKind === 'queue'
        ? this.channel.unbindQueue(destination, source, routingKey, args)
        : this.channel.unbindExchange(destination, source, routingKey, args),
    );
  }

  async prefetch(count: number): Promise<void> {
    await this.ask('Could not set the prefetch', () => this.channel.prefetch(count, false));
  }

  async consume(
    queue: string,
    options: ConsumeOptions,
    onDelivery: (delivery: Delivery) => void,
    onCancelled: () => void,
  ): Promise<string> {
    const { noAck, exclusive = false } = options;
    const onMessage = (message: ConsumeMessage | null): void => {
      if (message) onDelivery(delivery(message));
      else onCancelled();
    };
    const ok = await this.ask(`Could not consume from queue \`${queue}\``, () =>
      this.channel.consume(queue, onMessage, {
        noAck,
        exclusive,
        ...(options.consumerTag === undefined ? {} : { consumerTag: options.consumerTag }),
        ...(options.arguments ? { arguments: new SentTable(options.arguments) } : {}),
      }),
    );
    return ok.consumerTag;
  }

  async cancel(consumerTag: string): Promise<void> {
    await this.ask('Could not cancel the consumer', () => this.channel.cancel(consumerTag));
  }

  async get(queue: string): Promise<Delivery | undefined> {
    const message = await this.ask(`Could not get from queue \`${queue}\``, () =>
      this.channel.get(queue, { noAck: false }),
    );
    return message ? delivery(message) : undefined;
  }

  ack(deliveryTag: number, multiple = false): void {
    this.settle(() => {
      this.channel.ack(tagged(deliveryTag), multiple);
    });
  }

  nack(deliveryTag: number, requeue: boolean): void {
    this.settle(() => {
      this.channel.nack(tagged(deliveryTag), false, requeue);
    });
  }

  nackAll(requeue: boolean): void {
    this.settle(() => {
      this.channel.nackAll(requeue);
    });
  }

  publish(draft: MessageDraft): Promise<PublishOutcome> {
    if (!this.isOpen) return Promise.reject(this.endReason('Could not publish'));
    return this.publisher.publish(draft);
  }

  async close(): Promise<void> {
    try {
      await this.channel.close();
    } catch {
      // Closed already, by the broker or with its connection.
    }
    this.end();
  }

  /** The connection stops or goes on reading what is published. */
  setBlocked(blocked: boolean): void {
    this.publisher.setBlocked(blocked);
  }

  /** Called by the connection too, when its socket goes without amqplib noticing. */
  end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    // The connection records its reason in the same turn, but after its channels ended.
    queueMicrotask(() => {
      const reason = this.ended ?? this.host.lost();
      this.publisher.end(reason);
      this.closed.fire(reason);
    });
  }

  private async ask<T>(what: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw channelError(what, error, this.ended ?? this.host.lost());
    }
  }

  /** Nothing to settle on a closed channel: the broker gave everything back when it closed. */
  private settle(send: () => void): void {
    if (this.isOpen) send();
  }

  private endReason(what: string): BrokerError {
    return this.ended ?? this.host.lost() ?? new BrokerError('closed', `${what}: the channel is closed.`);
  }
}

function delivery(message: ConsumeMessage | GetMessage): Delivery {
  return new ReceivedDelivery(message as unknown as WireMessage);
}

/** amqplib wants the whole message back but looks at the tag only. */
function tagged(deliveryTag: number): ConsumeMessage {
  return { fields: { deliveryTag } } as ConsumeMessage;
}
