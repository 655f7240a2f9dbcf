import type { ArgumentValueRule, BrokerSeries } from './queueArguments';

/**
 * The keys of user policies, from which series on, until which, and what may stand under them. Read from
 * `rabbit_policies.erl` and the other modules that register a policy_validator in rabbitmq-server 3.10.8, 3.13.7,
 * 4.0.5 and 4.3.5 (DOMAIN 5.4). A policy with any other key is refused as a whole.
 */
export interface PolicyKeyRule {
  readonly name: string;
  readonly since: BrokerSeries;
  /** The first series that no longer knows it. */
  readonly removed?: BrokerSeries;
  readonly value: ArgumentValueRule;
  readonly valueFrom?: readonly [BrokerSeries, ArgumentValueRule];
  /** Another key that must be there as well, or the broker refuses. */
  readonly needs?: string;
  /** With this value it needs no other key. */
  readonly needsNothingWith?: string;
  /** Known only where this plugin is enabled. */
  readonly plugin?: string;
  /** From which series on operator policies may have it too, and the first that no longer lets them. */
  readonly operator?: { readonly since: BrokerSeries; readonly removed?: BrokerSeries };
}

const text: ArgumentValueRule = { kind: 'text' };
const words = (...oneOf: string[]): ArgumentValueRule => ({ kind: 'text', oneOf });
const atLeast = (least: number): ArgumentValueRule => ({ kind: 'integer', least });
const unchecked: ArgumentValueRule = { kind: 'unchecked', meant: 'text' };

function rule(name: string, value: ArgumentValueRule, since: BrokerSeries = '3.10'): PolicyKeyRule {
  return { name, value, since };
}

function mirroring(name: string, value: ArgumentValueRule): PolicyKeyRule {
  return { name, since: '3.10', removed: '4.0', value };
}

function ofPlugin(name: string, plugin: string): PolicyKeyRule {
  return { name, since: '3.10', value: unchecked, plugin };
}

const always = { since: '3.10' } as const;
const since313 = { since: '3.13' } as const;
const of313 = { since: '3.13', removed: '4.0' } as const;
const since43 = { since: '4.3' } as const;

export const policyKeyRules: readonly PolicyKeyRule[] = [
  rule('alternate-exchange', text),
  rule('dead-letter-exchange', text),
  rule('dead-letter-routing-key', text),
  rule('dead-letter-strategy', words('at-most-once', 'at-least-once')),
  { ...rule('message-ttl', atLeast(0)), operator: always },
  { ...rule('expires', atLeast(1)), operator: always },
  { ...rule('max-length', atLeast(0)), operator: always },
  { ...rule('max-length-bytes', atLeast(0)), operator: always },
  { ...rule('max-in-memory-length', atLeast(0)), operator: always },
  { ...rule('max-in-memory-bytes', atLeast(0)), operator: always },
  rule('queue-mode', words('default', 'lazy')),
  { ...rule('queue-version', { kind: 'integer', least: 1, most: 2 }), operator: since313 },
  { ...rule('overflow', words('drop-head', 'reject-publish', 'reject-publish-dlx')), operator: since313 },
  {
    ...rule('delivery-limit', atLeast(0)),
    operator: always,
    valueFrom: ['4.0', { kind: 'integer', least: -Infinity }],
  },
  rule('max-age', { kind: 'age' }),
  rule('stream-max-segment-size-bytes', { kind: 'integer', least: 0, most: 3_000_000_000 }),
  rule('stream-filter-size-bytes', { kind: 'integer', least: 16, most: 255 }, '3.13'),
  rule('queue-leader-locator', words('client-local', 'balanced', 'random', 'least-leaders')),
  {
    ...rule('queue-master-locator', words('min-masters', 'client-local', 'random')),
    removed: '4.3',
    operator: { since: '4.0', removed: '4.3' },
  },
  rule('initial-cluster-size', atLeast(0)),
  rule('consumer-timeout', atLeast(0), '3.13'),
  { ...rule('target-group-size', atLeast(1), '3.13'), operator: since313 },
  rule('consumer-disconnected-timeout', atLeast(0), '4.3'),
  {
    ...rule('delayed-retry-type', words('disabled', 'all', 'failed', 'returned'), '4.3'),
    needs: 'delayed-retry-min',
    needsNothingWith: 'disabled',
    operator: since43,
  },
  { ...rule('delayed-retry-min', atLeast(1), '4.3'), operator: since43 },
  { ...rule('delayed-retry-max', atLeast(1), '4.3'), operator: since43 },
  { ...mirroring('ha-mode', words('all', 'exactly', 'nodes')), operator: of313 },
  { ...mirroring('ha-params', unchecked), operator: of313, needs: 'ha-mode' },
  { ...mirroring('ha-sync-mode', words('manual', 'automatic')), operator: of313, needs: 'ha-mode' },
  { ...mirroring('ha-sync-batch-size', unchecked), needs: 'ha-mode' },
  { ...mirroring('ha-promote-on-shutdown', unchecked), needs: 'ha-mode' },
  { ...mirroring('ha-promote-on-failure', unchecked), needs: 'ha-mode' },
  ofPlugin('federation-upstream', 'rabbitmq_federation'),
  ofPlugin('federation-upstream-set', 'rabbitmq_federation'),
  ofPlugin('federation-upstream-pattern', 'rabbitmq_federation'),
  ofPlugin('shards-per-node', 'rabbitmq_sharding'),
  ofPlugin('routing-key', 'rabbitmq_sharding'),
];

const rulesByName: ReadonlyMap<string, PolicyKeyRule> = new Map(
  policyKeyRules.map((entry) => [entry.name, entry]),
);

export function policyKeyRule(name: string): PolicyKeyRule | undefined {
  return rulesByName.get(name);
}
