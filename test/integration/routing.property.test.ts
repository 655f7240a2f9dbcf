import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes, utf8TextLossy } from '../../src/core/base/bytes';
import { emptyTable } from '../../src/core/base/fieldValue';
import type { AmqpChannel, AmqpConnection } from '../../src/core/broker/amqpPort';
import { openBroker } from '../../src/core/broker/openBroker';
import { route } from '../../src/core/topology/routing';
import { startRabbit } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { profileOf } from '../lab/profileOf';
import { anyTopology, exchangeNames, queueNames, topologyOf } from '../support/randomTopology';
import type { RandomTopology } from '../support/randomTopology';

describe('routing', () => {
  for (const series of allSeries) {
    it(`predicts where RabbitMQ ${series} brings messages, on random topologies`, async () => {
      const node = await startRabbit({ series });
      const broker = openBroker(...profileOf(node));
      try {
        const connection = await broker.amqp.connect('/', 'routing');
        const headerComparison = series === '3.10' ? 'loose' : 'strict';
        await fc.assert(
          fc.asyncProperty(anyTopology, async (topology) => {
            const { exchanges, bindings, messages } = topology;
            const world = topologyOf(exchanges, bindings, { headerComparison });
            const predicted = messages.map((message) =>
              route(world, message)
                .reached.map((each) => each.queue)
                .sort(),
            );
            assert.deepEqual(await routedBy(connection, topology), predicted);
          }),
          { numRuns: 50 },
        );
        await connection.close();
      } finally {
        broker.dispose();
        await node.stop();
      }
    });
  }
});

/** For each message, the queues it really reached; and that the outcome of its publish says the same. */
async function routedBy(connection: AmqpConnection, topology: RandomTopology): Promise<readonly string[][]> {
  const channel = await connection.openChannel();
  await declare(channel, topology);
  const reached = topology.messages.map((): string[] => []);
  const outcomes = await Promise.all(
    topology.messages.map(({ exchange, routingKey, headers }, at) =>
      channel.publish({ exchange, routingKey, properties: { headers }, body: utf8Bytes(String(at)) }),
    ),
  );
  for (const queue of queueNames) {
    for (let got = await channel.get(queue); got; got = await channel.get(queue)) {
      reached[Number(utf8TextLossy(got.body))]?.push(queue);
      channel.ack(got.deliveryTag);
    }
  }
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    reached.map((queues) => (queues.length > 0 ? 'routed' : 'returned')),
  );
  for (const exchange of exchangeNames) await channel.deleteExchange(exchange);
  await channel.close();
  return reached;
}

async function declare(channel: AmqpChannel, { exchanges, bindings }: RandomTopology): Promise<void> {
  for (const { name, type, arguments: args } of exchanges) {
    await channel.declareExchange(name, {
      type,
      durable: false,
      autoDelete: false,
      internal: false,
      arguments: args,
    });
  }
  for (const queue of queueNames) {
    await channel.declareQueue(queue, {
      durable: true,
      exclusive: false,
      autoDelete: false,
      arguments: emptyTable,
    });
  }
  for (const binding of bindings) await channel.bind(binding);
}
