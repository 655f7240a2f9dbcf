import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import { asFailure, Failure } from '../base/failure';
import { tableOf } from '../base/fieldValue';
import type { AmqpChannel, AmqpConnection, AmqpPort, Binding, QueueDeclaration } from '../broker/amqpPort';
import type { Delivery } from '../message/message';
import type { MirrorBinding } from './tapPlan';

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
}

/** A tap that delivers. */
export interface OpenTap {
  readonly queue: string;
  /** Bindings the broker refused, each with its words. */
  readonly refused: readonly string[];
  /** Resolves once, when nothing more will be delivered though nobody asked for its end. */
  readonly lost: Promise<Failure>;
  readonly control: AmqpChannel;
  /** Unbinds, deletes, then closes. Never rejects, and gives up waiting for a broker that does not answer. */
  end(): Promise<void>;
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

class Tap implements OpenTap {
  readonly refused: string[] = [];
  readonly lost: Promise<Failure>;
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
    this.channel = await this.connection.openChannel();
    this.queue = await this.channel.declareQueue(queueName, tapQueueDeclaration);
    for (const mirror of bindings) await this.bind(mirror);
    // The consumer has a channel of its own: a refused unbind then cannot end it out of order.
    const intake = await this.connection.openChannel();
    intake.onClosed((reason) => {
      this.lose(reason ?? new Failure('closed', 'The channel of the tap was closed.'));
    });
    await intake.consume(this.queue, { noAck: true }, onDelivery, () => {
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

  private async bind(mirror: MirrorBinding): Promise<void> {
    const binding: Binding = { ...mirror, destination: this.queue, destinationKind: 'queue' };
    try {
      await this.control.bind(binding);
      this.bound.push(binding);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (['closed', 'timeout', 'internal'].includes(failure.reason)) throw failure;
      this.refused.push(`${mirror.source} with key "${mirror.routingKey}": ${failure.message}`);
      await this.reopen();
    }
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
