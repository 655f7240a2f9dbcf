import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { utf8Bytes, utf8TextLossy } from '../../../src/core/base/bytes';
import type { Failure } from '../../../src/core/base/failure';
import { emptyTable, tableOf, textField } from '../../../src/core/base/fieldValue';
import type { FieldTable } from '../../../src/core/base/fieldValue';
import type { AmqpChannel } from '../../../src/core/broker/amqpPort';
import { openDemoBroker } from '../../../src/core/broker/memory/demoBroker';
import { MemoryBroker } from '../../../src/core/broker/memory/memoryBroker';
import { ShopMessages } from '../../../src/core/broker/memory/shopMessages';
import { declareShop, shopExchanges, shopQueues } from '../../../src/core/broker/memory/shopTopology';
import { startShopTraffic } from '../../../src/core/broker/memory/shopTraffic';
import type { Delivery } from '../../../src/core/message/message';
import { eventually, refuses } from '../../contract/bench';
import { ManualClock } from '../../support/manualClock';

const declared = (args: FieldTable = emptyTable): Parameters<AmqpChannel['declareQueue']>[1] => ({
  durable: true,
  exclusive: false,
  autoDelete: false,
  arguments: args,
});
const draft = (routingKey: string, body = 'x', exchange = ''): Parameters<AmqpChannel['publish']>[0] => ({
  exchange,
  routingKey,
  properties: {},
  body: utf8Bytes(body),
});

describe('the in-memory broker', () => {
  const opened = async (): Promise<{ broker: MemoryBroker; clock: ManualClock; channel: AmqpChannel }> => {
    const clock = new ManualClock();
    const broker = new MemoryBroker({ behaviour: '4.3', clock });
    const channel = await (await broker.amqp.connect('/', 'test')).openChannel();
    return { broker, clock, channel };
  };

  it('deletes a queue that nobody used for x-expires, and not while somebody does', async () => {
    const { broker, clock, channel } = await opened();
    await channel.declareQueue('lease', declared(tableOf({ 'x-expires': 1_000 })));
    await clock.pass(900);
    await channel.get('lease');
    await clock.pass(900);
    assert.equal((await channel.checkQueue('lease')).ready, 0);
    const tag = await channel.consume(
      'lease',
      { noAck: true },
      () => undefined,
      () => undefined,
    );
    await clock.pass(5_000);
    await channel.cancel(tag);
    await clock.pass(999);
    assert.equal((await broker.management.queue('/', 'lease')).name, 'lease');
    await clock.pass(1);
    await refuses(channel.checkQueue('lease'), 'notFound');
    broker.dispose();
  });

  it('expires messages at the head only, when their time has come', async () => {
    const { broker, clock, channel } = await opened();
    await channel.declareQueue('q', declared());
    await channel.publish(draft('q', 'lasting'));
    await channel.publish({ ...draft('q', 'short'), properties: { expiration: '100' } });
    await clock.pass(200);
    assert.equal((await channel.checkQueue('q')).ready, 2);
    const lasting = await channel.get('q');
    assert.equal(lasting && utf8TextLossy(lasting.body), 'lasting');
    assert.equal(await channel.get('q'), undefined);
    broker.dispose();
  });

  it('loses every connection when it is stopped, in words, and takes new ones', async () => {
    const { broker, channel } = await opened();
    const connection = await broker.amqp.connect('/', 'second');
    const reasons: (Failure | undefined)[] = [];
    connection.onClosed((reason) => reasons.push(reason));
    broker.stop();
    await eventually(() => reasons.length === 1);
    assert.equal(reasons[0]?.reason, 'closed');
    await refuses(channel.checkQueue('any'), 'closed');
    await (await broker.amqp.connect('/', 'third')).close();
    broker.dispose();
  });

  it('lets publishes wait while it is blocked', async () => {
    const { broker } = await opened();
    const connection = await broker.amqp.connect('/', 'publisher');
    const channel = await connection.openChannel();
    await channel.declareQueue('q', declared());
    const heard: (string | undefined)[] = [];
    connection.onBlocked((reason) => heard.push(reason));
    broker.block('low on memory');
    await eventually(() => heard.length === 1);
    const publish = channel.publish(draft('q'));
    assert.equal((await channel.checkQueue('q')).ready, 0);
    broker.block(undefined);
    assert.equal((await publish).kind, 'routed');
    assert.deepEqual(heard, ['low on memory', undefined]);
    broker.dispose();
  });

  it('refuses what it cannot play instead of playing something else', async () => {
    const { broker, channel } = await opened();
    const quorum = { 'x-queue-type': 'quorum' };
    for (const args of [
      { 'x-max-priority': 5 },
      { ...quorum, 'x-overflow': 'reject-publish' },
      { ...quorum, 'x-delayed-retry-type': 'all' },
    ]) {
      await refuses(channel.declareQueue('no', declared(tableOf(args))), 'unsupported', /demo broker cannot/);
    }
    await channel.declareQueue('q', declared(tableOf(quorum)));
    await refuses(channel.publish({ ...draft('q'), properties: { priority: 9 } }), 'unsupported');
    await refuses(
      channel.publish({ ...draft('q'), properties: { replyTo: 'amq.rabbitmq.reply-to' } }),
      'unsupported',
    );
    broker.dispose();
  });

  it('never answers within the call', async () => {
    const { broker, channel } = await opened();
    await channel.declareQueue('q', declared());
    let delivered = false;
    await channel.consume(
      'q',
      { noAck: true },
      () => (delivered = true),
      () => undefined,
    );
    const publish = channel.publish(draft('q'));
    assert.equal(delivered, false);
    await publish;
    await channel.checkQueue('q');
    assert.equal(delivered, true);
    broker.dispose();
  });

  it('drops the oldest segments of a stream that is too long', async () => {
    const { broker, channel } = await opened();
    const limits = {
      'x-queue-type': 'stream',
      'x-max-length-bytes': 300,
      'x-stream-max-segment-size-bytes': 100,
    };
    await channel.declareQueue('s', declared(tableOf(limits)));
    for (let each = 0; each < 50; each += 1) await channel.publish(draft('s', 'x'.repeat(20)));
    const { ready } = await broker.management.queue('/', 's');
    assert.ok(ready !== undefined && ready <= 20 && ready >= 10, String(ready));
    broker.dispose();
  });
});

