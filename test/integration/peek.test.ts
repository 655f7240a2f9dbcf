import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { integerField } from '../../src/core/base/fieldValue';
import type { AmqpChannel, AmqpConnection } from '../../src/core/broker/amqpPort';
import type { Broker } from '../../src/core/broker/broker';
import { openBroker } from '../../src/core/broker/openBroker';
import type { Delivery } from '../../src/core/message/message';
import type { StreamOffset } from '../../src/core/topology/streamOffset';
import type { ViewState } from '../../src/protocol/view';
import { systemClock } from '../../src/core/broker/systemClock';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { drain, durableQueue, fill, numbersOf, upTo } from '../support/queueContent';
import { rabbitProfile } from '../lab/profileOf';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';

for (const series of allSeries) {
  describe(`a peek at RabbitMQ ${series}`, () => {
    let node: RabbitNode;
    let broker: Broker;
    let connection: AmqpConnection;
    let channel: AmqpChannel;
    let worker: WorkerSession;
    let blind: WorkerSession;

    before(async function () {
      this.timeout(120_000);
      node = await startRabbit({ series });
      broker = openBroker(
        rabbitProfile(node),
        { password: 'guest' },
        { noProxy: [], strictSsl: true, certificateAuthorities: [] },
      );
      connection = await broker.amqp.connect('/', 'test');
      channel = await connection.openChannel();
      worker = workerSession(openBroker, systemClock);
      await worker.open(rabbitProfile(node));
      blind = workerSession(openBroker, systemClock);
      await blind.open(rabbitProfile(node, { managementUrl: '' }));
    });

    after(async () => {
      await worker.close();
      await blind.close();
      await connection.close();
      broker.dispose();
      await node.stop();
    });

    /** A queue of that kind with the messages 0 to count - 1, each confirmed. */
    async function queueOf(
      name: string,
      count: number,
      args: Record<string, string | number>,
    ): Promise<string> {
      await channel.declareQueue(name, durableQueue(args));
      await fill(channel, name, 0, count);
      return name;
    }

    async function previews(session: WorkerSession, state: ViewState): Promise<number[]> {
      const { viewId, firstRow } = state;
      const rows = await session.client.request('rows', { viewId, from: firstRow, count: 500 });
      return rows.map((row) => (row.kind === 'message' ? Number(row.preview) : Number.NaN));
    }

    /** Every message, in order, with the messages that are marked as redelivered. */
    function marked(deliveries: readonly Delivery[]): number[] {
      return numbersOf(deliveries.filter(({ redelivered }) => redelivered));
    }

    it('gives a classic queue back as it was, with exactly the announced messages marked', async () => {
      const queue = await queueOf('classic', 30, {});
      const state = await worker.peek('/', queue, 10);
      assert.equal(state.status.kind, 'done', JSON.stringify(state.status));
      assert.deepEqual(await previews(worker, state), upTo(10));
      assert.match(state.peek?.costs[0] ?? '', /^This marks 10 messages as redelivered and gives them back/);
      assert.equal(state.peek?.receipt?.[0], '10 read, 10 given back, order unchanged.');
      assert.match(state.peek.receipt.join(' '), /Confirmed by the broker: 30 ready now/);
      const all = await drain(channel, queue, 30);
      assert.deepEqual(numbersOf(all), upTo(30));
      assert.deepEqual(marked(all), upTo(10));
    });

    it('keeps the order of a quorum queue, also when it is looked at again with fewer messages', async () => {
      const queue = await queueOf('quorum', 60, { 'x-queue-type': 'quorum' });
      for (const count of [25, 3, 10]) {
        const state = await worker.peek('/', queue, count);
        assert.equal(state.status.kind, 'done', JSON.stringify(state.status));
        assert.deepEqual(await previews(worker, state), upTo(count));
        assert.match(state.peek?.receipt?.[0] ?? '', /order unchanged\.$/);
        assert.match(state.peek?.receipt?.join(' ') ?? '', /Confirmed by the broker: 60 ready now/);
      }
      assert.deepEqual(numbersOf(await drain(channel, queue, 60)), upTo(60));
    });

    it('counts deliveries of a quorum queue as it said before', async () => {
      const queue = await queueOf('counted', 4, { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 });
      const { viewId, peek } = await worker.client.request('openPeek', { vhost: '/', queue, count: 2 });
      await worker.client.request('closeView', { viewId });
      await worker.peek('/', queue, 2);
      const [first] = await drain(channel, queue, 4);
      const counted = integerField(first?.properties.headers, 'x-delivery-count') ?? 0;
      const announced = / uses (none|1) of their (20 )?deliveries/.exec(peek?.costs[0] ?? '')?.[1];
      assert.equal(announced, series === '4.3' ? 'none' : '1', peek?.costs[0]);
      assert.equal(counted, announced === 'none' ? 0 : 1);
    });

    it('reads a stream from its first message and changes nothing', async () => {
      const queue = await queueOf('stream', 20, { 'x-queue-type': 'stream' });
      for (let round = 1; round <= 2; round++) {
        const state = await worker.peek('/', queue, 5);
        assert.equal(state.status.kind, 'done', JSON.stringify(state.status));
        assert.deepEqual(await previews(worker, state), upTo(5));
        assert.match(state.peek?.receipt?.[0] ?? '', /^5 read as copies, order unchanged/);
      }
      const all = await worker.peek('/', queue, 50);
      assert.deepEqual(await previews(worker, all), upTo(20));
    });

    it('reads a stream from any place, and says which offsets it read', async () => {
      const queue = await queueOf('stream.places', 20, { 'x-queue-type': 'stream' });
      const places: [StreamOffset, number[]][] = [
        [{ from: 'number', value: '7' }, [7, 8, 9]],
        [{ from: 'number', value: '18' }, [18, 19]],
        [{ from: 'timestamp', value: '1000000000' }, [0, 1, 2]],
        [{ from: 'age', value: '1h' }, [0, 1, 2]],
        [{ from: 'number', value: '20' }, []],
        [{ from: 'next' }, []],
      ];
      for (const [offset, wanted] of places) {
        const { viewId } = await worker.client.request('openPeek', { vhost: '/', queue, count: 3, offset });
        await worker.client.request('startPeek', { viewId, count: 3, offset, consented: false });
        const state = await worker.viewWhere(viewId, ({ status }) =>
          ['done', 'failed'].includes(status.kind),
        );
        assert.deepEqual(await previews(worker, state), wanted, JSON.stringify(offset));
        assert.deepEqual(state.peek?.offset, offset);
        const receipt = state.peek.receipt?.join(' ') ?? '';
        const first = String(wanted[0] ?? '');
        const last = String(wanted.at(-1) ?? '');
        assert.match(
          receipt,
          wanted.length === 0 ? /no message from there on/ : new RegExp(`Offsets ${first} to ${last}\\.`),
        );
      }
      const end = await worker.client.request('openPeek', {
        vhost: '/',
        queue,
        count: 50,
        offset: { from: 'last' },
      });
      await worker.client.request('startPeek', {
        viewId: end.viewId,
        count: 50,
        offset: { from: 'last' },
        consented: false,
      });
      const state = await worker.viewWhere(end.viewId, ({ status }) => status.kind === 'done');
      assert.equal((await previews(worker, state)).at(-1), 19);
    });

    it('does not delete an auto-delete queue', async () => {
      await channel.declareQueue('fleeting', { ...durableQueue(), autoDelete: true });
      await fill(channel, 'fleeting', 0, 15);
      const state = await worker.peek('/', 'fleeting', 12);
      assert.deepEqual(await previews(worker, state), upTo(12));
      assert.deepEqual(numbersOf(await drain(channel, 'fleeting', 15)), upTo(15));
    });

    it('refuses an exclusive queue of somebody else, in words', async () => {
      await channel.declareQueue('private', { ...durableQueue(), exclusive: true, durable: false });
      const { viewId, peek } = await worker.client.request('openPeek', {
        vhost: '/',
        queue: 'private',
        count: 1,
      });
      assert.match(peek?.refusal ?? '', /exclusive to the connection that declared it/);
      await assert.rejects(
        worker.client.request('startPeek', { viewId, count: 1, consented: true }),
        /exclusive to the connection/,
      );
    });

    it('reads what an empty queue has: nothing', async () => {
      const queue = await queueOf('empty', 0, { 'x-queue-type': 'quorum' });
      const state = await worker.peek('/', queue, 5);
      assert.match(state.peek?.receipt?.join(' ') ?? '', /holds no ready messages/);
    });

    it('marks everything and loses nothing when there are fewer messages than asked for', async () => {
      const queue = await queueOf('few', 7, { 'x-queue-type': 'quorum' });
      for (let round = 1; round <= 2; round++)
        assert.deepEqual(await previews(worker, await worker.peek('/', queue, 50)), upTo(7));
      assert.deepEqual(numbersOf(await drain(channel, queue, 7)), upTo(7));
    });

    it('gives everything back when it is closed in the middle', async () => {
      const queue = await queueOf('interrupted', 300, { 'x-queue-type': 'quorum' });
      const { viewId } = await worker.client.request('openPeek', { vhost: '/', queue, count: 200 });
      await worker.client.request('startPeek', { viewId, count: 200, consented: false });
      await worker.client.request('closeView', { viewId });
      assert.deepEqual(numbersOf(await drain(channel, queue, 300)), upTo(300));
    });

    it('keeps the order of a large quorum peek', async () => {
      const queue = await queueOf('large', 700, { 'x-queue-type': 'quorum' });
      for (const count of [450, 20]) {
        const state = await worker.peek('/', queue, count);
        assert.deepEqual(await previews(worker, state), upTo(count));
        assert.match(state.peek?.receipt?.[0] ?? '', /order unchanged\.$/);
      }
      assert.deepEqual(numbersOf(await drain(channel, queue, 700)), upTo(700));
    });

    const types: Record<string, string | number>[] = [{}, { 'x-queue-type': 'quorum' }];
    for (const args of types) {
      const type = args['x-queue-type'] ?? 'classic';
      it(`makes a weaker promise without the management API, and keeps it on a ${type} queue`, async () => {
        const queue = await queueOf(`blind.${type}`, 30, args);
        const state = await blind.peek('/', queue, 12);
        assert.match(state.peek?.costs.join(' ') ?? '', /weaker promise/);
        const read = await previews(blind, state);
        assert.deepEqual(read, upTo(read.length));
        assert.ok(read.length >= 9);
        const all = await drain(channel, queue, 30);
        assert.deepEqual(numbersOf(all), upTo(30));
        assert.deepEqual(marked(all), read);
      });
    }

    it('finds out without the management API that a queue is a stream', async () => {
      const queue = await queueOf('blind.stream', 8, { 'x-queue-type': 'stream' });
      const state = await blind.peek('/', queue, 5);
      assert.equal(state.status.kind, 'done', JSON.stringify(state.status));
      assert.deepEqual(await previews(blind, state), upTo(5));
    });
  });
}
