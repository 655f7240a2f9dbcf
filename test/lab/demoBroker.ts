import { DisposableStore } from '../../src/core/base/disposable';
import { declareShop } from '../../src/core/broker/memory/shopTopology';
import { startShopTraffic } from '../../src/core/broker/memory/shopTraffic';
import { openBroker } from '../../src/core/broker/openBroker';
import type { Profile } from '../../src/core/broker/profile';
import { systemClock } from '../../src/core/broker/systemClock';
import { plainNetwork, rabbitProfile } from './profileOf';
import { startRabbit } from './rabbitmq';

/** A real RabbitMQ with the shop's topology and its traffic. */
export interface DemoBroker {
  readonly profile: Profile;
  readonly version: string;
  stop(): Promise<void>;
}

/**
 * Starts a private RabbitMQ, installed first where that is allowed, and opens the shop on it. A broker that happens to
 * run on this machine is left alone: it may be somebody's work. Rejects in one sentence when none can be had.
 */
export async function startDemoBroker(ratePerSecond: number): Promise<DemoBroker> {
  const node = await startRabbit({ series: '4.3' });
  const profile = rabbitProfile(node, { id: 'shop-dev', name: 'shop-dev', environment: 'development' });
  const owned = new DisposableStore();
  const broker = openBroker(profile, { password: node.password }, plainNetwork);
  owned.add(broker);
  const connection = await broker.amqp.connect('/', 'shop traffic');
  await declareShop(await connection.openChannel());
  owned.add(await startShopTraffic(connection, systemClock, { seed: 1, ratePerSecond }));
  return {
    profile,
    version: node.version,
    stop: async () => {
      owned.dispose();
      await connection.close();
      await node.stop();
    },
  };
}
