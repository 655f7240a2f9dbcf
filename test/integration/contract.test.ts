import assert from 'node:assert/strict';
import { after, before, describe } from 'mocha';
import type { Broker } from '../../src/core/broker/broker';
import { openBroker } from '../../src/core/broker/openBroker';
import { brokerContract } from '../contract/contract';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { profileOf } from '../lab/profileOf';

for (const series of allSeries) {
  describe(`RabbitMQ ${series}`, () => {
    let node: RabbitNode | undefined;
    let broker: Broker | undefined;
    before(async () => {
      node = await startRabbit({ series });
      broker = openBroker(...profileOf(node));
    });
    after(async () => {
      broker?.dispose();
      await node?.stop();
    });
    brokerContract({
      name: `RabbitMQ ${series}`,
      series,
      open: () => {
        assert.ok(broker);
        return broker;
      },
    });
  });
}
