import type { Clock } from '../../base/clock';
import type { FieldTable } from '../../base/fieldValue';
import { utf8Text } from '../../base/bytes';
import { field, integerField, textField } from '../../base/fieldValue';
import type { QueueDeclaration } from '../amqpPort';
import type { Behaviour } from './behaviour';
import { Fault, notImplemented, precondition } from './fault';
import type { Consumer, QueueActor, QueueFigures, QueueHost } from './queueActor';
import { RateCounter } from './rateCounter';
import { long } from './storedMessage';
import type { QueuedMessage, StoredMessage } from './storedMessage';
import { ageInMs, startOf } from './streamOffset';
import type { StreamRecord } from './streamOffset';

const usualSegment = 500_000_000;

/** A stream: a log that every consumer reads at its own offset and that nobody takes from (DOMAIN 2.3). */
export class StreamQueue implements QueueActor {
  readonly type = 'stream';
  readonly owner = undefined;
  private log: StreamRecord[] = [];
  private nextOffset = 0;
  /** Bytes of each segment, oldest first; retention drops whole segments only. */
  private readonly segments: { until: number; bytes: number }[] = [{ until: 0, bytes: 0 }];
  private readonly readers = new Map<Consumer, { next: number }>();
  private readonly arrivals: RateCounter;
  private readonly departures: RateCounter;
  private unacked = 0;

  constructor(
    readonly name: string,
    readonly declaration: QueueDeclaration,
    private readonly host: QueueHost,
    private readonly clock: Clock,
    private readonly behaviour: Behaviour,
  ) {
    this.arrivals = new RateCounter(clock);
    this.departures = new RateCounter(clock);
  }

  enqueue(message: StoredMessage): boolean {
    this.arrivals.add();
    const kept = asStreamed(message, this.behaviour);
    this.log.push({ offset: this.nextOffset, at: this.clock.now(), message: kept });
    this.nextOffset += 1;
    this.retain(message.body.length);
    this.pump();
    return true;
  }

  addConsumer(consumer: Consumer): void {
    const where = `queue '${this.name}' in vhost '${this.host.vhost}'`;
    if (consumer.noAck) {
      const kind = this.behaviour === '3.10' ? 'stream queues' : 'stream';
      throw notImplemented(`automatic acknowledgement not supported by ${kind} ${where}`);
    }
    if (consumer.prefetch === 0) {
      const kind = this.behaviour === '3.10' ? `'${where}'` : `stream ${where}`;
      throw precondition(`consumer prefetch count is not set for ${kind}`);
    }
    const next = startOf(
      field(consumer.arguments, 'x-stream-offset'),
      this.log,
      this.nextOffset,
      this.clock.now(),
    );
    if (next === undefined) {
      throw this.behaviour === '4.3'
        ? precondition(`invalid arg 'x-stream-offset' for ${where}: invalid_stream_offset_arg`)
        : new Fault(541, 'INTERNAL_ERROR');
    }
    this.readers.set(consumer, { next });
    this.pump();
  }

  removeConsumer(consumer: Consumer): void {
    this.readers.delete(consumer);
  }

  get(): never {
    throw notImplemented(
      `basic.get not supported by stream queues queue '${this.name}' in vhost '${this.host.vhost}'`,
    );
  }

  acked(entries: readonly QueuedMessage[]): void {
    this.unacked -= entries.length;
    this.pump();
  }

  rejected(entries: readonly QueuedMessage[]): void {
    this.nacked(entries);
  }

  channelGone(consumers: readonly Consumer[], entries: readonly QueuedMessage[]): void {
    this.unacked -= entries.length;
    for (const consumer of consumers) this.readers.delete(consumer);
  }

  /** Gives credit back and never redelivers; 3.10 does not know nack on streams at all. */
  nacked(entries: readonly QueuedMessage[]): void {
    this.unacked -= entries.length;
    if (this.behaviour === '3.10') {
      const where = `queue '${this.name}' in vhost '${this.host.vhost}'`;
      throw notImplemented(`basic.nack and basic.reject not supported by stream queues ${where}`);
    }
    this.pump();
  }

  purge(): never {
    throw notImplemented(
      `queue.purge not supported by stream queues queue '${this.name}' in vhost '${this.host.vhost}'`,
    );
  }

  touch(): void {
    // Streams have no lease.
  }

  figures(): QueueFigures {
    return {
      ready: this.log.length,
      unacked: this.unacked,
      consumers: [...this.readers.keys()],
      rateIn: this.arrivals.rate(),
      rateOut: this.departures.rate(),
    };
  }

  end(): void {
    for (const consumer of this.readers.keys()) consumer.cancelled();
    this.readers.clear();
  }

  private pump(): void {
    const oldest = this.log[0]?.offset ?? this.nextOffset;
    for (const [consumer, reader] of this.readers) {
      reader.next = Math.max(reader.next, oldest);
      while (consumer.unacked < consumer.prefetch && reader.next < this.nextOffset) {
        const record = this.log[reader.next - oldest];
        if (!record) break;
        reader.next += 1;
        this.unacked += 1;
        this.departures.add();
        consumer.deliver(entryOf(record), [long('x-stream-offset', record.offset)]);
      }
    }
  }

  private retain(bytes: number): void {
    const args = this.declaration.arguments;
    const last = this.segments.at(-1);
    if (last) {
      last.bytes += bytes;
      last.until = this.nextOffset;
      const full = integerField(args, 'x-stream-max-segment-size-bytes') ?? usualSegment;
      if (last.bytes < full) return;
    }
    this.segments.push({ until: this.nextOffset, bytes: 0 });
    this.dropSegments(args);
  }

  private dropSegments(args: FieldTable): void {
    const most = integerField(args, 'x-max-length-bytes') ?? Number.POSITIVE_INFINITY;
    const age = ageInMs(textField(args, 'x-max-age') ?? '') ?? Number.POSITIVE_INFINITY;
    const oldestKept = this.clock.now() - age;
    let total = this.segments.reduce((sum, segment) => sum + segment.bytes, 0);
    for (let first = this.segments[0]; first && this.segments.length > 1; first = this.segments[0]) {
      const until = first.until - (this.log[0]?.offset ?? 0);
      const isOld = (this.log[until - 1]?.at ?? Number.POSITIVE_INFINITY) < oldestKept;
      if (total <= most && !isOld) return;
      this.log = this.log.slice(until);
      total -= first.bytes;
      this.segments.shift();
    }
  }
}

/**
 * Streams keep messages as AMQP 1.0, which costs headers some types (seen on 3.10.8, 4.0.5 and 4.3.6): arrays and
 * tables vanish, bytes come back as text on 4.x, and a decimal ends the publisher's connection.
 */
function asStreamed(message: StoredMessage, behaviour: Behaviour): StoredMessage {
  const { headers } = message.properties;
  if (!headers) return message;
  if (headers.some(({ value }) => value.type === 'decimal')) throw new Fault(541, 'INTERNAL_ERROR');
  const kept = headers
    .filter(({ value }) => value.type !== 'array' && value.type !== 'table')
    .map((entry) =>
      entry.value.type === 'bytearray' && behaviour !== '3.10'
        ? {
            name: entry.name,
            value: { type: 'longstr', value: utf8Text(entry.value.value) ?? entry.value.value } as const,
          }
        : entry,
    );
  return { ...message, properties: { ...message.properties, headers: kept } };
}

/** A stream knows no redelivery and no expiry. */
function entryOf(record: StreamRecord): QueuedMessage {
  return {
    message: record.message,
    position: record.offset,
    expiresAt: undefined,
    redelivered: false,
    acquired: 0,
    failed: 0,
  };
}
