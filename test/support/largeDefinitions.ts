/** The JSON of a cluster export of that size, as RabbitMQ 4.0 writes it; valid, and the same on every call. */
export function largeDefinitions(queues: number, bindings: number): string {
  const exchanges = Math.max(1, Math.ceil(queues / 100));
  return JSON.stringify({
    rabbit_version: '4.0.5',
    rabbitmq_version: '4.0.5',
    product_name: 'RabbitMQ',
    product_version: '4.0.5',
    rabbitmq_definition_format: 'cluster',
    users: [
      {
        name: 'guest',
        password_hash: '9/1i+jKFRpbTRV1PtRnzFFYibT3cEpP92JeZ8YKGtflf4e/u',
        hashing_algorithm: 'rabbit_password_hashing_sha256',
        tags: ['administrator'],
        limits: {},
      },
    ],
    vhosts: [
      {
        name: '/',
        description: 'Default virtual host',
        metadata: {},
        tags: [],
        default_queue_type: 'classic',
      },
    ],
    permissions: [{ user: 'guest', vhost: '/', configure: '.*', write: '.*', read: '.*' }],
    policies: [],
    queues: Array.from({ length: queues }, (_, index) => ({
      name: `tenant-${index % 97}.orders.queue.${index}`,
      vhost: '/',
      durable: true,
      auto_delete: false,
      arguments: {
        'x-queue-type': index % 3 === 0 ? 'quorum' : 'classic',
        'x-dead-letter-exchange': `exchange.${index % exchanges}`,
        'x-message-ttl': 60_000 + index,
      },
    })),
    exchanges: Array.from({ length: exchanges }, (_, index) => ({
      name: `exchange.${index}`,
      vhost: '/',
      type: 'topic',
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: {},
    })),
    bindings: Array.from({ length: bindings }, (_, index) => ({
      source: `exchange.${index % exchanges}`,
      vhost: '/',
      destination: `tenant-${(index % queues) % 97}.orders.queue.${index % queues}`,
      destination_type: 'queue',
      routing_key: `orders.created.region-${index}.*`,
      arguments: {},
    })),
  });
}
