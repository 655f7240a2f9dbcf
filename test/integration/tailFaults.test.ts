import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { emptyTable } from '../../src/core/base/fieldValue';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import { amqplib } from '../bench/plainAmqplib';
import { inRepository } from '../lab/paths';
import { startProcess } from '../lab/processes';
import { profileOf, rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { eventually } from '../support/eventually';
import { durableQueue } from '../support/queueContent';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';

/** Publishes 5,000 messages a second for as long as there is a broker, and goes on when it is back. */
function floodOf(node: RabbitNode): { end(): void } {
  let running = true;
  const publish = async (): Promise<void> => {
    const connection = await amqplib.connect(node.amqpUrl);
    connection.on('error', () => undefined);
    const closed = new AbortController();
    connection.on('close', () => {
      closed.abort();
    });
    const channel = await connection.createChannel();
    const body = Buffer.alloc(100, 'x');
    while (running && !closed.signal.aborted) {
      for (let count = 0; count < 100; count++) channel.publish('orders', 'order.created', body);
      await sleep(20);
    }
    if (!closed.signal.aborted) await connection.close();
  };
  const keepOn = async (): Promise<void> => {
    while (running) {
      await publish().catch(() => undefined);
      await sleep(200);
    }
  };
  void keepOn();
  return {
    end: () => {
      running = false;
    },
  };
}

describe('a tail whose broker or whose own process ends badly', () => {
  let node: RabbitNode;
  let worker: WorkerSession;

  before(async function () {
    this.timeout(120_000);
    node = await startRabbit({ series: '4.3' });
    const broker = openBroker(...profileOf(node));
    const channel = await (await broker.amqp.connect('/', 'test')).openChannel();
    const exchange = { durable: true, autoDelete: false, internal: false, arguments: emptyTable };
    await channel.declareExchange('orders', { ...exchange, type: 'topic' });
    await channel.declareQueue('fulfilment', durableQueue({ 'x-max-length': 100 }));
    const binding = { source: 'orders', destination: 'fulfilment', destinationKind: 'queue' } as const;
    await channel.bind({ ...binding, routingKey: 'order.#', arguments: emptyTable });
    broker.dispose();
    worker = workerSession(openBroker, systemClock);
    await worker.open(rabbitProfile(node));
  });

  after(async () => {
    await worker.close();
    await node.stop();
  });

  async function namesOnBroker(): Promise<string[]> {
    const queues = await node.api<{ name: string }[]>('GET', '/api/queues');
    const bindings = await node.api<{ source: string; destination: string }[]>('GET', '/api/bindings');
    return [
      ...queues.map(({ name }) => name),
      ...bindings.flatMap(({ source, destination }) => (source === '' ? [] : [destination])),
    ];
  }

  it('comes back after each of ten kills under 5,000 messages a second, with a row for each gap', async () => {
    const view = await worker.tail({ kind: 'queue', vhost: '/', queue: 'fulfilment' });
    const { viewId } = view;
    const flood = floodOf(node);
    const capacities = new Set<number>();
    try {
      for (let round = 1; round <= 10; round++) {
        const before = await worker.client.request('view', { viewId });
        await worker.viewWhere(viewId, ({ received }) => received >= before.received + 1_000);
        await node.kill();
        const lost = await worker.viewWhere(viewId, ({ status }) => status.kind === 'reconnecting');
        await node.start();
        const back = await worker.viewWhere(
          viewId,
          ({ status, received }) => status.kind === 'running' && received > lost.received,
        );
        const rows = await worker.client.request('rows', { viewId, from: lost.nextRow - 1, count: 20 });
        const gaps = rows.flatMap((row) => (row.kind === 'note' ? [row.text] : []));
        assert.match(gaps.join(' '), /Connection lost .*messages in between were not seen/, `round ${round}`);
        assert.ok(back.nextRow - back.firstRow <= back.capacity);
        capacities.add(back.capacity);
      }
    } finally {
      flood.end();
    }
    assert.equal(capacities.size, 1);
    const end = await worker.client.request('view', { viewId });
    assert.ok(end.received >= 11_000, String(end.received));
    await worker.client.request('closeView', { viewId });
    await eventually(async () => {
      assert.deepEqual(await namesOnBroker(), ['fulfilment', 'fulfilment']);
    });
  }).timeout(400_000);

  it('leaves no queue and no binding on the broker when its process is killed', async () => {
    const said: string[] = [];
    const profile = JSON.stringify(rabbitProfile(node));
    const script = inRepository('out', 'lab', 'tailProcess.js');
    const tailing = await startProcess(process.execPath, [script, profile, 'fulfilment'], {
      onOutput: (text) => said.push(text),
    });
    await eventually(() => {
      assert.match(said.join(''), /"running"/);
    });
    await eventually(async () => {
      assert.equal((await namesOnBroker()).length, 4);
    });
    await tailing.kill();
    await eventually(async () => {
      assert.deepEqual(await namesOnBroker(), ['fulfilment', 'fulfilment']);
    });
  });
});
