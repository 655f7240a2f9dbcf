import { integer, anyBoolean, object, oneOf, optional, text } from '../base/check';

export const environments = ['development', 'test', 'staging', 'production'] as const;
export type Environment = (typeof environments)[number];

export type BrokerKind = 'rabbitmq' | 'memory';

/** A saved connection, as it stands in the setting `amqp.connections`: everything but the secret. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  /** `memory` is the demo broker that needs nothing installed. */
  readonly kind: BrokerKind;
  readonly tls: boolean;
  /** Host name, IPv4, or IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The virtual host that AMQP logs in to first; others are reached on demand. */
  readonly vhost: string;
  /** Origin and path prefix of the management API; missing = the usual one for the host; empty = there is none. */
  readonly managementUrl?: string;
  readonly environment?: Environment;
  readonly readOnly?: boolean;
  /** Prefix of the names of temporary queues, for users who may configure only some names. */
  readonly queuePrefix?: string;
}

/** Accepts one entry of `amqp.connections`. */
export const profileCheck = object({
  id: text(200),
  name: text(200),
  kind: oneOf('rabbitmq', 'memory'),
  tls: anyBoolean,
  host: text(255),
  port: integer(1, 65_535),
  user: text(255),
  vhost: text(255),
  managementUrl: optional(text(2_000)),
  environment: optional(oneOf(...environments)),
  readOnly: optional(anyBoolean),
  queuePrefix: optional(text(100)),
});

/** The usual management port: 15672, or 15671 when AMQP uses TLS. */
export function managementOrigin(profile: Profile): string | undefined {
  if (profile.managementUrl === '') return undefined;
  if (profile.managementUrl !== undefined) return profile.managementUrl;
  const host = profile.host.includes(':') ? `[${profile.host}]` : profile.host;
  return profile.tls ? `https://${host}:15671` : `http://${host}:15672`;
}

/**
 * Under which key the password is kept. Everything that says where it would be sent is part of it, so that a changed
 * endpoint asks again and a repository's settings cannot borrow a password (DESIGN 1).
 */
export function secretKey(profile: Profile): string {
  return JSON.stringify([
    'amqp-workbench.password',
    profile.tls ? 'amqps' : 'amqp',
    profile.host.toLowerCase(),
    profile.port,
    profile.user,
    profile.vhost,
    managementOrigin(profile) ?? '',
  ]);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
