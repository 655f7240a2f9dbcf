import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { before, describe, it } from 'mocha';
import { utf8Bytes } from '../../src/core/base/bytes';
import type { FieldTable } from '../../src/core/base/fieldValue';
import { emptyTable, longstr } from '../../src/core/base/fieldValue';
import type { AmqpChannel } from '../../src/core/broker/amqpPort';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { MessageProperties } from '../../src/core/message/message';
import { brokerWorkers } from '../../src/host/brokers/brokerWorker';
import { inRepository } from '../lab/paths';
import { rabbitProfile } from '../lab/profileOf';
import { allSeries } from '../lab/rabbitmqInstall';
import { waitUntil } from '../lab/ready';
import { durableQueue } from '../support/queueContent';
import { TailBench } from '../support/tailBench';
import { workerSession } from '../support/workerSession';

interface Vhost {
  readonly tracing: boolean;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly default_queue_type?: string;
}

const exchange = { durable: true, autoDelete: false, internal: false, arguments: emptyTable };

for (const series of allSeries) {
  describe(`the firehose of RabbitMQ ${series}`, () => {
    const bench = new TailBench(series);
    const vhost = 'traced vhost';
    const path = '/api/vhosts/traced%20vhost';
    const kept = { description: 'The shop', tags: ['shop', 'test'], default_queue_type: 'quorum' };
    let publisher: AmqpChannel;

    before(async () => {
      await bench.node.api('PUT', path, kept);
      await bench.node.api('PUT', '/api/permissions/traced%20vhost/guest', {
        configure: '.*',
        write: '.*',
        read: '.*',
      });
      publisher = await bench.channelIn(vhost);
      await publisher.declareQueue('orders', durableQueue());
      await publisher.declareExchange('shop.events', { ...exchange, type: 'fanout' });
      await publisher.bind({
        source: 'shop.events',
        destination: 'orders',
        destinationKind: 'queue',
        routingKey: '',
        arguments: emptyTable,
      });
    });

    async function settings(): Promise<Vhost> {
      const { tracing, description, tags, default_queue_type } = await bench.node.api<Vhost>('GET', path);
      return { tracing, description, tags, default_queue_type } as Vhost;
    }

    async function send(to: string, routingKey: string, body: string, properties: MessageProperties = {}) {
      await publisher.publish({ exchange: to, routingKey, properties, body: utf8Bytes(body) });
    }

    const before0 = async (): Promise<Vhost> => ({ ...(await settings()), tracing: true });

    it('shows what reaches a queue by any way, unwrapped, and leaves the virtual host as it was', async () => {
      const expected = await before0();
      const view = await bench.tail({ kind: 'firehose', vhost, queue: 'orders' });
      assert.deepEqual(view.status, { kind: 'running' }, JSON.stringify(view.status));
      assert.deepEqual(await settings(), expected);
      const headers: FieldTable = [
        { name: 'big', value: { type: 'long', value: '9007199254740993' } },
        { name: 'nested', value: { type: 'table', value: [{ name: 'k', value: longstr('v') }] } },
      ];
      const properties = {
        contentType: 'application/json',
        deliveryMode: 2,
        priority: 3,
        timestamp: '1700000000',
        messageId: 'm1',
        headers,
      };
      await send('', 'orders', '{"straight":1}', properties);
      await send('shop.events', 'any', 'by the exchange');
      await send('', 'nobody', 'elsewhere');
      await bench.received(view, 2);
      const shown = await bench.rows(view);
      assert.deepEqual(
        shown.map((row) => (row.kind === 'message' ? [row.exchange, row.routingKey, row.preview] : row.text)),
        [
          ['', 'orders', '{"straight":1}'],
          ['shop.events', 'any', 'by the exchange'],
        ],
      );
      const { viewId } = view;
      const detail = await bench.worker.client.request('message', { viewId, seq: 1, mostBytes: 100 });
      assert.deepEqual(detail.properties, properties);
      await bench.close(view);
      assert.deepEqual(await settings(), { ...expected, tracing: false });
    });

    it('shows what is published to an exchange, and is switched off by the last tail alone', async () => {
      const first = await bench.tail({ kind: 'firehose', vhost, exchange: 'shop.events' });
      const second = await bench.tail({ kind: 'firehose', vhost, queue: 'orders' });
      await bench.close(second);
      assert.equal((await settings()).tracing, true);
      await send('shop.events', 'k', 'still seen');
      await send('', 'orders', 'not to the exchange');
      await bench.received(first, 1);
      await sleep(200);
      assert.deepEqual(await bench.texts(first), ['still seen']);
    });

    it('stays on where it was on before', async () => {
      const settingsNow = await settings();
      await bench.node.api('PUT', path, { ...kept, tracing: true });
      const view = await bench.tail({ kind: 'firehose', vhost, queue: 'orders' });
      await bench.close(view);
      assert.equal((await settings()).tracing, true);
      await bench.node.api('PUT', path, { ...kept, tracing: false });
      assert.deepEqual(await settings(), { ...settingsNow, tracing: false });
    });

    it('is off again after a crash, once the connection is opened anew with what the host kept', async () => {
      const expected = { ...(await settings()), tracing: false };
      const crashing = brokerWorkers(inRepository('dist', 'worker.js'))('crashing');
      let marks: readonly string[] = [];
      crashing.client.on('tracing')(({ vhosts }) => {
        marks = vhosts;
        void crashing.client.request('tracingKept', { vhosts });
      });
      await crashing.client.request('open', {
        profile: rabbitProfile(bench.node),
        password: 'guest',
        network: { noProxy: [], strictSsl: true, systemCertificates: false },
      });
      const source = { kind: 'firehose', vhost, queue: 'orders' } as const;
      await crashing.client.request('openTail', { source, confirmed: true });
      assert.ok(await waitUntil(async () => (await settings()).tracing, 10_000));
      assert.deepEqual(marks, [vhost]);
      crashing.dispose();
      assert.equal((await settings()).tracing, true, 'a crash leaves it on');
      const next = workerSession(openBroker, systemClock);
      const closed = await waitUntil(
        async () =>
          (await bench.node.api<{ name: string }[]>('GET', '/api/queues')).every(
            ({ name }) => !name.includes('tap'),
          ),
        20_000,
      );
      assert.ok(closed, 'the broker has noticed the crash');
      await next.open(rabbitProfile(bench.node), 'guest', marks);
      assert.ok(await waitUntil(async () => !(await settings()).tracing, 10_000));
      assert.deepEqual(await settings(), expected);
      assert.ok(
        await waitUntil(() => Promise.resolve(next.tracing.length === 0), 5_000),
        'nothing is left to switch off',
      );
      await next.close();
    });

    it('needs an administrator, and says so', async () => {
      await bench.node.api('PUT', '/api/users/dev', { password: 'dev', tags: 'management' });
      await bench.node.api('PUT', '/api/permissions/traced%20vhost/dev', {
        configure: '.*',
        write: '.*',
        read: '.*',
      });
      const dev = workerSession(openBroker, systemClock);
      await dev.open({ ...rabbitProfile(bench.node), user: 'dev', vhost }, 'dev');
      const { status, banner } = await dev.tail({ kind: 'firehose', vhost, queue: 'orders' });
      assert.match(status.kind === 'nothingToMirror' ? status.text : '', /tag "administrator"/);
      assert.ok(banner.alternatives.every(({ kind }) => kind !== 'firehose'));
      await dev.close();
    });
  });
}
