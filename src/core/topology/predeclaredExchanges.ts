import type { ExchangeType } from './model';

/** The exchanges that every virtual host has under these names (AMQP 0-9-1, 3.1.3; rabbit_vhost), the default one aside. */
export const predeclaredExchanges: ReadonlyMap<string, ExchangeType> = new Map<string, ExchangeType>([
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
  ['amq.rabbitmq.trace', 'topic'],
]);
