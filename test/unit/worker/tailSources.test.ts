import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { longstr } from '../../../src/core/base/fieldValue';
import type { AmqpChannel } from '../../../src/core/broker/amqpPort';
import { MemoryBroker } from '../../../src/core/broker/memory/memoryBroker';
import type { Profile } from '../../../src/core/broker/profile';
import { systemClock } from '../../../src/core/broker/systemClock';
import { durableQueue } from '../../support/queueContent';
import { workerSession } from '../../support/workerSession';

const profile: Profile = {
  id: 'p',
  name: 'shop',
  kind: 'memory',
  tls: false,
  host: 'localhost',
  port: 5672,
  user: 'guest',
  vhost: '/',
};

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of running.splice(0)) await end();
});

async function stage(more: Partial<Profile> = {}) {
  const broker = new MemoryBroker({ behaviour: '4.3', clock: systemClock });
  const channel = await (await broker.amqp.connect('/', 'test')).openChannel();
  await channel.declareQueue('jobs', durableQueue());
  await channel.declareQueue('audit', {
    ...durableQueue(),
    arguments: [{ name: 'x-queue-type', value: longstr('stream') }],
  });
  const worker = workerSession(() => broker, systemClock);
  await worker.open({ ...profile, ...more });
  running.push(async () => {
    await worker.close();
    broker.dispose();
  });
  return { broker, channel, worker };
}

async function fill(channel: AmqpChannel, queue: string, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const body = utf8Bytes(String(number));
    await channel.publish({ exchange: '', routingKey: queue, properties: {}, body });
  }
}

const consume = { kind: 'consume', vhost: '/', queue: 'jobs' } as const;

describe('the broker worker, asked to watch in other ways', () => {
  it('consumes only what was confirmed, and never on a read-only connection', async () => {
    const { worker } = await stage();
    const { client } = worker;
    await assert.rejects(
      client.request('openTail', { source: consume, confirmed: false }),
      /confirmed first/,
    );
    const firehose = { kind: 'firehose', vhost: '/', queue: 'jobs' } as const;
    await assert.rejects(
      client.request('openTail', { source: firehose, confirmed: false }),
      /confirmed first/,
    );
    const { worker: reader } = await stage({ readOnly: true });
    for (const source of [consume, firehose]) {
      await assert.rejects(reader.client.request('openTail', { source, confirmed: true }), /read-only/);
    }
  });

  it('consumes into a buffer that stops when it is full, and shows what the queue lost', async () => {
    const { broker, channel, worker } = await stage();
    await fill(channel, 'jobs', 30);
    const view = await worker.tail(consume);
    assert.equal(view.overflow, 'pause');
    await worker.viewWhere(view.viewId, ({ received }) => received === 30);
    await worker.client.request('closeView', { viewId: view.viewId });
    assert.equal((await broker.management.queue('/', 'jobs')).ready, 0);
  });

  it('tails a stream from new messages on unless told otherwise, and shows what the user sends to it once', async () => {
    const { channel, worker } = await stage();
    await fill(channel, 'audit', 3);
    const view = await worker.tail({ kind: 'queue', vhost: '/', queue: 'audit' });
    const draft = { exchange: '', routingKey: 'audit', properties: {}, body: utf8Bytes('mine') };
    await worker.client.request('publish', { vhost: '/', draft });
    await worker.viewWhere(view.viewId, ({ received }) => received >= 1);
    const rows = await worker.client.request('rows', { viewId: view.viewId, from: 1, count: 10 });
    assert.deepEqual(
      rows.map((row) => row.kind === 'message' && row.preview),
      ['mine'],
    );
    const all = await worker.tail({ kind: 'stream', vhost: '/', queue: 'audit', offset: { from: 'first' } });
    await worker.viewWhere(all.viewId, ({ received }) => received === 4);
  });

  it('lists the ways to watch, and says why the demo broker has no firehose', async () => {
    const { worker } = await stage();
    const ways = await worker.client.request('waysToWatch', { vhost: '/', queue: 'jobs' });
    assert.deepEqual(
      ways.map(({ kind }) => kind),
      ['mirror', 'peek', 'binding', 'consume'],
    );
    const { status } = await worker.tail({ kind: 'firehose', vhost: '/', queue: 'jobs' });
    assert.match(status.kind === 'nothingToMirror' ? status.text : '', /cannot trace/);
    await assert.rejects(worker.client.request('waysToWatch', { vhost: '/', queue: 'nowhere' }), /nowhere/);
  });

  it('stops and goes on receiving, and keeps the choice of what a full buffer does', async () => {
    const { worker, channel } = await stage();
    const { viewId } = await worker.tail({
      kind: 'stream',
      vhost: '/',
      queue: 'audit',
      offset: { from: 'next' },
    });
    const { client } = worker;
    assert.equal((await client.request('setOverflow', { viewId, overflow: 'pause' })).overflow, 'pause');
    const held = await client.request('pause', { viewId, receiving: 'stop' });
    assert.deepEqual(held.status, { kind: 'paused', waiting: 0, receiving: false });
    await fill(channel, 'audit', 2);
    await client.request('resume', { viewId });
    const now = await worker.viewWhere(viewId, ({ status }) => status.kind === 'running');
    assert.equal(now.overflow, 'pause');
    const kept = await client.request('pause', { viewId, receiving: 'keep' });
    assert.deepEqual(kept.status, { kind: 'paused', waiting: 0, receiving: true });
  });
});
