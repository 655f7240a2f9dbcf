import type { BrokerSecrets, NetworkSettings } from '../../src/core/broker/broker';
import type { Profile } from '../../src/core/broker/profile';
import type { RabbitNode } from './rabbitmq';

type Reachable = Pick<RabbitNode, 'host' | 'amqpPort' | 'managementUrl' | 'user' | 'password'>;

/** Loopback needs no proxy and no certificates. */
export const plainNetwork: NetworkSettings = { noProxy: [], strictSsl: true, certificateAuthorities: [] };

/** A connection to a node of the lab, as a user would save it. */
export function rabbitProfile(node: Reachable, more: Partial<Profile> = {}): Profile {
  return {
    id: 'lab',
    name: 'lab',
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

/** What `openBroker` needs to reach a node of the lab. */
export function profileOf(
  node: Reachable,
  more: Partial<Profile> = {},
): [Profile, BrokerSecrets, NetworkSettings] {
  return [rabbitProfile(node, more), { password: node.password }, plainNetwork];
}
