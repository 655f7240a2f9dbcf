import type { Clock } from '../../base/clock';
import type { Broker } from '../broker';
import { MemoryBroker } from './memoryBroker';
import { declareShop } from './shopTopology';
import { startShopTraffic } from './shopTraffic';

/** The demo broker of a profile of kind `memory`: the newest behaviour, with the shop open and busy. */
export function openDemoBroker(clock: Clock): Broker {
  const broker = new MemoryBroker({ behaviour: '4.3', clock });
  let isOpen = true;
  openShop(broker, clock).catch((error: unknown) => {
    // Opening half done when the broker goes is no defect; anything else is.
    if (isOpen) throw error;
  });
  return {
    amqp: broker.amqp,
    management: broker.management,
    dispose: () => {
      isOpen = false;
      broker.dispose();
    },
  };
}

/** Ends with the broker. */
async function openShop(broker: MemoryBroker, clock: Clock): Promise<void> {
  const connection = await broker.amqp.connect('/', 'shop services');
  const channel = await connection.openChannel();
  await declareShop(channel);
  await channel.close();
  await startShopTraffic(connection, clock, { seed: 1, ratePerSecond: 20 });
}
