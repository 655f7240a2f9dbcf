import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import { asFailure, Failure } from '../base/failure';
import { tableOf } from '../base/fieldValue';
import type { AmqpChannel, AmqpConnection, AmqpPort, Binding, QueueDeclaration } from '../broker/amqpPort';
import type { Delivery } from '../message/message';
import type { MirrorBinding } from './tailPlan';
import { noteBlocked } from './blocked';
import type { OpenSource, SourceSink } from './tailSource';

/** Bounds of the temporary queue in the broker. Full means that its oldest messages go, never that publishers wait. */
export const tapQueueLimits = { messages: 50_000, bytes: 64 * 1024 * 1024, expiresMs: 60_000 } as const;

/**
 * Exclusive and auto-delete so that a crash leaves nothing behind; `x-expires` bounds the moment before a consumer
 * is there. Never `reject-publish`: it turns the confirms of strangers into nacks (DOMAIN 2.1).
 */
const tapQueueDeclaration: QueueDeclaration = {
  durable: false,
  exclusive: true,
  autoDelete: true,
  arguments: tableOf({
    'x-max-length': tapQueueLimits.messages,
    'x-max-length-bytes': tapQueueLimits.bytes,
    'x-overflow': 'drop-head',
    'x-expires': tapQueueLimits.expiresMs,
  }),
};

export interface TapRequest {
  readonly vhost: string;
  /** Shown to the broker's operator. */
  readonly connectionName: string;
  readonly queueName: string;
  readonly bindings: readonly MirrorBinding[];
  readonly onDelivery: (delivery: Delivery) => void;
  readonly onNote: SourceSink['note'];
}

/** A tap that delivers. Its end unbinds, deletes, then closes. */
export interface OpenTap extends OpenSource {
  readonly queue: string;
  /** Bindings the broker refused, each with its words. */
  readonly refused: readonly string[];
  readonly control: AmqpChannel;
  /** What has been delivered, bodies alone. */
  readonly delivered: { readonly messages: number; readonly bytes: number };
  /** Binds to one more exchange while it runs. Answers with the broker's words when it refuses. */
  add(binding: MirrorBinding): Promise<string | undefined>;
  /** Takes a binding away while it runs. One that the broker no longer knows is no error. */
  remove(binding: MirrorBinding): Promise<void>;
}

/** How long the orderly end of a tap may take. */
const endWithinMs = 5_000;

/** Opens a tap on a connection of its own. Rejects with a Failure, and then has left nothing behind. */
export async function openTap(
  amqp: AmqpPort,
  request: TapRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<OpenTap> {
  const connection = await amqp.connect(request.vhost, request.connectionName, signal);
  const tap = new Tap(connection, request, clock);
  try {
    await tap.open();
    return tap;
  } catch (error) {
    await tap.end();
    throw error;
  }
}

/** Two bindings with the same key are one to the broker. */
export function bindingKey({ source, routingKey, arguments: args }: MirrorBinding): string {
  return JSON.stringify([source, routingKey, args.map((entry) => JSON.stringify(entry)).sort()]);
}

class Tap implements OpenTap {
  readonly refused: string[] = [];
  readonly lost: Promise<Failure>;
  readonly delivered = { messages: 0, bytes: 0 };
  queue = '';
  private bound: Binding[] = [];
  private channel: AmqpChannel | undefined;
  private gone = false;
  private lose: (failure: Failure) => void = () => undefined;

  constructor(
    private readonly connection: AmqpConnection,
    private readonly request: TapRequest,
    private readonly clock: Clock,
  ) {
    this.lost = new Promise((resolve) => {
      this.lose = resolve;
    });
    noteBlocked(connection, request.onNote);
    connection.onClosed((reason) => {
      this.gone = true;
      this.lose(reason ?? new Failure('closed', 'The connection to the broker was closed.'));
    });
  }

  get control(): AmqpChannel {
    if (!this.channel) throw new Failure('closed', 'The tap is not open.');
    return this.channel;
  }

  async open(): Promise<void> {
    const { queueName, bindings, onDelivery } = this.request;
    const { delivered } = this;
    this.channel = await this.connection.openChannel();
    this.queue = await this.channel.declareQueue(queueName, tapQueueDeclaration);
    for (const mirror of bindings) {
      const refusal = await this.add(mirror);
      if (refusal !== undefined) this.refused.push(refusal);
    }
    // The consumer has a channel of its own: a refused unbind then cannot end it out of order.
    const intake = await this.connection.openChannel();
    intake.onClosed((reason) => {
      this.lose(reason ?? new Failure('closed', 'The channel of the tap was closed.'));
    });
    const take = (delivery: Delivery): void => {
      delivered.messages++;
      delivered.bytes += delivery.body.length;
      onDelivery(delivery);
    };
    await intake.consume(this.queue, { noAck: true }, take, () => {
      this.lose(new Failure('closed', 'The broker ended the tap: its temporary queue was deleted or moved.'));
    });
  }

  async end(): Promise<void> {
    const waiting = new AbortController();
    // Unbinding and deleting come before any cancel or close: RabbitMQ 4.3 otherwise nacks publishers (DOMAIN 2.1).
    const orderly = this.unbindAndDelete();
    await Promise.race([orderly, delay(this.clock, endWithinMs, waiting.signal)]);
    waiting.abort();
    await this.connection.close();
  }

  async add(mirror: MirrorBinding): Promise<string | undefined> {
    const binding = this.bindingOf(mirror);
    try {
      await this.control.bind(binding);
      this.bound.push(binding);
      return undefined;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (['closed', 'timeout', 'internal'].includes(failure.reason)) throw failure;
      await this.reopen();
      return `${mirror.source} with key "${mirror.routingKey}": ${failure.message}`;
    }
  }

  async remove(mirror: MirrorBinding): Promise<void> {
    const binding = this.bindingOf(mirror);
    const key = bindingKey(mirror);
    this.bound = this.bound.filter((each) => bindingKey(each) !== key);
    await this.attempt(() => this.control.unbind(binding));
  }

  private bindingOf(mirror: MirrorBinding): Binding {
    return { ...mirror, destination: this.queue, destinationKind: 'queue' };
  }

  private async unbindAndDelete(): Promise<void> {
    for (const binding of this.bound.splice(0)) {
      await this.attempt(() => this.control.unbind(binding));
    }
    if (this.queue !== '') await this.attempt(() => this.control.deleteQueue(this.queue));
  }

  /** A refusal (the exchange is gone, say) ends the channel but must not end the clean-up. */
  private async attempt(step: () => Promise<unknown>): Promise<void> {
    if (this.gone) return;
    try {
      await step();
    } catch {
      await this.reopen().catch(() => undefined);
    }
  }

  private async reopen(): Promise<void> {
    if (this.gone) return;
    await this.channel?.close();
    this.channel = await this.connection.openChannel();
  }
}
