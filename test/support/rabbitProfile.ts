import type { Profile } from '../../src/core/broker/profile';
import type { RabbitNode } from '../lab/rabbitmq';

/** A connection to a broker of the lab, as a user would save it. */
export function rabbitProfile(node: RabbitNode, more: Partial<Profile> = {}): Profile {
  return {
    id: node.series,
    name: `lab ${node.series}`,
    kind: 'rabbitmq',
    tls: false,
    host: node.host,
    port: node.amqpPort,
    user: node.user,
    vhost: '/',
    managementUrl: node.managementUrl ?? '',
    ...more,
  };
}
