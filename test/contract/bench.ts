import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'mocha';
import { utf8Bytes, utf8TextLossy } from '../../src/core/base/bytes';
import { Failure } from '../../src/core/base/failure';
import type { FailureReason } from '../../src/core/base/failure';
import { emptyTable, integerField, longstr, tableOf } from '../../src/core/base/fieldValue';
import type { FieldTable } from '../../src/core/base/fieldValue';
import type { AmqpChannel, AmqpConnection, ConsumeOptions } from '../../src/core/broker/amqpPort';
import type { Broker } from '../../src/core/broker/broker';
import type { Delivery, MessageProperties, PublishOutcome } from '../../src/core/message/message';

export type Series = '3.10' | '4.0' | '4.3';

/** A broker under contract. Its virtual host `/` is ours; the user is an administrator called `guest`. */
export interface ContractBroker {
  readonly name: string;
  readonly series: Series;
  /** The same broker at every call, started before the first. */
  open(): Broker;
}

export type WorkType = 'classic' | 'quorum';

/** What one test holds: a connection, and names that are gone afterwards. */
export class Bench {
  private readonly queues: string[] = [];
  private readonly exchanges: string[] = [];
  private readonly connections: AmqpConnection[] = [];
  private count = 0;

  private constructor(
    readonly broker: Broker,
    readonly series: Series,
    readonly connection: AmqpConnection,
  ) {}

  static async open(broker: Broker, series: Series): Promise<Bench> {
    return new Bench(broker, series, await broker.amqp.connect('/', 'contract'));
  }

  async end(): Promise<void> {
    const connection = await this.broker.amqp.connect('/', 'contract, cleaning up');
    for (const other of [this.connection, ...this.connections]) await other.close();
    const channel = await connection.openChannel();
    for (const queue of this.queues) await channel.deleteQueue(queue).catch(() => undefined);
    for (const exchange of this.exchanges) await channel.deleteExchange(exchange).catch(() => undefined);
    await connection.close();
  }

  name(what: string): string {
    this.count += 1;
    return `contract ${what} ${String(this.count)}`;
  }

  channel(): Promise<AmqpChannel> {
    return this.connection.openChannel();
  }

  async otherConnection(): Promise<AmqpConnection> {
    const other = await this.broker.amqp.connect('/', 'contract, the other');
    this.connections.push(other);
    return other;
  }

  /** A durable queue of that type with these arguments besides. */
  async queue(
    type: WorkType | 'stream',
    more: FieldTable = emptyTable,
    name = this.name(type),
  ): Promise<string> {
    this.queues.push(name);
    const channel = await this.channel();
    const kind = type === 'classic' ? [] : [{ name: 'x-queue-type', value: longstr(type) }];
    await channel.declareQueue(name, declared([...kind, ...more]));
    await channel.close();
    return name;
  }

  async exchange(type: string, more: FieldTable = emptyTable, name = this.name(type)): Promise<string> {
    this.exchanges.push(name);
    const channel = await this.channel();
    await channel.declareExchange(name, {
      type,
      durable: true,
      autoDelete: false,
      internal: false,
      arguments: more,
    });
    await channel.close();
    return name;
  }

  async bind(
    source: string,
    destination: string,
    routingKey = '',
    args: FieldTable = emptyTable,
  ): Promise<void> {
    const channel = await this.channel();
    await channel.bind({ source, destination, destinationKind: 'queue', routingKey, arguments: args });
    await channel.close();
  }

  async publish(
    exchange: string,
    routingKey: string,
    body = '',
    properties: MessageProperties = {},
  ): Promise<PublishOutcome> {
    const channel = await this.channel();
    try {
      return await channel.publish({ exchange, routingKey, properties, body: utf8Bytes(body) });
    } finally {
      await channel.close();
    }
  }

