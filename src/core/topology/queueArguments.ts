/**
 * Every queue argument a RabbitMQ knows, and which type of queue takes it from which version on. Read from
 * `declare_args/0`, `capabilities/0` and `check_declare_arguments/3` of rabbitmq-server 3.10.8, 3.13.7, 4.0.5 and
 * 4.3.5 (DOMAIN 5.3): an argument known for another type only is refused; a value is checked only where the type
 * takes the argument; a name that no type knows passes unseen.
 */
export const brokerSeries = ['3.10', '3.13', '4.0', '4.3'] as const;
export type BrokerSeries = (typeof brokerSeries)[number];

export const coreQueueTypes = ['classic', 'quorum', 'stream'] as const;
export type CoreQueueType = (typeof coreQueueTypes)[number];

export type ArgumentValueRule =
  | { readonly kind: 'integer'; readonly least: number; readonly most?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text'; readonly oneOf?: readonly string[] }
  /** A number and one of the units Y M D h m s; not zero. */
  | { readonly kind: 'age' }
  /** The broker looks at it later or never; `meant` says what it wants. */
  | { readonly kind: 'unchecked'; readonly meant: 'an integer' | 'text' };

export interface QueueArgumentRule {
  readonly name: string;
  readonly value: ArgumentValueRule;
  /** Another rule for the value from that series on. */
  readonly valueFrom?: readonly [BrokerSeries, ArgumentValueRule];
  /** The first series in which that type of queue takes the argument; a type that never does is missing. */
  readonly takenBy: Partial<Readonly<Record<CoreQueueType, BrokerSeries>>>;
  /** Another argument that must be there as well, or the broker refuses. */
  readonly needs?: string;
  /** Outside these bounds the broker says yes and makes no queue: its queue process checks them, not the declare. */
  readonly createdWithin?: { readonly since: BrokerSeries; readonly least: number; readonly most: number };
  /** From that series on the broker says yes to a queue with this argument and makes none. */
  readonly preventsQueueFrom?: BrokerSeries;
  /** One sentence for people. */
  readonly summary: string;
}

/** Ten years in milliseconds: the longest time `check_expiry` takes. */
const longestTime = 315_360_000_000;
const milliseconds = (least: number): ArgumentValueRule => ({ kind: 'integer', least, most: longestTime });
const atLeast = (least: number): ArgumentValueRule => ({ kind: 'integer', least });
const words = (...oneOf: string[]): ArgumentValueRule => ({ kind: 'text', oneOf });
const text: ArgumentValueRule = { kind: 'text' };
const everyType = { classic: '3.10', quorum: '3.10', stream: '3.10' } as const;
const classicAndQuorum = { classic: '3.10', quorum: '3.10' } as const;
const quorumOnly = { quorum: '3.10' } as const;
const quorumOf43 = { quorum: '4.3' } as const;
const streamOnly = { stream: '3.10' } as const;

export const queueArgumentRules: readonly QueueArgumentRule[] = [
  {
    name: 'x-queue-type',
    value: text,
    takenBy: everyType,
    summary: 'Which kind of queue is made: classic, quorum or stream.',
  },
  {
    name: 'x-message-ttl',
    value: milliseconds(0),
    takenBy: classicAndQuorum,
    summary: 'Milliseconds after which a message in the queue expires.',
  },
  {
    name: 'x-expires',
    value: milliseconds(1),
    takenBy: classicAndQuorum,
    summary: 'Milliseconds without use after which the queue is deleted.',
  },
  {
    name: 'x-max-length',
    value: atLeast(0),
    takenBy: classicAndQuorum,
    summary: 'The most ready messages the queue holds.',
  },
  {
    name: 'x-max-length-bytes',
    value: atLeast(0),
    takenBy: everyType,
    summary: 'The most bytes of ready message bodies the queue holds.',
  },
  {
    name: 'x-overflow',
    value: words('drop-head', 'reject-publish', 'reject-publish-dlx'),
    takenBy: classicAndQuorum,
    summary: 'What happens to messages beyond the maximum length.',
  },
  {
    name: 'x-dead-letter-exchange',
    value: text,
    takenBy: classicAndQuorum,
    summary: 'The exchange that rejected, expired and overflowing messages are published to.',
  },
  {
    name: 'x-dead-letter-routing-key',
    value: text,
    takenBy: classicAndQuorum,
    needs: 'x-dead-letter-exchange',
    summary: 'The routing key of dead letters, in place of their own.',
  },
  {
    name: 'x-dead-letter-strategy',
    value: words('at-most-once', 'at-least-once'),
    takenBy: quorumOnly,
    summary: 'Whether dead letters may get lost on their way.',
  },
  {
    name: 'x-max-priority',
    value: { kind: 'integer', least: 0, most: 255 },
    takenBy: { classic: '3.10' },
    summary: 'The number of priorities of a classic queue.',
  },
  {
    name: 'x-single-active-consumer',
    value: { kind: 'boolean' },
    takenBy: classicAndQuorum,
    summary: 'Whether only one consumer at a time gets messages.',
  },
  {
    name: 'x-queue-mode',
    value: words('default', 'lazy'),
    // 4.3 no longer looks at the value (DOMAIN 5.3).
    valueFrom: ['4.3', { kind: 'unchecked', meant: 'text' }],
    takenBy: { classic: '3.10' },
    summary: 'Lazy queues; without effect since 3.12.',
  },
  {
    name: 'x-queue-version',
    value: { kind: 'integer', least: 1, most: 2 },
    valueFrom: ['4.3', { kind: 'integer', least: 2, most: 2 }],
    takenBy: { classic: '3.10' },
    summary: 'The storage version of a classic queue.',
  },
  {
    name: 'x-queue-master-locator',
    value: words('min-masters', 'client-local', 'random'),
    valueFrom: ['4.0', { kind: 'unchecked', meant: 'text' }],
    takenBy: { classic: '3.10' },
    preventsQueueFrom: '4.3',
    summary: 'Where a mirrored queue had its leader; deprecated.',
  },
  {
    name: 'x-queue-leader-locator',
    value: words('client-local', 'balanced', 'random', 'least-leaders', 'min-masters'),
    takenBy: { classic: '4.0', quorum: '3.10', stream: '3.10' },
    summary: 'How the node of the first leader is chosen.',
  },
  {
    name: 'x-quorum-initial-group-size',
    value: atLeast(1),
    takenBy: quorumOnly,
    summary: 'How many members a quorum queue starts with.',
  },
  {
    name: 'x-delivery-limit',
    value: { kind: 'unchecked', meant: 'an integer' },
    takenBy: quorumOnly,
    summary: 'How often a message may be returned before it is dropped or dead-lettered.',
  },
  {
    name: 'x-max-in-memory-length',
    value: atLeast(0),
    takenBy: quorumOnly,
    summary: 'Without effect since 3.10.',
  },
  {
    name: 'x-max-in-memory-bytes',
    value: atLeast(0),
    takenBy: quorumOnly,
    summary: 'Without effect since 3.10.',
  },
  {
    name: 'x-consumer-timeout',
    value: atLeast(0),
    takenBy: quorumOf43,
    summary: 'Milliseconds a consumer may keep a message without acknowledging it.',
  },
  {
    name: 'x-consumer-disconnected-timeout',
    value: atLeast(0),
    takenBy: quorumOf43,
    summary: 'Milliseconds a lost consumer keeps its messages.',
  },
  {
    name: 'x-delayed-retry-type',
    value: { kind: 'unchecked', meant: 'text' },
    takenBy: quorumOf43,
    summary:
      'Which returned messages wait before they are delivered again: all, failed, returned or disabled.',
  },
  {
    name: 'x-delayed-retry-min',
    value: { kind: 'unchecked', meant: 'an integer' },
    takenBy: quorumOf43,
    summary: 'Milliseconds the first delayed retry waits.',
  },
  {
    name: 'x-delayed-retry-max',
    value: { kind: 'unchecked', meant: 'an integer' },
    takenBy: quorumOf43,
    summary: 'Milliseconds a delayed retry waits at most.',
  },
  {
    name: 'x-max-age',
    value: { kind: 'age' },
    takenBy: streamOnly,
    summary: 'How long a stream keeps its messages: a number and one of Y, M, D, h, m, s.',
  },
  {
    name: 'x-stream-max-segment-size-bytes',
    value: atLeast(0),
    takenBy: streamOnly,
    createdWithin: { since: '3.10', least: 0, most: 3_000_000_000 },
    summary: 'The size of a segment file of a stream.',
  },
  {
    name: 'x-stream-filter-size-bytes',
    value: atLeast(0),
    takenBy: { stream: '4.3' },
    createdWithin: { since: '3.13', least: 16, most: 255 },
    summary: 'The size of the Bloom filter of a stream chunk.',
  },
  {
    name: 'x-initial-cluster-size',
    value: atLeast(1),
    takenBy: streamOnly,
    summary: 'How many members a stream starts with.',
  },
];

/** Known to some broker or client, but not on the lists that the declare check looks at. */
export const uncheckedQueueArguments: readonly string[] = [
  'x-quorum-target-group-size',
  'x-cancel-on-ha-failover',
  'x-ha-policy',
  'x-priority',
  'x-member-placement-tag',
];

const rulesByName: ReadonlyMap<string, QueueArgumentRule> = new Map(
  queueArgumentRules.map((rule) => [rule.name, rule]),
);

export function queueArgumentRule(name: string): QueueArgumentRule | undefined {
  return rulesByName.get(name);
}

export function isAtLeast(series: BrokerSeries, since: BrokerSeries): boolean {
  return brokerSeries.indexOf(series) >= brokerSeries.indexOf(since);
}

/** `refused`: known to that series for other types only. `unknown`: passes without effect. */
export function argumentFit(
  rule: QueueArgumentRule,
  type: CoreQueueType,
  series: BrokerSeries,
): 'taken' | 'refused' | 'unknown' {
  const since = rule.takenBy[type];
  if (since !== undefined && isAtLeast(series, since)) return 'taken';
  return coreQueueTypes.some((other) => isTakenBy(rule, other, series)) ? 'refused' : 'unknown';
}

function isTakenBy(rule: QueueArgumentRule, type: CoreQueueType, series: BrokerSeries): boolean {
  const since = rule.takenBy[type];
  return since !== undefined && isAtLeast(series, since);
}

export function valueRule(rule: QueueArgumentRule, series: BrokerSeries): ArgumentValueRule {
  const later = rule.valueFrom;
  return later && isAtLeast(series, later[0]) ? later[1] : rule.value;
}
