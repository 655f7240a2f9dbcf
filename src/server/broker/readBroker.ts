import * as tls from 'node:tls';
import { asFailure } from '../../core/base/failure';
import { openBroker } from '../../core/broker/openBroker';
import type { ReadDefinitions } from '../../core/broker/readDefinitions';
import { readDefinitions } from '../../core/broker/readDefinitions';
import { managementOrigin } from '../../core/broker/profile';
import type { BrokerChoice } from '../check/options';
import { brokerAddress, passwordFor } from './brokerAddress';

export type BrokerReading =
  { readonly definitions: ReadDefinitions; readonly vhost: string } | { readonly problem: string };

/**
 * What a broker has, by its management API. `only` reads one virtual host; `vhost` is the one that the address or the
 * option names.
 */
export async function readBroker(
  { broker: given, vhost: chosen }: BrokerChoice,
  only: string | undefined,
): Promise<BrokerReading> {
  const address = brokerAddress(given);
  if ('problem' in address) return address;
  const { profile } = address;
  const password = passwordFor(profile, address.password, process.env);
  if (password === undefined) {
    const problem = `There is no password for user ${profile.user}: put it into the environment variable AMQP_PASSWORD.`;
    return { problem };
  }
  const broker = openBroker(
    profile,
    { password },
    { noProxy: [], strictSsl: true, certificateAuthorities: systemAuthorities() },
  );
  try {
    if (!broker.management) return { problem: 'The broker has no management API.' };
    const options = only === undefined ? {} : { vhost: only };
    const definitions = await readDefinitions(broker.management, { ...options, passwordHashes: false });
    return { definitions, vhost: chosen ?? profile.vhost };
  } catch (thrown) {
    const { message, more } = asFailure(thrown);
    const where = managementOrigin(profile) ?? profile.host;
    return {
      problem: `The broker at ${where} cannot be read: ${message}${more.advice === undefined ? '' : ` ${more.advice}`}`,
    };
  } finally {
    broker.dispose();
  }
}

/** Node has `getCACertificates` from 22.15 on; before that NODE_EXTRA_CA_CERTS must do. */
function systemAuthorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] };
  return getCACertificates?.('system') ?? [];
}