  /** Messages `0`, `1`, ... straight to the queue, each confirmed. */
  async fill(queue: string, count: number): Promise<void> {
    const channel = await this.channel();
    for (let each = 0; each < count; each += 1) {
      const outcome = await channel.publish({
        exchange: '',
        routingKey: queue,
        properties: {},
        body: utf8Bytes(String(each)),
      });
      assert.equal(outcome.kind, 'routed');
    }
    await channel.close();
  }

  /** Consumes without giving anything back until `count` messages are here. The consumer is cancelled again. */
  async hold(
    channel: AmqpChannel,
    queue: string,
    count: number,
    options: Partial<ConsumeOptions> = {},
  ): Promise<readonly Delivery[]> {
    const held: Delivery[] = [];
    await channel.prefetch(count);
    const tag = await channel.consume(
      queue,
      { noAck: false, ...options },
      (delivery) => held.push(delivery),
      () => undefined,
    );
    await eventually(
      () => held.length >= count,
      () => `${String(held.length)} of ${String(count)} messages arrived`,
    );
    await channel.cancel(tag);
    return held;
  }

  /** Takes everything there is, which must be `count` messages, for good. */
  async drain(queue: string, count: number): Promise<readonly Delivery[]> {
    const channel = await this.channel();
    const taken: Delivery[] = [];
    await channel.consume(
      queue,
      { noAck: true },
      (delivery) => taken.push(delivery),
      () => undefined,
    );
    await eventually(
      () => taken.length >= count,
      () => `${String(taken.length)} of ${String(count)} messages: ${bodies(taken)}`,
    );
    await channel.close();
    assert.equal(taken.length, count, bodies(taken));
    return taken;
  }

  /** What is ready, once it is that many: counts lag behind on a real broker (DOMAIN 1.1, third trap). */
  async untilReady(queue: string, count: number): Promise<void> {
    const channel = await this.channel();
    let seen = -1;
    await eventually(
      async () => (seen = (await channel.checkQueue(queue)).ready) === count,
      () => `${String(seen)} ready, not ${String(count)}`,
    );
    await channel.close();
  }
}

/** A bench for every test of the suite around it. */
export function benchFor(under: ContractBroker): () => Bench {
  let bench: Bench | undefined;
  beforeEach(async () => {
    bench = await Bench.open(under.open(), under.series);
  });
  afterEach(async () => {
    await bench?.end();
    bench = undefined;
  });
  return () => {
    assert.ok(bench);
    return bench;
  };
}

export function declared(args: FieldTable = emptyTable): {
  durable: boolean;
  exclusive: boolean;
  autoDelete: boolean;
  arguments: FieldTable;
} {
  return { durable: true, exclusive: false, autoDelete: false, arguments: args };
}

/** The bodies as one text; `!` marks what has been delivered before. */
export function bodies(deliveries: readonly Delivery[]): string {
  return deliveries.map((each) => utf8TextLossy(each.body) + (each.redelivered ? '!' : '')).join(' ');
}

/** The counters a queue adds on delivery: acquired then failed, `-` for a header that is not there. */
export function counters(delivery: Delivery | undefined): string {
  const { headers } = delivery?.properties ?? {};
  const shown = (name: string): string => String(integerField(headers, name) ?? '-');
  return `${shown('x-acquired-count')} ${shown('x-delivery-count')}`;
}

export async function eventually(
  holds: () => boolean | Promise<boolean>,
  otherwise: () => string = () => 'it did not happen',
): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) assert.fail(otherwise());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** That the promise rejects for this reason, in words that name no Erlang term and no class of ours. */
export async function refuses(
  promise: Promise<unknown>,
  reason: FailureReason,
  words?: RegExp,
): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.reason, reason, error.message);
    assert.doesNotMatch(error.message, /<<|\bundefined\b|Error:|\{[a-z_]+,/);
    if (words) assert.match(error.message, words);
    return error;
  }
  assert.fail(`accepted, not refused with ${reason}`);
}

export const table = tableOf;
