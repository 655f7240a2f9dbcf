import { MemoryBroker } from '../../src/core/broker/memory/memoryBroker';
import type { Profile } from '../../src/core/broker/profile';
import { systemClock } from '../../src/core/broker/systemClock';
import { durableQueue } from './queueContent';
import { workerSession } from './workerSession';
import type { WorkerSession } from './workerSession';

export const memoryProfile: Profile = {
  id: 'p',
  name: 'shop',
  kind: 'memory',
  tls: false,
  host: 'localhost',
  port: 5672,
  user: 'guest',
  vhost: '/',
};

/** An in-memory broker with the queue `orders` bound to the fanout exchange `shop`. */
export async function memoryShop(): Promise<MemoryBroker> {
  const broker = new MemoryBroker({ behaviour: '4.3', clock: systemClock });
  const connection = await broker.amqp.connect('/', 'test');
  const channel = await connection.openChannel();
  const exchange = { durable: true, autoDelete: false, internal: false, arguments: [] };
  await channel.declareExchange('shop', { ...exchange, type: 'fanout' });
  await channel.declareQueue('orders', durableQueue());
  const binding = { source: 'shop', destination: 'orders', destinationKind: 'queue' } as const;
  await channel.bind({ ...binding, routingKey: '', arguments: [] });
  await connection.close();
  return broker;
}

/** The worker over such a broker; `end` closes both. */
export async function memoryWorker(
  more: Partial<Profile> = {},
): Promise<{ worker: WorkerSession; broker: MemoryBroker; end: () => Promise<void> }> {
  const broker = await memoryShop();
  const worker = workerSession(() => broker, systemClock);
  await worker.open({ ...memoryProfile, ...more });
  const end = async (): Promise<void> => {
    await worker.close();
    broker.dispose();
  };
  return { worker, broker, end };
}
