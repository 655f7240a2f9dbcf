import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import { asFailure, Failure } from '../base/failure';
import type { FieldTable } from '../base/fieldValue';
import type { AmqpChannel, AmqpConnection, AmqpPort } from '../broker/amqpPort';
import type { Delivery } from '../message/message';
import { AckBatch } from './ackBatch';
import { noteBlocked } from './blocked';
import type { OpenSource, SourceSink } from './tailSource';

export interface AckedConsumerRequest {
  readonly vhost: string;
  /** Shown to the broker's operator. */
  readonly connectionName: string;
  readonly queue: string;
  readonly prefetch: number;
  readonly arguments?: FieldTable;
  /** Only what it returns true for is acknowledged; after a false nothing more is handed on. */
  readonly take: (delivery: Delivery) => boolean;
  readonly onNote: SourceSink['note'];
}

/** How long the orderly end of a consumer may take. */
const endWithinMs = 5_000;

/**
 * Consumes on a connection of its own and acknowledges what was taken, in batches. Its end acknowledges what was
 * taken and gives everything else back. Rejects with a Failure, and then has left nothing behind.
 */
export async function openAckedConsumer(
  amqp: AmqpPort,
  request: AckedConsumerRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<OpenSource> {
  const connection = await amqp.connect(request.vhost, request.connectionName, signal);
  const consumer = new AckedConsumer(connection, request, clock);
  try {
    await consumer.open();
    return consumer;
  } catch (error) {
    await consumer.end();
    throw error;
  }
}

class AckedConsumer implements OpenSource {
  readonly lost: Promise<Failure>;
  private channel: AmqpChannel | undefined;
  private tag: string | undefined;
  private taking = true;
  private acks: AckBatch | undefined;
  private lose: (failure: Failure) => void = () => undefined;

  constructor(
    private readonly connection: AmqpConnection,
    private readonly request: AckedConsumerRequest,
    private readonly clock: Clock,
  ) {
    this.lost = new Promise((resolve) => {
      this.lose = resolve;
    });
    noteBlocked(connection, request.onNote);
    connection.onClosed((reason) => {
      this.lose(reason ?? new Failure('closed', 'The connection to the broker was closed.'));
    });
  }

  async open(): Promise<void> {
    const { queue, prefetch, arguments: args } = this.request;
    const channel = await this.connection.openChannel();
    this.channel = channel;
    channel.onClosed((reason) => {
      this.lose(reason ?? new Failure('closed', 'The channel of the tail was closed.'));
    });
    this.acks = new AckBatch(this.clock, Math.max(1, Math.floor(prefetch / 4)), (upTo) => {
      channel.ack(upTo, true);
    });
    await channel.prefetch(prefetch);
    this.tag = await channel.consume(
      queue,
      { noAck: false, ...(args ? { arguments: args } : {}) },
      (delivery) => {
        this.take(delivery);
      },
      () => {
        void this.cancelled();
      },
    );
  }

  async end(): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([this.settle(), delay(this.clock, endWithinMs, waiting.signal)]);
    waiting.abort();
    await this.connection.close();
  }

  /** In the order of deliveries, so that one acknowledgement may stand for many. */
  private take(delivery: Delivery): void {
    if (!this.taking) return;
    this.taking = this.request.take(delivery);
    if (this.taking) this.acks?.add(delivery.deliveryTag);
  }

  /** Closing the channel gives back what was not acknowledged, in its old place (DOMAIN 1.1). */
  private async settle(): Promise<void> {
    this.taking = false;
    this.acks?.flush();
    const { channel, tag } = this;
    if (!channel) return;
    if (tag !== undefined) await channel.cancel(tag).catch(() => undefined);
    await channel.close();
  }

  private async cancelled(): Promise<void> {
    const { queue } = this.request;
    this.taking = false;
    try {
      const looking = await this.connection.openChannel();
      await looking.checkQueue(queue);
      this.lose(
        new Failure('closed', `The broker ended the consumer of ${queue}: the queue moved to another node.`),
      );
    } catch (thrown) {
      const { reason } = asFailure(thrown);
      this.lose(
        reason === 'notFound'
          ? new Failure('notFound', `${queue} was deleted.`)
          : new Failure('closed', `The broker ended the consumer of ${queue}.`),
      );
    }
  }
}
