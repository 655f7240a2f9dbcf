import assert from 'node:assert/strict';
import { after, before, describe } from 'mocha';
import { behaviours } from '../../src/core/broker/memory/behaviour';
import { MemoryBroker } from '../../src/core/broker/memory/memoryBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import { brokerContract } from './contract';

for (const behaviour of behaviours) {
  describe(`the in-memory broker as RabbitMQ ${behaviour}`, () => {
    let broker: MemoryBroker | undefined;
    before(() => {
      broker = new MemoryBroker({ behaviour, clock: systemClock });
    });
    after(() => {
      broker?.dispose();
    });
    brokerContract({
      name: `memory ${behaviour}`,
      series: behaviour,
      open: () => {
        assert.ok(broker);
        return broker;
      },
    });
  });
}
