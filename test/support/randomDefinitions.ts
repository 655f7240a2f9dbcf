import * as fc from 'fast-check';
import { policyKeyRules } from '../../src/core/topology/policyKeys';
import { queueArgumentRules } from '../../src/core/topology/queueArguments';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Now and then the wrong thing in place of the right one. */
function mostly(right: fc.Arbitrary<Json>, wrong: fc.Arbitrary<Json>, weight = 24): fc.Arbitrary<Json> {
  return fc.oneof({ arbitrary: right, weight }, { arbitrary: wrong, weight: 1 });
}

/** An object whose fields are there or not; `undefined` means left out. */
function entry(
  fields: Readonly<Record<string, fc.Arbitrary<Json | undefined>>>,
  weight = 60,
): fc.Arbitrary<Json> {
  const complete = fc
    .record(fields)
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));
  return mostly(complete as fc.Arbitrary<Json>, anything, weight);
}

function maybe(value: fc.Arbitrary<Json>, weight = 1): fc.Arbitrary<Json | undefined> {
  return fc.oneof({ arbitrary: value, weight: 1 }, { arbitrary: fc.constant(undefined), weight });
}

const anything: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  null,
  true,
  0,
  -1,
  5,
  1.5,
  '',
  'a',
  '1',
  'true',
  [],
  {},
  ['a'],
  { a: 1 },
);
const flag = mostly(fc.boolean(), anything, 40);
const vhost = mostly(fc.constant('/'), fc.constantFrom<Json>('other', '', 5, null), 60);
const exchangeName = mostly(
  fc.constantFrom('x1', 'x2', 'x3'),
  fc.constantFrom<Json>('amq.topic', 'amq.mine', '', 'y', 5, null),
);
const queueName = mostly(fc.constantFrom('q1', 'q2', 'q3'), fc.constantFrom<Json>('amq.q', '', 'z', 5, null));

const argumentValue = fc.constantFrom<Json>(
  0,
  1,
  2,
  3,
  16,
  255,
  256,
  1000,
  60_000,
  -1,
  315_360_000_001,
  3_000_000_001,
  1.5,
  true,
  false,
  null,
  '',
  '1',
  '1h',
  '7D',
  'h1',
  'x1',
  'drop-head',
  'reject-publish',
  'reject-publish-dlx',
  'at-least-once',
  'lazy',
  'default',
  'balanced',
  'client-local',
  'min-masters',
  'all',
  'returned',
  'disabled',
  [],
  ['a'],
  {},
);
const argumentName = fc.constantFrom(
  ...queueArgumentRules.map(({ name }) => name).filter((name) => name !== 'x-queue-type'),
  'x-quorum-target-group-size',
  'x-mesage-ttl',
  'x-custom',
);
const queueType = mostly(
  fc.constantFrom('classic', 'quorum', 'stream'),
  fc.constantFrom<Json>('Quorum', '', 5, null),
  30,
);
const queueArguments = fc
  .tuple(maybe(queueType), fc.dictionary(argumentName, argumentValue, { maxKeys: 2 }))
  .map(([type, others]) => (type === undefined ? others : { 'x-queue-type': type, ...others }));

const queues = entry({
  name: queueName,
  vhost,
  durable: fc.oneof(
    { arbitrary: fc.constant<Json>(true), weight: 12 },
    { arbitrary: maybe(flag), weight: 2 },
  ),
  auto_delete: fc.oneof(
    { arbitrary: fc.constant<Json>(false), weight: 12 },
    { arbitrary: maybe(flag), weight: 2 },
  ),
  arguments: maybe(mostly(queueArguments, anything, 40)),
  type: maybe(queueType, 6),
});

