import { AmqplibAdapter } from './amqp/amqpAdapter';
import type { Broker, BrokerSecrets, NetworkSettings, OpenBroker } from './broker';
import { openDemoBroker } from './memory/demoBroker';
import { managementOrigin } from './profile';
import type { Profile } from './profile';
import { RabbitManagement } from './rabbitmq/rabbitManagement';
import { systemClock } from './systemClock';

/** Joins both halves of a broker. Opens no connection by itself, except in the demo broker, which starts its shop. */
export const openBroker: OpenBroker = (profile, secrets, network) =>
  profile.kind === 'memory' ? openDemoBroker(systemClock) : openRabbit(profile, secrets, network);

function openRabbit(profile: Profile, { password }: BrokerSecrets, network: NetworkSettings): Broker {
  const { host, port, user, tls } = profile;
  const certificateAuthorities = network.certificateAuthorities;
  const amqp = new AmqplibAdapter({
    host,
    port,
    user,
    password,
    // `http.proxyStrictSSL` is about the management API; the broker itself must show a good certificate always.
    ...(tls ? { tls: { certificateAuthorities, rejectUnauthorized: true } } : {}),
  });
  const url = managementOrigin(profile);
  if (url === undefined) return { amqp, dispose: () => undefined };
  const management = new RabbitManagement({ url, user, password, network, amqpUsesTls: tls });
  return {
    amqp,
    management,
    dispose: () => {
      management.dispose();
    },
  };
}