describe('the shop', () => {
  it('is open and busy in the demo broker, and bounded however long it runs', async () => {
    const clock = new ManualClock();
    const broker = openDemoBroker(clock);
    const queues = async (): Promise<
      readonly { name: string; ready?: number; unacked?: number; type?: string }[]
    > => (await broker.management?.queues('/', { page: 1, size: 50 }))?.items ?? [];
    await eventually(async () => (await queues()).length === shopQueues.length);
    const names = (await broker.management?.exchanges('/'))?.map((exchange) => exchange.name) ?? [];
    assert.deepEqual(
      shopExchanges.filter((exchange) => !names.includes(exchange.name)),
      [],
    );
    let later = await queues();
    const of = (name: string): { ready?: number; unacked?: number } =>
      later.find((queue) => queue.name === name) ?? {};
    // Rejected orders wait, nobody reads the texts, and orders are being worked on.
    await eventually(async () => {
      await clock.pass(1_000);
      later = await queues();
      const isBusy = (of('orders.fulfilment').unacked ?? 0) > 0;
      return isBusy && (of('orders.dead').ready ?? 0) > 2 && (of('notifications.sms').ready ?? 0) > 10;
    });
    for (const { name, ready = 0, type } of later) {
      assert.ok(type === 'stream' || ready <= 500, `${name}: ${String(ready)}`);
    }
    broker.dispose();
  });

  it('rejects one order in fifty, which its traffic finds in the dead letters', async () => {
    const clock = new ManualClock();
    const broker = new MemoryBroker({ behaviour: '4.3', clock });
    const connection = await broker.amqp.connect('/', 'shop');
    const channel = await connection.openChannel();
    await declareShop(channel);
    await declareShop(channel);
    const traffic = await startShopTraffic(connection, clock, { seed: 7, ratePerSecond: 100 });
    let letter: Delivery | undefined;
    await eventually(async () => {
      await clock.pass(200);
      letter = await channel.get('orders.dead');
      return letter !== undefined;
    });
    traffic.dispose();
    assert.equal(textField(letter?.properties.headers, 'x-first-death-reason'), 'rejected');
    broker.dispose();
  });

  it('sends the same for the same seed: orders of 0.5 to 2 kB, some packed, some MessagePack, some binary', () => {
    const first = new ShopMessages(3);
    const second = new ShopMessages(3);
    const seen = new Map<string, number>();
    for (let each = 0; each < 800; each += 1) {
      const message = first.next(1_767_355_200_000);
      assert.deepEqual(message, second.next(1_767_355_200_000));
      const { contentType = '', contentEncoding = '', headers } = message.properties;
      const kind = `${message.exchange} ${contentType} ${contentEncoding}`.trim();
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      assert.match(textField(headers, 'x-trace-id') ?? '', /^[0-9a-f]{32}$/);
      if (message.exchange !== 'orders' || contentType !== 'application/json') continue;
      const json = contentEncoding === 'gzip' ? gunzipSync(message.body) : message.body;
      const order = JSON.parse(utf8TextLossy(json)) as { lines: unknown[] };
      assert.ok(order.lines.length >= 3 && json.length >= 500 && json.length <= 2_000, String(json.length));
    }
    for (const kind of [
      'orders application/json',
      'orders application/json gzip',
      'orders application/msgpack',
      'documents application/pdf',
      'payments application/json',
    ]) {
      assert.ok((seen.get(kind) ?? 0) > 4, `${kind}: ${String(seen.get(kind))}`);
    }
  });
});