const exchanges = entry({
  name: exchangeName,
  vhost,
  type: mostly(
    fc.constantFrom('direct', 'fanout', 'topic', 'headers'),
    fc.constantFrom<Json>('Topic', 'x-random-thing', 5, null),
    40,
  ),
  durable: fc.oneof(
    { arbitrary: fc.constant<Json>(true), weight: 20 },
    { arbitrary: maybe(flag), weight: 2 },
  ),
  auto_delete: fc.oneof(
    { arbitrary: fc.constant<Json>(false), weight: 20 },
    { arbitrary: maybe(flag), weight: 2 },
  ),
  internal: maybe(flag),
  arguments: maybe(
    mostly(
      fc.dictionary(
        fc.constantFrom('alternate-exchange', 'x-delayed-type', 'hash-header', 'y'),
        argumentValue,
        {
          maxKeys: 1,
        },
      ),
      anything,
    ),
  ),
});

const bindings = entry({
  source: exchangeName,
  vhost,
  destination: fc.oneof({ arbitrary: queueName, weight: 4 }, { arbitrary: exchangeName, weight: 1 }),
  destination_type: mostly(
    fc.oneof(
      { arbitrary: fc.constant('queue'), weight: 4 },
      { arbitrary: fc.constant('exchange'), weight: 1 },
    ),
    fc.constantFrom<Json>('Queue', 'q', 5, null),
    40,
  ),
  routing_key: fc.oneof(
    { arbitrary: fc.constantFrom<Json>('', 'a', 'a.*', '#', '#.a.#', '#.#.#', '1', 'é'), weight: 30 },
    { arbitrary: maybe(anything), weight: 1 },
  ),
  arguments: maybe(
    mostly(
      fc.dictionary(
        fc.constantFrom('x-match', 'x-other', 'k', 'n'),
        fc.constantFrom<Json>('all', 'any', 'all-with-x', 'none', 1, 1.5, true, null, [], {}),
        { maxKeys: 2 },
      ),
      anything,
    ),
  ),
});

const policyDefinition = fc.dictionary(
  fc.oneof(
    {
      arbitrary: fc.constantFrom(
        ...policyKeyRules.filter(({ plugin }) => plugin === undefined).map(({ name }) => name),
      ),
      weight: 20,
    },
    { arbitrary: fc.constantFrom('x-message-ttl', 'mesage-ttl', 'ha-thing'), weight: 1 },
  ),
  argumentValue,
  { maxKeys: 2 },
);
const pattern = mostly(
  fc.constantFrom('^q', '.*', '^(a|b)$', 'x[12]', ''),
  fc.constantFrom<Json>('(', '*', '[a', 5, null, 'a{2,1}'),
);
const policies = entry({
  name: mostly(fc.constantFrom('p1', 'p2'), fc.constantFrom<Json>('', 5, null), 40),
  vhost,
  pattern: fc.oneof({ arbitrary: pattern, weight: 30 }, { arbitrary: fc.constant(undefined), weight: 1 }),
  definition: mostly(policyDefinition, anything, 40),
  priority: maybe(mostly(fc.constantFrom<Json>(0, 1, 1.5, -1), fc.constantFrom<Json>('1', null), 20)),
  'apply-to': maybe(
    mostly(
      fc.constantFrom<Json>('all', 'queues', 'exchanges'),
      fc.constantFrom<Json>('classic_queues', 'quorum_queues', 'streams', 'queue', 5, null),
      6,
    ),
  ),
});

const users = entry({
  name: mostly(fc.constantFrom('u', 'v'), fc.constantFrom<Json>('', 5, null), 30),
  password_hash: maybe(
    mostly(
      fc.constant('kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR'),
      fc.constantFrom<Json>('', 'not base64', 5),
      10,
    ),
  ),
  password: maybe(mostly(fc.constant('secret'), fc.constantFrom<Json>('', 5)), 3),
  hashing_algorithm: maybe(
    mostly(fc.constant('rabbit_password_hashing_sha256'), fc.constantFrom<Json>('md5', '', 5, null), 6),
  ),
  tags: fc.oneof(
    {
      arbitrary: fc.constantFrom<Json>('', 'management', 'a,b', [], ['monitoring'], ['administrator', 'x']),
      weight: 20,
    },
    { arbitrary: maybe(anything), weight: 1 },
  ),
  limits: maybe(fc.constantFrom<Json>({}, { 'max-connections': 5 }, { 'max-connections': -1 }, 5), 8),
});

