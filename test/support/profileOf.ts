import type { BrokerSecrets, NetworkSettings } from '../../src/core/broker/broker';
import type { Profile } from '../../src/core/broker/profile';
import type { RabbitNode } from '../lab/rabbitmq';

export const plainNetwork: NetworkSettings = { noProxy: [], strictSsl: true, certificateAuthorities: [] };

/** What `openBroker` needs to reach a node of the lab. */
export function profileOf(
  node: Pick<RabbitNode, 'host' | 'amqpPort' | 'managementUrl' | 'user' | 'password'>,
  more: Partial<Profile> = {},
): [Profile, BrokerSecrets, NetworkSettings] {
  const profile: Profile = {
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
  return [profile, { password: node.password }, plainNetwork];
}
