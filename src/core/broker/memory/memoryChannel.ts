import type { Clock } from '../../base/clock';
import { utf8Length } from '../../base/bytes';
import { Emitter } from '../../base/emitter';
import { emptyTable, field } from '../../base/fieldValue';
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
import { cleanBrokerText } from '../brokerText';
import { badInput, ChannelLine } from './channelLine';
import { Fault, precondition } from './fault';
import { DeliverySink } from './deliverySink';
import type { Post, Posted } from './post';
import type { Consumer, QueueActor } from './queueActor';
import { deliveryOf } from './storedMessage';
import type { TaskLoop } from './taskLoop';
import { byQueue, Unsettled } from './unsettled';
import type { Held } from './unsettled';
import type { VhostState } from './vhostState';

/** What a channel needs of its connection and the broker behind it. */
export interface ChannelSurroundings {
  readonly connection: object;
  readonly connectionName: string;
  readonly user: string;
  readonly vhost: VhostState;
  readonly post: Post;
  readonly loop: TaskLoop;
  readonly clock: Clock;
  readonly newConsumerTag: () => string;
  /** A hard error: the whole connection goes. */
  readonly fail: (error: BrokerError) => void;
  /** While it holds, nothing that is published is read. */
  whenUnblocked(task: () => void): void;
}

/** A channel of the in-memory broker. */
export class MemoryChannel implements AmqpChannel {
  private readonly closed = new Emitter<BrokerError | undefined>();
  readonly onClosed = this.closed.event;
  private readonly unsettled = new Unsettled();
  private readonly consumers = new Map<string, { consumer: Consumer; queue: QueueActor }>();
  private prefetchCount = 0;
  private readonly line: ChannelLine;

  constructor(private readonly around: ChannelSurroundings) {
    this.line = new ChannelLine(around.loop, {
      closeChannel: (error) => {
        this.end(error);
      },
      closeConnection: around.fail,
    });
  }

  checkQueue(queue: string): Promise<QueueCounts> {
    return this.line.ask(`Could not look at queue \`${queue}\``, [queue], () => {
      const found = this.around.vhost.queueFor(queue, this.around.connection);
      found.touch();
      const { ready, consumers } = found.figures();
      return { ready, consumers: consumers.length };
    });
  }

  checkExchange(exchange: string): Promise<void> {
    return this.line.ask(`Could not look at exchange \`${exchange}\``, [exchange], () => {
      this.around.vhost.exchangeFor(exchange);
    });
  }

  declareQueue(queue: string, declaration: QueueDeclaration): Promise<string> {
    return this.line.ask(`Could not declare queue \`${queue}\``, [queue], () =>
      this.around.vhost.declareQueue(queue, declaration, this.around.connection),
    );
  }

  deleteQueue(queue: string, options: { ifUnused?: boolean; ifEmpty?: boolean } = {}): Promise<number> {
    return this.line.ask(`Could not delete queue \`${queue}\``, [queue], () =>
      this.around.vhost.deleteQueue(queue, options, this.around.connection),
    );
  }

  purgeQueue(queue: string): Promise<number> {
    return this.line.ask(`Could not purge queue \`${queue}\``, [queue], () =>
      this.around.vhost.queueFor(queue, this.around.connection).purge(),
    );
  }

  declareExchange(exchange: string, declaration: ExchangeDeclaration): Promise<void> {
    return this.line.ask(`Could not declare exchange \`${exchange}\``, [exchange], () => {
      this.around.vhost.declareExchange(exchange, declaration);
    });
  }

  deleteExchange(exchange: string, options: { ifUnused?: boolean } = {}): Promise<void> {
    return this.line.ask(`Could not delete exchange \`${exchange}\``, [exchange], () => {
      this.around.vhost.deleteExchange(exchange, options);
    });
  }

  bind(binding: Binding): Promise<void> {
    const { source, destination, routingKey } = binding;
    return this.line.ask(
      `Could not bind \`${destination}\` to \`${source}\``,
      [source, destination, routingKey],
      () => {
        this.around.vhost.bind(binding, this.around.connection);
      },
    );
  }

  unbind(binding: Binding): Promise<void> {
    const { source, destination, routingKey } = binding;
    return this.line.ask(
      `Could not unbind \`${destination}\` from \`${source}\``,
      [source, destination, routingKey],
      () => {
        this.around.vhost.unbind(binding, this.around.connection);
      },
    );
  }

  prefetch(count: number): Promise<void> {
    const what = 'Could not set the prefetch';
    if (count > 65_535 || count < 0) return Promise.reject(badInput(what, 'it is a number from 0 to 65535'));
    return this.line.ask(what, [], () => {
      this.prefetchCount = count;
    });
  }

  consume(
    queue: string,
    options: ConsumeOptions,
    onDelivery: (delivery: Delivery) => void,
    onCancelled: () => void,
  ): Promise<string> {
    const { vhost, connection } = this.around;
    const sink = new DeliverySink(this.around.loop, () => this.line.open, onDelivery, onCancelled);
    return this.line.ask(
      `Could not consume from queue \`${queue}\``,
      [queue],
      () => {
        const found = vhost.queueFor(queue, connection);
        checkConsumerArguments(options, found, vhost.name);
        const consumer = this.newConsumer(found, options, sink);
        found.addConsumer(consumer);
        this.consumers.set(consumer.tag, { consumer, queue: found });
        return consumer.tag;
      },
      () => {
        sink.open();
      },
    );
  }

