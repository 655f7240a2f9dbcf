import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { emptyTable } from '../../src/core/base/fieldValue';
import { openBroker } from '../../src/core/broker/openBroker';
import { inRepository } from '../lab/paths';
import { startProcess } from '../lab/processes';
import { profileOf, rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { eventually } from '../support/eventually';
import { durableQueue } from '../support/queueContent';

describe('a tail whose own process ends badly', () => {
  let node: RabbitNode;

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
  });

  after(async () => {
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
