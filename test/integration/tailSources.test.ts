import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { before, describe, it } from 'mocha';
import type { FieldTable } from '../../src/core/base/fieldValue';
import { emptyTable, longstr } from '../../src/core/base/fieldValue';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { StreamOffset } from '../../src/core/topology/streamOffset';
import type { ViewSource, ViewState } from '../../src/protocol/view';
import { rabbitProfile } from '../lab/profileOf';
import { allSeries } from '../lab/rabbitmqInstall';
import { waitUntil } from '../lab/ready';
import { durableQueue } from '../support/queueContent';
import { TailBench } from '../support/tailBench';
import { workerSession } from '../support/workerSession';

const exchange = { durable: true, autoDelete: false, internal: false, arguments: emptyTable };

for (const series of allSeries) {
  describe(`ways to watch on RabbitMQ ${series}`, () => {
    const bench = new TailBench(series);

    describe('a stream', () => {
      before(async () => {
        await bench.channel.declareQueue('audit', {
          ...durableQueue(),
          arguments: [{ name: 'x-queue-type', value: longstr('stream') }],
        });
        for (let number = 0; number < 5; number++) await bench.publish('', 'audit', `old ${String(number)}`);
      });

      const stream = (offset: StreamOffset): ViewSource => ({
        kind: 'stream',
        vhost: '/',
        queue: 'audit',
        offset,
      });
      const all = ['old 0', 'old 1', 'old 2', 'old 3', 'old 4'];
      const cases: readonly (readonly [string, StreamOffset, readonly string[]])[] = [
        ['the first message', { from: 'first' }, all],
        ['an offset', { from: 'number', value: '3' }, all.slice(3)],
        ['a time before it', { from: 'timestamp', value: '1000000000' }, all],
        ['an hour ago', { from: 'age', value: '1h' }, all],
      ];
      for (const [what, offset, expected] of cases) {
        it(`is read from ${what}, and stays as it is`, async () => {
          const view = await bench.tail(stream(offset));
          assert.deepEqual(view.status, { kind: 'running' });
          await bench.received(view, expected.length);
          assert.deepEqual(await bench.texts(view), expected);
        });
      }

      it('is read from its last chunk', async () => {
        const view = await bench.tail(stream({ from: 'last' }));
        await bench.received(view, 1);
        await sleep(100);
        assert.equal((await bench.texts(view)).at(-1), 'old 4');
      });

      it('shows new messages only, when its queue is tailed without further ado', async () => {
        const view = await bench.tail({ kind: 'queue', vhost: '/', queue: 'audit' });
        assert.match(view.banner.sees, /^Stream: sees new messages\./);
        assert.ok(view.banner.alternatives.some(({ label }) => label === 'Stream from the First Message'));
        await bench.publish('', 'audit', 'new');
        await bench.received(view, 1);
        assert.deepEqual(await bench.texts(view), ['new']);
      });

      it('is read on where it was after a stop, without a gap', async () => {
        const view = await bench.tail(stream({ from: 'next' }));
        await bench.publish('', 'audit', 'before');
        await bench.received(view, 1);
        const { viewId } = view;
        const held = await bench.worker.client.request('pause', { viewId, receiving: 'stop' });
        assert.deepEqual(held.status, { kind: 'paused', waiting: 0, receiving: false });
        await bench.publish('', 'audit', 'meanwhile');
        await bench.worker.client.request('resume', { viewId });
        await bench.received(view, 2);
        const shown = await bench.texts(view);
        assert.match(shown[1] ?? '', /^Stopped receiving .* reads on at offset \d+, nothing was missed\.$/);
        assert.deepEqual([shown[0], shown[2]], ['before', 'meanwhile']);
      });

      it('gives more messages than its credit in one go', async () => {
        await bench.fill('audit', 1_200);
        const view = await bench.tail(stream({ from: 'first' }));
        await bench.received(view, 1_205);
      });
    });

    describe('consuming', () => {
      it('removes exactly what it shows, and gives the rest back when it ends', async () => {
        await bench.channel.declareQueue('jobs', durableQueue());
        await bench.fill('jobs', 250);
        const view = await bench.tail({ kind: 'consume', vhost: '/', queue: 'jobs' });
        assert.equal(view.overflow, 'pause', 'what was removed must not roll out of the buffer');
        assert.match(view.banner.promise, /removed from the queue/);
        await bench.received(view, 250);
        await bench.close(view);
        assert.equal(await bench.ready('jobs'), 0);
      });

      it('stops in the middle and leaves in the queue what was not shown', async () => {
        await bench.channel.declareQueue('halfway', durableQueue());
        await bench.fill('halfway', 2_000);
        const { viewId } = await bench.worker.client.request('openTail', {
          source: { kind: 'consume', vhost: '/', queue: 'halfway' },
          confirmed: true,
        });
        await bench.worker.viewWhere(viewId, (state) => state.received > 0);
        const held = await bench.worker.client.request('pause', { viewId, receiving: 'stop' });
        const left = (): Promise<number> => bench.ready('halfway');
        await waitUntil(async () => (await left()) === 2_000 - held.received, 20_000);
        const now = await bench.worker.client.request('view', { viewId });
        assert.equal(now.received, held.received, 'nothing is shown after the stop');
        assert.equal(await left(), 2_000 - held.received, 'removed and shown are the same messages');
        await bench.worker.client.request('resume', { viewId });
        await bench.worker.viewWhere(viewId, (state) => state.received === 2_000);
        await bench.worker.client.request('closeView', { viewId });
        assert.equal(await left(), 0);
      });

      it('says that the queue was deleted, and goes on when it is there again', async () => {
        await bench.channel.declareQueue('brief', durableQueue());
        const view = await bench.tail({ kind: 'consume', vhost: '/', queue: 'brief' });
        await bench.channel.deleteQueue('brief');
        await bench.noted(view, /^brief was deleted\.$/);
        await bench.channel.declareQueue('brief', durableQueue());
        await bench.publish('', 'brief', 'again');
        await bench.received(view, 1);
      });

      it('is refused without confirmation, and on a read-only connection', async () => {
        await bench.channel.declareQueue('safe', durableQueue());
        const source = { kind: 'consume', vhost: '/', queue: 'safe' } as const;
        await assert.rejects(
          bench.worker.client.request('openTail', { source, confirmed: false }),
          /confirmed first/,
        );
        const reader = workerSession(openBroker, systemClock);
        await reader.open({ ...rabbitProfile(bench.node), readOnly: true });
        await assert.rejects(reader.client.request('openTail', { source, confirmed: true }), /read-only/);
        await reader.close();
      });
    });

    describe('a mirror tap', () => {
      before(async () => {
        await bench.channel.declareExchange('orders', { ...exchange, type: 'topic' });
        await bench.channel.declareExchange('documents', { ...exchange, type: 'headers' });
      });

      it('follows bindings that are added and removed while it runs, and says from when', async () => {
        await bench.channel.declareQueue('fulfilment', durableQueue());
        await bench.bind('orders', 'fulfilment', 'order.created');
        const view = await bench.tail({ kind: 'queue', vhost: '/', queue: 'fulfilment' });
        await bench.bind('orders', 'fulfilment', 'order.x');
        await bench.noted(
          view,
          /^From \d\d:\d\d:\d\d also sees orders with key order\.x: this binding was added to the queue\.$/,
        );
        await bench.publish('orders', 'order.x', 'by the new key');
        await bench.received(view, 1);
        await bench.channel.unbind({
          source: 'orders',
          destination: 'fulfilment',
          destinationKind: 'queue',
          routingKey: 'order.created',
          arguments: emptyTable,
        });
        await bench.noted(view, /no longer sees orders with key order\.created/);
        await bench.publish('orders', 'order.created', 'by the old key');
        await bench.publish('orders', 'order.x', 'still');
        await bench.received(view, 2);
        const bodies = (await bench.rows(view)).flatMap((row) =>
          row.kind === 'message' ? [row.preview] : [],
        );
        assert.deepEqual(bodies, ['by the new key', 'still']);
        await bench.channel.deleteQueue('fulfilment');
        await bench.noted(view, /^fulfilment was deleted \(seen \d\d:\d\d:\d\d\)/);
      }).timeout(60_000);

      const typed: readonly (readonly [string, FieldTable, FieldTable])[] = [
        [
          'an integer',
          [{ name: 'v', value: { type: 'int', value: 7 } }],
          [{ name: 'v', value: { type: 'byte', value: 7 } }],
        ],
        [
          'an integer beyond 53 bits',
          [{ name: 'v', value: { type: 'long', value: '9007199254740993' } }],
          [{ name: 'v', value: { type: 'long', value: '9007199254740993' } }],
        ],
        [
          'a whole fraction',
          [{ name: 'v', value: { type: 'double', value: 2 } }],
          [{ name: 'v', value: { type: 'double', value: 2 } }],
        ],
        [
          'a truth value',
          [{ name: 'v', value: { type: 'bool', value: true } }],
          [{ name: 'v', value: { type: 'bool', value: true } }],
        ],
        ['presence', [{ name: 'v', value: { type: 'void' } }], [{ name: 'v', value: longstr('anything') }]],
        ['text', [{ name: 'v', value: longstr('pdf') }], [{ name: 'v', value: longstr('pdf') }]],
      ];
      for (const [what, asked, sent] of typed) {
        it(`sees what a headers binding matches by ${what}`, async () => {
          const name = `by ${what}`;
          await bench.channel.declareQueue(name, durableQueue());
          await bench.bind('documents', name, '', [{ name: 'x-match', value: longstr('all') }, ...asked]);
          const view = await bench.tail({ kind: 'queue', vhost: '/', queue: name });
          await bench.publish('documents', '', 'match', { headers: sent });
          const routed = await waitUntil(async () => (await bench.ready(name)) === 1, 10_000);
          assert.ok(routed, 'the queue itself got it');
          await bench.received(view, 1);
          await bench.channel.deleteQueue(name);
        });
      }

      it('ends with the pause that stops receiving, and begins anew with a row about the gap', async () => {
        await bench.channel.declareQueue('paused', durableQueue());
        await bench.bind('orders', 'paused', 'order.#');
        const view = await bench.tail({ kind: 'queue', vhost: '/', queue: 'paused' });
        const { viewId } = view;
        await bench.worker.client.request('pause', { viewId, receiving: 'stop' });
        assert.ok(
          await waitUntil(async () => (await bench.leftBehind()).length === 0, 10_000),
          'the tap is gone',
        );
        await bench.publish('orders', 'order.1', 'missed');
        await bench.worker.client.request('resume', { viewId });
        await bench.worker.viewWhere(viewId, ({ status }) => status.kind === 'running');
        await bench.publish('orders', 'order.2', 'seen');
        await bench.received(view, 1);
        const shown = await bench.texts(view);
        assert.match(
          shown[0] ?? '',
          /^Stopped receiving .*, resumed .*: messages in between were not seen\.$/,
        );
        assert.equal(shown[1], 'seen');
      });
    });

    describe('when the broker goes', () => {
      it('comes back after the broker was shut down, and after it was killed, a stream without a gap', async () => {
        await bench.channel.declareQueue('log', {
          ...durableQueue(),
          arguments: [{ name: 'x-queue-type', value: longstr('stream') }],
        });
        const view = await bench.tail({ kind: 'queue', vhost: '/', queue: 'log' });
        await bench.fill('log', 1);
        await bench.received(view, 1);
        // In order first: a kill may come before 3.10 has written the queue down.
        await bench.node.shutDown();
        await bench.noted(view, /is shutting down \(320\)\.$/);
        await comesBack(view, 2);
        await bench.node.kill();
        await comesBack(view, 3);
        const shown = await bench.texts(view);
        const resumed = shown.filter((text) => text.startsWith('Connection lost'));
        assert.deepEqual(
          resumed.map((text) => /reads on at offset \d+, nothing was missed\.$/.exec(text)?.[0]),
          ['reads on at offset 1, nothing was missed.', 'reads on at offset 2, nothing was missed.'],
        );
      }).timeout(120_000);

      /** The broker is started again, and what is published then is seen. */
      async function comesBack(view: ViewState, count: number): Promise<void> {
        await bench.worker.viewWhere(view.viewId, ({ status }) => status.kind === 'reconnecting');
        await bench.node.start();
        await bench.worker.viewWhere(view.viewId, ({ status }) => status.kind === 'running');
        await bench.connect();
        await bench.fill('log', 1);
        await bench.received(view, count);
      }
    });
  });
}