const permissionPattern = mostly(
  fc.constantFrom('.*', '', '^x'),
  fc.constantFrom<Json>('*', '(', 5, null),
  30,
);
const permissions = entry({
  user: mostly(fc.constantFrom('guest', 'u'), fc.constantFrom<Json>('nobody', '', 5), 20),
  vhost,
  configure: permissionPattern,
  write: permissionPattern,
  read: fc.oneof(
    { arbitrary: permissionPattern, weight: 30 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  ),
});
const topicPermissions = entry({
  user: mostly(fc.constantFrom('guest', 'u'), fc.constantFrom<Json>('nobody', '', 5), 20),
  vhost,
  exchange: mostly(fc.constantFrom('x1', 'amq.topic', ''), fc.constantFrom<Json>('nowhere', 5, '.*'), 20),
  write: permissionPattern,
  read: permissionPattern,
});
const parameters = entry({
  name: mostly(fc.constantFrom('limits', 'name'), fc.constantFrom<Json>('', 5), 20),
  vhost,
  component: mostly(
    fc.constant('vhost-limits'),
    fc.constantFrom<Json>('operator_policy', 'nothing', 5, null),
    3,
  ),
  value: fc.constantFrom<Json>(
    {},
    { 'max-queues': 10 },
    { 'max-queues': '10' },
    { pattern: '^a', definition: { expires: 1 } },
    { pattern: '(', definition: { expires: 1 } },
    { pattern: '^a', definition: { 'ha-mode': 'all' } },
    5,
    [],
    null,
  ),
});
const vhosts = entry({
  name: mostly(fc.constant('/'), fc.constantFrom<Json>(5, null), 60),
  metadata: maybe(
    mostly(
      fc.constantFrom<Json>(
        {},
        { default_queue_type: 'quorum' },
        { default_queue_type: 'classic', tags: [] },
      ),
      fc.constantFrom<Json>({ default_queue_type: 'x' }, { tags: 'a' }, 5, null),
      8,
    ),
    3,
  ),
  tags: maybe(fc.constantFrom<Json>([], ['a'], 'a', 5), 6),
  description: maybe(fc.constantFrom<Json>('', 'd', 5, null), 6),
  default_queue_type: maybe(fc.constantFrom<Json>('quorum', 'classic', 'nope', 5, 'undefined'), 6),
  limits: maybe(fc.constantFrom<Json>([], {}, 5), 6),
  tracing: maybe(flag, 6),
});

function list(item: fc.Arbitrary<Json>, most: number): fc.Arbitrary<Json> {
  return mostly(fc.array(item, { maxLength: most }), anything, 120);
}

/**
 * Definitions files as people and generators write them, each with a mistake or two at most places where one can be
 * made. What a broker with certain plugins takes is left out: whether it has them is not in the file.
 */
export const anyDefinitions: fc.Arbitrary<string> = fc
  .record({
    vhosts: fc.oneof(
      { arbitrary: fc.constant<Json>([{ name: '/' }]), weight: 4 },
      { arbitrary: list(vhosts, 1), weight: 1 },
    ),
    users: maybe(list(users, 1), 5),
    permissions: maybe(list(permissions, 1), 5),
    topic_permissions: maybe(list(topicPermissions, 1), 8),
    exchanges: maybe(list(exchanges, 3)),
    queues: maybe(list(queues, 3)),
    bindings: maybe(list(bindings, 2)),
    policies: maybe(list(policies, 1), 2),
    parameters: maybe(list(parameters, 1), 6),
    global_parameters: maybe(
      list(
        entry({
          name: mostly(fc.constant('g'), fc.constantFrom<Json>('', 5, null), 10),
          value: fc.constantFrom<Json>(1, 'a', null, {}),
        }),
        1,
      ),
      8,
    ),
    extra: maybe(fc.constantFrom<Json>(1, [], 'x'), 10),
  })
  .map((sections) =>
    JSON.stringify(Object.fromEntries(Object.entries(sections).filter(([, value]) => value !== undefined))),
  );