  cancel(consumerTag: string): Promise<void> {
    return this.line.ask('Could not cancel the consumer', [consumerTag], () => {
      const known = this.consumers.get(consumerTag);
      if (!known) return;
      this.consumers.delete(consumerTag);
      known.queue.removeConsumer(known.consumer);
    });
  }

  get(queue: string): Promise<Delivery | undefined> {
    return this.line.ask(`Could not get from queue \`${queue}\``, [queue], () => {
      const found = this.around.vhost.queueFor(queue, this.around.connection);
      const got = found.get();
      if (!got) return undefined;
      const tag = this.unsettled.nextTag();
      this.unsettled.hold({ tag, queue: found, entry: got.entry });
      return deliveryOf(got.entry.message, tag, got.entry.redelivered, got.headers);
    });
  }

  ack(deliveryTag: number, multiple = false): void {
    this.line.tell('Could not acknowledge', () => {
      for (const [queue, entries] of byQueue(this.unsettled.take(deliveryTag, multiple)))
        queue.acked(entries);
    });
  }

  nack(deliveryTag: number, requeue: boolean): void {
    this.line.tell('Could not give back', () => {
      giveUp(this.unsettled.take(deliveryTag, false), requeue);
    });
  }

  nackAll(requeue: boolean): void {
    this.line.tell('Could not give back', () => {
      giveUp(this.unsettled.take(0, true), requeue);
    });
  }

  publish(draft: MessageDraft): Promise<PublishOutcome> {
    const { clock, loop, vhost, post, user } = this.around;
    const what = 'Could not publish';
    if (utf8Length(draft.routingKey) > 255 || utf8Length(draft.exchange) > 255) {
      return Promise.reject(badInput(what, 'the exchange or the routing key is longer than 255 bytes'));
    }
    const copy = { ...draft, body: Uint8Array.from(draft.body) };
    return new Promise((resolve, reject) => {
      this.around.whenUnblocked(() => {
        const sentAt = clock.monotonic();
        loop.post(() => {
          const answer = this.line.attempt(what, () => post.publish(vhost, copy, user));
          loop.post(() => {
            if ('value' in answer) {
              resolve(outcome(answer.value, clock.monotonic() - sentAt));
            } else if (answer.refusal) {
              const { code, text } = answer.refusal;
              resolve({ kind: 'refused', by: 'channel', code, text: cleanBrokerText(text) });
            } else reject(answer.error);
          });
        });
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.around.loop.post(() => {
        this.end(undefined);
        this.around.loop.post(resolve);
      });
    });
  }

  /** At the broker: gives everything back and tells the client. Also called by the connection. */
  end(reason: BrokerError | undefined): void {
    if (!this.line.end(reason)) return;
    const consumers = [...this.consumers.values()];
    this.consumers.clear();
    const held = byQueue(this.unsettled.takeAllForClose());
    for (const queue of new Set([...held.keys(), ...consumers.map((each) => each.queue)])) {
      const own = consumers.filter((each) => each.queue === queue).map((each) => each.consumer);
      queue.channelGone(own, held.get(queue) ?? []);
    }
    this.around.loop.post(() => {
      this.closed.fire(reason);
    });
  }

  private newConsumer(queue: QueueActor, options: ConsumeOptions, sink: DeliverySink): Consumer {
    const tag = options.consumerTag ?? this.around.newConsumerTag();
    if (this.consumers.has(tag)) throw new Fault(530, `NOT_ALLOWED - attempt to reuse consumer tag '${tag}'`);
    const { noAck, exclusive = false } = options;
    const consumer: Consumer = {
      tag,
      connectionName: this.around.connectionName,
      noAck,
      exclusive,
      prefetch: this.prefetchCount,
      arguments: options.arguments ?? emptyTable,
      unacked: 0,
      deliver: (entry, headers) => {
        const deliveryTag = this.unsettled.nextTag();
        if (!noAck) this.unsettled.hold({ tag: deliveryTag, queue, entry, consumer });
        sink.deliver(deliveryOf(entry.message, deliveryTag, entry.redelivered, headers));
      },
      cancelled: () => {
        this.consumers.delete(tag);
        sink.cancelled();
      },
    };
    return consumer;
  }
}

function outcome(posted: Posted, tookMs: number): PublishOutcome {
  switch (posted) {
    case 'routed':
      return { kind: 'routed', tookMs };
    case 'unroutable':
      return { kind: 'returned', code: 312, text: 'NO_ROUTE', tookMs };
    case 'refused':
      return { kind: 'refused', by: 'nack', text: 'A queue refused the message (it may be full).' };
  }
}

function giveUp(list: readonly Held[], requeue: boolean): void {
  for (const [queue, entries] of byQueue(list)) {
    if (requeue) queue.nacked(entries);
    else queue.rejected(entries);
  }
}

function checkConsumerArguments(
  { arguments: args = emptyTable }: ConsumeOptions,
  queue: QueueActor,
  vhost: string,
): void {
  if (field(args, 'x-stream-filter'))
    throw new BrokerError('unsupported', 'The demo broker cannot filter streams.');
  if (queue.type === 'stream' || !field(args, 'x-stream-offset')) return;
  const where = `queue '${queue.name}' in vhost '${vhost}'`;
  throw precondition(`invalid arg 'x-stream-offset' for ${where} of queue type rabbit_${queue.type}_queue`);
}
