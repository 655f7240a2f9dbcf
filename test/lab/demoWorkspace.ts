import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A definitions file of the shop with something new and three mistakes that people make. */
const definitions = {
  rabbitmq_version: '4.3.6',
  vhosts: [{ name: '/' }],
  exchanges: [
    { name: 'orders', vhost: '/', type: 'topic', durable: true, auto_delete: false, arguments: {} },
    { name: 'orders.dlx', vhost: '/', type: 'fanout', durable: true, auto_delete: false, arguments: {} },
  ],
  queues: [
    {
      name: 'orders.fulfilment',
      vhost: '/',
      durable: true,
      auto_delete: false,
      arguments: { 'x-queue-type': 'quorum', 'x-dead-letter-exchange': 'orders.dlx', 'x-max-priority': 10 },
    },
    {
      name: 'orders.invoicing',
      vhost: '/',
      durable: true,
      auto_delete: false,
      arguments: { 'x-message-ttl': '60000' },
    },
    { name: 'orders.dead', vhost: '/', durable: true, auto_delete: false, arguments: {} },
    { name: 'orders.returned', vhost: '/', durable: true, auto_delete: false, arguments: {} },
  ],
  bindings: [
    binding('orders', 'orders.fulfilment', 'order.created.*'),
    binding('orders', 'orders.fulfillment', 'order.paid.*'),
    binding('orders', 'orders.returned', 'order.returned.*'),
    binding('orders.dlx', 'orders.dead', ''),
  ],
};

function binding(source: string, destination: string, key: string): object {
  return { source, vhost: '/', destination, destination_type: 'queue', routing_key: key, arguments: {} };
}

/** Fills the folder that the demo opens. */
export async function writeDemoWorkspace(folder: string): Promise<void> {
  await writeFile(path.join(folder, 'definitions.json'), `${JSON.stringify(definitions, undefined, 2)}\n`);
}
