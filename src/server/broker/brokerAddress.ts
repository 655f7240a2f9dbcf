import { parseAmqpUri } from '../../core/broker/amqpUri';
import type { Profile } from '../../core/broker/profile';
import { isLoopback } from '../../core/broker/profile';

export type BrokerAddress =
  | { readonly profile: Profile; readonly password: string | undefined }
  /** Words that never quote what was given: it may hold a password. */
  | { readonly problem: string };

/** Reads `amqp://`, `amqps://`, or the `http://` or `https://` address of the management API itself. */
export function brokerAddress(given: string): BrokerAddress {
  return /^https?:/i.test(given) ? managementAddress(given) : amqpAddress(given);
}

const shared = { id: 'command-line', name: 'the broker', kind: 'rabbitmq' } as const;

function amqpAddress(given: string): BrokerAddress {
  const parsed = parseAmqpUri(given);
  if ('problem' in parsed) return { problem: `The broker's address is wrong: ${parsed.problem.message}` };
  const { tls, host, port, user = 'guest', password, vhost } = parsed.address;
  return {
    profile: { ...shared, tls, host, port, user, vhost: vhost === undefined || vhost === '' ? '/' : vhost },
    password,
  };
}

function managementAddress(given: string): BrokerAddress {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    return { problem: "The broker's address is wrong: it is no URL." };
  }
  const { protocol, host, hostname, pathname } = url;
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined)
    return {
      problem: "The broker's address is wrong: a percent sign in the user or password is written %25.",
    };
  const tls = protocol === 'https:';
  return {
    profile: {
      ...shared,
      tls,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: tls ? 5671 : 5672,
      user: user === '' ? 'guest' : user,
      vhost: '/',
      managementUrl: `${protocol}//${host}${pathname.replace(/\/+$/, '').replace(/\/api$/, '')}`,
    },
    password: password === '' ? undefined : password,
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The password from the address, else from the environment; `guest` on this machine has a well-known one. */
export function passwordFor(
  { user, host }: Profile,
  inAddress: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const known = inAddress ?? environment['AMQP_PASSWORD'];
  return known ?? (user === 'guest' && isLoopback(host) ? 'guest' : undefined);
}
