import { emptyTable, tableOf } from '../../base/fieldValue';
import type { FieldTable } from '../../base/fieldValue';
import type { AmqpChannel, Binding } from '../amqpPort';

interface ShopExchange {
  readonly name: string;
  readonly type: 'direct' | 'fanout' | 'topic' | 'headers';
}

interface ShopQueue {
  readonly name: string;
  readonly arguments: FieldTable;
}

/** The demo topology of UX.md as plain data. Every queue is bounded, so that a demo left alone fills no disk. */
export const shopExchanges: readonly ShopExchange[] = [
  { name: 'orders', type: 'topic' },
  { name: 'payments', type: 'direct' },
  { name: 'notifications', type: 'fanout' },
  { name: 'documents', type: 'headers' },
  { name: 'orders.dlx', type: 'fanout' },
  { name: 'audit', type: 'fanout' },
];

const bounded = { 'x-max-length': 2_000 };

export const shopQueues: readonly ShopQueue[] = [
  {
    name: 'orders.fulfilment',
    arguments: tableOf({
      'x-queue-type': 'quorum',
      'x-dead-letter-exchange': 'orders.dlx',
      'x-max-length': 5_000,
    }),
  },
  {
    name: 'orders.invoicing',
    arguments: tableOf({
      'x-message-ttl': 600_000,
      'x-dead-letter-exchange': 'orders.dlx',
      'x-max-length': 5_000,
    }),
  },
  {
    name: 'orders.audit',
    arguments: tableOf({
      'x-queue-type': 'stream',
      'x-max-length-bytes': 50_000_000,
      'x-stream-max-segment-size-bytes': 5_000_000,
    }),
  },
  { name: 'payments.eu', arguments: tableOf(bounded) },
  { name: 'payments.us', arguments: tableOf(bounded) },
  { name: 'notifications.email', arguments: tableOf(bounded) },
  { name: 'notifications.sms', arguments: tableOf({ 'x-max-length': 500 }) },
  { name: 'documents.pdf', arguments: tableOf(bounded) },
  { name: 'orders.dead', arguments: tableOf(bounded) },
];

const shopBindings: readonly Binding[] = [
  toQueue('orders', 'orders.fulfilment', 'order.created.*'),
  toQueue('orders', 'orders.fulfilment', 'order.changed.*'),
  toQueue('orders', 'orders.fulfilment', 'order.cancelled.*'),
  toQueue('orders', 'orders.invoicing', 'order.paid.#'),
  {
    source: 'orders',
    destination: 'audit',
    destinationKind: 'exchange',
    routingKey: '#',
    arguments: emptyTable,
  },
  toQueue('audit', 'orders.audit', ''),
  toQueue('payments', 'payments.eu', 'payment.eu'),
  toQueue('payments', 'payments.us', 'payment.us'),
  toQueue('notifications', 'notifications.email', ''),
  toQueue('notifications', 'notifications.sms', ''),
  toQueue('documents', 'documents.pdf', '', tableOf({ 'x-match': 'all', format: 'pdf' })),
  toQueue('orders.dlx', 'orders.dead', ''),
];

/** Declares the shop; harmless where it exists already as declared here. */
export async function declareShop(channel: AmqpChannel): Promise<void> {
  for (const { name, type } of shopExchanges) {
    await channel.declareExchange(name, {
      type,
      durable: true,
      autoDelete: false,
      internal: false,
      arguments: emptyTable,
    });
  }
  for (const queue of shopQueues) {
    await channel.declareQueue(queue.name, {
      durable: true,
      exclusive: false,
      autoDelete: false,
      arguments: queue.arguments,
    });
  }
  for (const binding of shopBindings) await channel.bind(binding);
}

function toQueue(
  source: string,
  destination: string,
  routingKey: string,
  args: FieldTable = emptyTable,
): Binding {
  return { source, destination, destinationKind: 'queue', routingKey, arguments: args };
}
