import type { ExchangeType } from './model';

/**
 * Whether a second binding leaves the first one's messages alone (DOMAIN 2.1). `shares`: the exchange hands each
 * message to one of its bindings, so a tap would steal. `unknown` types are not trusted either.
 */
export type MirrorSafety = 'copies' | 'shares' | 'unknown';

const copying: ReadonlySet<string> = new Set([
  'direct',
  'fanout',
  'topic',
  'headers',
  'x-recent-history',
  'x-delayed-message',
  'x-federation-upstream',
]);

const sharing: ReadonlySet<string> = new Set([
  'x-consistent-hash',
  'x-random',
  'x-local-random',
  'x-modulus-hash',
  'x-super-stream',
]);

export function mirrorSafety(type: ExchangeType): MirrorSafety {
  if (copying.has(type)) return 'copies';
  return sharing.has(type) ? 'shares' : 'unknown';
}

/** The types of the exchanges that every broker has under these names (AMQP 0-9-1, 3.1.3), when they cannot be read. */
const predeclared: ReadonlyMap<string, ExchangeType> = new Map([
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
]);

export function predeclaredType(exchange: string): ExchangeType | undefined {
  return predeclared.get(exchange);
}
