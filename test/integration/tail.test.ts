import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { utf8Bytes } from '../../src/core/base/bytes';
import { emptyTable, longstr } from '../../src/core/base/fieldValue';
import type { AmqpChannel, AmqpConnection } from '../../src/core/broker/amqpPort';
import { openBroker } from '../../src/core/broker/openBroker';
import type { Row } from '../../src/core/message/row';
import type { ViewState } from '../../src/protocol/view';
import { systemClock } from '../../src/core/broker/systemClock';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { waitUntil } from '../lab/ready';
import { durableQueue } from '../support/queueContent';
import { rabbitProfile } from '../lab/profileOf';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';

const exchange = { durable: true, autoDelete: false, internal: false, arguments: emptyTable };

for (const series of allSeries) {
  describe(`a live tail on RabbitMQ ${series}`, () => {
    let node: RabbitNode;
    let connection: AmqpConnection;
    let channel: AmqpChannel;
    let worker: WorkerSession;

    before(async function () {
      this.timeout(120_000);
      node = await startRabbit({ series });
      await connect();
      worker = workerSession(openBroker, systemClock);
      await worker.open(rabbitProfile(node));
      await channel.declareExchange('orders', { ...exchange, type: 'topic' });
      await channel.declareExchange('documents', { ...exchange, type: 'headers' });
      await queue('fulfilment', 'orders', 'order.#');
    });

    after(async () => {
      await worker.close();
      await connection.close();
      await node.stop();
    });

    async function connect(): Promise<void> {
      const network = { noProxy: [], strictSsl: true, certificateAuthorities: [] };
      const broker = openBroker(rabbitProfile(node), { password: 'guest' }, network);
      connection = await broker.amqp.connect('/', 'test');
      channel = await connection.openChannel();
    }

    async function queue(
      name: string,
      source: string,
      routingKey: string,
      args = emptyTable,
    ): Promise<string> {
      await channel.declareQueue(name, durableQueue());
      await channel.bind({
        source,
        destination: name,
        destinationKind: 'queue',
        routingKey,
        arguments: args,
      });
      return name;
    }

    async function publish(to: string, routingKey: string, ...bodies: string[]): Promise<void> {
      for (const body of bodies) {
        await channel.publish({ exchange: to, routingKey, properties: {}, body: utf8Bytes(body) });
      }
    }

    async function rows({ viewId }: ViewState): Promise<readonly Row[]> {
      return await worker.client.request('rows', { viewId, from: 1, count: 500 });
    }

    async function texts(view: ViewState): Promise<string[]> {
      return (await rows(view)).map((row) => (row.kind === 'note' ? row.text : row.preview));
    }

    /** Queues and bindings of the broker that did not come from the test. */
    async function leftBehind(): Promise<string[]> {
      const queues = await node.api<{ name: string }[]>('GET', '/api/queues');
      const bindings = await node.api<{ destination: string }[]>('GET', '/api/bindings');
      return [...queues.map(({ name }) => name), ...bindings.map(({ destination }) => destination)].filter(
        (name) => name.includes('tap'),
      );
    }

    it('shows what is published from now on, and takes nothing', async () => {
      await publish('orders', 'order.created', 'before');
      const view = await worker.tail({ kind: 'queue', vhost: '/', queue: 'fulfilment' });
      assert.deepEqual(view.status, { kind: 'running' });
      assert.equal(view.banner.sees, 'Mirror tap: sees new messages routed here by 1 binding.');
      await publish('orders', 'order.created', 'one', 'two');
      await publish('orders', 'other', 'not for this queue');
      await worker.viewWhere(view.viewId, ({ received }) => received >= 2);
      assert.deepEqual(await texts(view), ['one', 'two']);
      assert.equal((await channel.checkQueue('fulfilment')).ready, 3, 'everything is still in the queue');
      await worker.client.request('closeView', { viewId: view.viewId });
      assert.deepEqual(await leftBehind(), []);
      assert.equal((await channel.checkQueue('fulfilment')).ready, 3);
    });

    it('copies header arguments exactly', async () => {
      const args = [
        { name: 'x-match', value: longstr('all') },
        { name: 'format', value: longstr('pdf') },
      ];
      const view = await worker.tail({
        kind: 'queue',
        vhost: '/',
        queue: await queue('pdf', 'documents', '', args),
      });
      for (const format of ['pdf', 'txt']) {
        await channel.publish({
          exchange: 'documents',
          routingKey: '',
          properties: { headers: [{ name: 'format', value: longstr(format) }] },
          body: utf8Bytes(format),
        });
      }
      await channel.publish({
        exchange: 'documents',
        routingKey: '',
        properties: {},
        body: utf8Bytes('none'),
      });
      await worker.viewWhere(view.viewId, ({ received }) => received >= 1);
      await sleep(100);
      assert.deepEqual(await texts(view), ['pdf']);
      await worker.client.request('closeView', { viewId: view.viewId });
    });

    it('shows what the user publishes straight to the queue, marked, in each of its open tails', async () => {
      const source = { kind: 'queue', vhost: '/', queue: 'fulfilment' } as const;
      const views = [await worker.tail(source), await worker.tail(source)];
      assert.notEqual(views[0]?.viewId, views[1]?.viewId, 'opened twice is two views');
      const outcome = await worker.client.request('publish', {
        vhost: '/',
        draft: { exchange: '', routingKey: 'fulfilment', properties: {}, body: utf8Bytes('mine') },
      });
      assert.equal(outcome.kind, 'routed');
      for (const view of views) {
        const [row] = await rows(view);
        assert.ok(row?.kind === 'message' && row.sentByYou && row.preview === 'mine');
        await worker.client.request('closeView', { viewId: view.viewId });
      }
    });

    it('says why nothing can be mirrored, and leaves nothing in the broker', async () => {
      await channel.declareQueue('unbound', durableQueue());
      await channel.declareExchange('shards', { ...exchange, type: 'x-consistent-hash' });
      await queue('shard', 'shards', '1');
      const unbound = await worker.tail({ kind: 'queue', vhost: '/', queue: 'unbound' });
      assert.match(unbound.status.kind === 'nothingToMirror' ? unbound.status.text : '', /no bindings/);
      const shard = await worker.tail({ kind: 'queue', vhost: '/', queue: 'shard' });
      assert.match(shard.status.kind === 'nothingToMirror' ? shard.status.text : '', /would steal/);
      assert.deepEqual(await leftBehind(), []);
    });

    it('tails an exchange and a key that the user typed', async () => {
      const view = await worker.tail({
        kind: 'binding',
        vhost: '/',
        exchange: 'orders',
        routingKey: '*.paid',
      });
      await publish('orders', 'order.paid', 'paid');
      await worker.viewWhere(view.viewId, ({ received }) => received >= 1);
      assert.deepEqual(await texts(view), ['paid']);
      await worker.client.request('closeView', { viewId: view.viewId });
    });

    it('fails in words for a queue that is not there', async () => {
      const view = await worker.tail({ kind: 'queue', vhost: '/', queue: 'nowhere' });
      assert.equal(view.status.kind, 'failed', JSON.stringify(view.status));
    });

    it('starts and stops beside a confirm publisher without costing it a single confirm', async () => {
      let publishing = true;
      const outcomes = { routed: 0, returned: 0, refused: 0 };
      let sent = 0;
      const lane = async (): Promise<void> => {
        while (publishing) {
          const body = utf8Bytes(`confirm ${String(++sent)}`);
          const { kind } = await channel.publish({
            exchange: 'orders',
            routingKey: 'order.x',
            properties: {},
            body,
          });
          outcomes[kind]++;
        }
      };
      const lanes = Array.from({ length: 20 }, lane);
      for (let round = 0; round < 20; round++) {
        const view = await worker.tail({ kind: 'queue', vhost: '/', queue: 'fulfilment' });
        await worker.viewWhere(view.viewId, ({ received }) => received > 0);
        await worker.client.request('closeView', { viewId: view.viewId });
      }
      publishing = false;
      await Promise.all(lanes);
      console.log(`          RabbitMQ ${node.version}: ${String(outcomes.routed)} confirms beside 20 rounds`);
      assert.deepEqual({ ...outcomes, routed: 0 }, { routed: 0, returned: 0, refused: 0 });
      assert.deepEqual(await leftBehind(), []);
    });

    it('comes back after the broker was killed and started again, with a row for what it could not see', async () => {
      const view = await worker.tail({ kind: 'queue', vhost: '/', queue: 'fulfilment' });
      await publish('orders', 'order.created', 'first');
      await worker.viewWhere(view.viewId, ({ received }) => received === 1);
      await node.kill();
      await worker.viewWhere(view.viewId, ({ status }) => status.kind === 'reconnecting');
      await node.start();
      await worker.viewWhere(view.viewId, ({ status }) => status.kind === 'running');
      await connect();
      await publish('orders', 'order.created', 'second');
      await worker.viewWhere(view.viewId, ({ received }) => received === 2);
      const shown = await texts(view);
      assert.equal(shown[0], 'first');
      assert.match(shown[1] ?? '', /was lost/);
      assert.match(
        shown[2] ?? '',
        /^Connection lost \d\d:\d\d:\d\d, resumed \d\d:\d\d:\d\d: messages in between/,
      );
      assert.equal(shown[3], 'second');
      const back = await waitUntil(
        () => worker.client.request('connection', undefined).then(({ status }) => status === 'connected'),
        20_000,
      );
      assert.ok(back, 'the control connection is back too');
      await worker.client.request('closeView', { viewId: view.viewId });
      assert.deepEqual(await leftBehind(), []);
    }).timeout(90_000);
  });
}
