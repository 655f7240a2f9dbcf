import type { FindingCode } from '../../src/core/topologyFile/findingCodes';
import type { Target } from '../../src/core/topologyFile/target';

/** Manifests with marks, the codes expected at them, and the target (4.3 unless told). */
export type ManifestRow = readonly [source: string, codes: string | readonly string[], target?: Target];

/** Codes that no definitions file gets. */
export const manifestCodes: readonly FindingCode[] = [
  'refused/yaml-syntax',
  'refused/bad-resource-name',
  'refused/cluster-reference',
  'refused/user-reference',
  'refused/partition-count',
  'refused/queue-not-created',
  'refused/empty-name',
  'refused/long-name',
  'refused/reserved-name',
  'refused/default-exchange-binding',
  'surprise/comment-for-value',
  'likely/unknown-field',
  'likely/unknown-kind',
  'likely/repeated-resource',
  'likely/not-in-folder',
  'likely/durable-unsaid',
  'likely/super-stream-name',
  'advice/transient-exchange',
  'advice/template',
];

/** A resource whose spec has these lines beside the cluster reference. */
export function resource(kind: string, lines: readonly string[], version = 'v1beta1', name = 'r'): string {
  const reference = lines.some((line) => line.includes('rabbitmqClusterReference'))
    ? []
    : ['rabbitmqClusterReference: {name: rabbit}'];
  return [
    `apiVersion: rabbitmq.com/${version}`,
    `kind: ${kind}`,
    `metadata: {name: ${name}}`,
    'spec:',
    ...[...lines, ...reference].map((line) => `  ${line}`),
    '',
  ].join('\n');
}

const queue = (...lines: string[]): string =>
  resource('Queue', [
    ...(lines.some((line) => line.startsWith('name') || line.startsWith('⟦name')) ? [] : ['name: q']),
    ...(lines.some((line) => line.includes('durable')) ? [] : ['durable: true']),
    ...lines,
  ]);
const exchange = (...lines: string[]): string =>
  resource(
    'Exchange',
    [
      ...(lines.some((line) => line.startsWith('name')) ? [] : ['name: x']),
      ...(lines.some((line) => line.includes('durable')) ? [] : ['durable: true']),
      ...lines,
    ],
    'v1beta1',
    'x',
  );
const binding = (...lines: string[]): string => resource('Binding', lines, 'v1beta1', 'b');
const policy = (...lines: string[]): string => resource('Policy', ['name: p', ...lines]);
const operatorPolicy = (...lines: string[]): string => resource('OperatorPolicy', ['name: p', ...lines]);
const permission = (...lines: string[]): string => resource('Permission', lines);
const files = (...parts: string[]): string => parts.join('---\n');
const toQueue = ['source: x', 'destination: q', 'destinationType: queue'];

/** Findings about what a broker says; the integration test asks real ones. */
export const brokerRows: readonly ManifestRow[] = [
  // Names.
  [queue('name: ⟦""⟧'), 'refused/empty-name'],
  [exchange('name: ⟦""⟧'), 'refused/empty-name'],
  [resource('Policy', ['name: ⟦""⟧', 'pattern: a', 'definition: {expires: 1}']), 'refused/empty-name'],
  [
    resource('OperatorPolicy', ['name: ⟦""⟧', 'pattern: a', 'definition: {expires: 1}']),
    'refused/empty-name',
  ],
  [resource('Vhost', ['name: ⟦""⟧']), 'refused/empty-name'],
  [queue(`name: ⟦${'é'.repeat(128)}⟧`), 'refused/long-name'],
  [exchange(`name: ⟦${'é'.repeat(128)}⟧`), 'surprise/long-name'],
  [queue('name: ⟦amq.mine⟧'), 'refused/reserved-name'],
  [exchange('name: ⟦amq.mine⟧'), 'refused/reserved-name'],
  [exchange('name: ⟦amq.topic⟧', 'type: fanout'), 'refused/reserved-name'],
  [exchange('name: ⟦amq.topic⟧', 'type: topic', 'durable: false'), 'refused/reserved-name'],
  [exchange('name: ⟦amq.rabbitmq.trace⟧', 'type: topic'), 'refused/reserved-name'],

  // Properties that do not go with the type.
  [queue('type: quorum', 'durable: ⟦false⟧'), 'refused/queue-not-created'],
  [queue('type: stream', 'durable: ⟦no⟧'), 'refused/queue-not-created'],
  [queue('type: quorum', 'autoDelete: ⟦true⟧'), 'refused/queue-not-created'],
  [queue('durable: ⟦false⟧', 'arguments: {x-queue-type: quorum}'), 'refused/queue-not-created'],
  [
    queue('type: stream', 'arguments: {x-stream-max-segment-size-bytes: ⟦3000000001⟧}'),
    'refused/queue-not-created',
  ],
  [queue('type: stream', 'arguments: {x-stream-filter-size-bytes: ⟦5⟧}'), 'refused/queue-not-created'],
  [queue('arguments: {⟦x-queue-master-locator⟧: random}'), 'refused/queue-not-created'],
  [queue('durable: ⟦false⟧'), 'advice/transient-queue'],

  // Arguments of queues.
  [queue('type: ⟦quorm⟧'), 'refused/unknown-queue-type'],
  [queue('arguments: {x-queue-type: ⟦""⟧}'), 'refused/unknown-queue-type', '4.0'],
  [queue('type: quorum', 'arguments: {⟦x-max-priority⟧: 5}'), 'refused/argument-for-other-type'],
  [queue('type: stream', 'arguments: {⟦x-message-ttl⟧: 5}'), 'refused/argument-for-other-type'],
  [queue('arguments: {x-message-ttl: ⟦"60000"⟧}'), 'refused/argument-type'],
  [queue('arguments: {x-message-ttl: ⟦1.5⟧}'), 'refused/argument-type'],
  [queue('arguments: {x-max-length: ⟦1000000000000000000000⟧}'), 'refused/argument-type'],
  [queue('arguments: {x-message-ttl: ⟦-1⟧}'), 'refused/argument-value'],
  [queue('arguments: {x-max-priority: ⟦256⟧}'), 'refused/argument-value'],
  [queue('arguments: {x-overflow: ⟦drop⟧}'), 'refused/argument-value'],
  [queue('arguments: {⟦x-dead-letter-routing-key⟧: a}'), 'refused/argument-needs-other'],
  [queue('arguments: {x-own: ⟦null⟧}'), ['likely/unknown-argument', 'refused/null-argument']],
  [queue('arguments: {x-own: {a: ⟦~⟧}}'), ['likely/unknown-argument', 'refused/null-argument']],
  [queue('arguments: {⟦x-mesage-ttl⟧: 5}'), 'likely/misspelt-argument'],
  [queue('type: quorum', 'arguments: {x-overflow: ⟦reject-publish-dlx⟧}'), 'surprise/overflow-ignored'],
  [queue('type: quorum', 'arguments: {x-queue-type: ⟦classic⟧}'), 'surprise/type-ignored'],
  [
    files(
      resource('Vhost', ['name: v', 'defaultQueueType: quorum']),
      queue('vhost: v', 'arguments: {⟦x-max-priority⟧: 5}'),
    ),
    'refused/argument-for-other-type',
  ],

  // Exchanges.
  [exchange('type: ⟦fanot⟧'), 'refused/unknown-exchange-type'],
  [exchange('type: ⟦x-local-random⟧'), 'refused/unknown-exchange-type', '3.10'],
  [exchange('type: ⟦x-recent-history⟧'), 'likely/plugin-exchange-type'],
  [exchange('arguments: {alternate-exchange: ⟦5⟧}'), 'refused/argument-type'],
  [exchange('arguments: {a: ⟦null⟧}'), 'refused/null-argument'],

  // Bindings.
  [
    files(queue(), exchange('type: topic'), binding(...toQueue, 'routingKey: ⟦"#.a.#.b.#"⟧')),
    'refused/invalid-binding',
  ],
  [
    files(queue(), exchange('type: headers'), binding(...toQueue, 'arguments: {x-match: ⟦some⟧}')),
    'refused/invalid-binding',
  ],
  [
    files(queue(), exchange('type: headers'), binding(...toQueue, 'arguments: {x-match: ⟦5⟧}')),
    'refused/invalid-binding',
    '3.10',
  ],
  [
    files(queue(), exchange('type: headers'), binding(...toQueue, 'arguments: {a: ⟦null⟧}')),
    'refused/null-argument',
  ],
  [
    files(queue(), exchange('type: ⟦x-consistent-hash⟧'), binding(...toQueue, 'routingKey: ⟦a⟧')),
    ['likely/plugin-exchange-type', 'refused/invalid-binding'],
    '3.10',
  ],
  [
    files(queue(), exchange('type: ⟦x-consistent-hash⟧'), binding(...toQueue, 'routingKey: ⟦"20000"⟧')),
    ['likely/plugin-exchange-type', 'refused/invalid-binding'],
  ],
  [
    files(queue(), exchange('type: x-local-random'), binding(...toQueue, 'routingKey: ⟦k⟧')),
    'refused/invalid-binding',
  ],
  [
    files(queue(), binding('source: ⟦""⟧', 'destination: q', 'destinationType: queue')),
    'refused/default-exchange-binding',
  ],
  [
    files(queue(), binding('destination: q', 'destinationType: queue').replace('spec:', '⟦spec⟧:')),
    'refused/default-exchange-binding',
  ],
  [
    files(exchange(), binding('source: x', 'destinationType: queue').replace('spec:', '⟦spec⟧:')),
    'refused/missing-field',
  ],

  // Policies and operator policies.
  [policy('pattern: ⟦"*a"⟧', 'definition: {expires: 1}'), 'refused/bad-pattern'],
  [policy('pattern: a', 'definition: ⟦{}⟧'), 'refused/empty-policy'],
  [policy('pattern: a', 'definition: {⟦ha-mode⟧: all}'), 'refused/unknown-policy-key'],
  [policy('pattern: a', 'definition: {⟦max-lenght⟧: 5}'), 'refused/unknown-policy-key'],
  [policy('pattern: a', 'definition: {max-length: ⟦"5"⟧}'), 'refused/policy-value-type'],
  [policy('pattern: a', 'definition: {max-length: ⟦null⟧}'), 'refused/policy-value-type'],
  [policy('pattern: a', 'definition: {expires: ⟦0⟧}'), 'refused/policy-value'],
  [policy('pattern: a', 'applyTo: ⟦streams⟧', 'definition: {max-age: 1D}'), 'refused/wrong-value', '3.10'],
  [operatorPolicy('pattern: ⟦"*a"⟧', 'definition: {expires: 1}'), 'refused/bad-pattern'],
  [operatorPolicy('pattern: a', 'definition: {⟦dead-letter-exchange⟧: x}'), 'refused/unknown-policy-key'],
  [operatorPolicy('pattern: a', 'definition: {max-length: ⟦yes⟧}'), 'refused/policy-value-type'],
  [
    operatorPolicy('pattern: a', 'applyTo: ⟦quorum_queues⟧', 'definition: {max-length: 5}'),
    'refused/wrong-value',
    '3.10',
  ],

  // Permissions.
  [permission('user: guest', 'vhost: /', 'permissions: {configure: ⟦"*a"⟧}'), 'refused/bad-pattern'],
  [
    resource('TopicPermission', [
      'user: guest',
      'vhost: /',
      'permissions: {exchange: amq.topic, write: ⟦"("⟧}',
    ]),
    'refused/bad-pattern',
  ],
];

/** Findings about what Kubernetes, the operator or YAML itself says. */
export const shapeRows: readonly ManifestRow[] = [
  // YAML.
  [resource('Queue', ['name: q', 'durable: true', 'type: ⟦*quorum⟧']), 'refused/yaml-syntax'],
  [
    queue('arguments: {a: 1').replace('rabbitmqClusterReference', '⟦r⟧abbitmqClusterReference'),
    'refused/yaml-syntax',
  ],
  [queue('name: ⟦@@⟧queue@@'), 'advice/template'],
  [`⟦{{⟧ if .Values.queues }}\n${queue()}{{ end }}\n`, 'advice/template'],
  [
    queue('⟦name⟧: other', 'name: q').replace('⟦name⟧: other\n  name: q', 'name: other\n  ⟦name⟧: q'),
    'surprise/duplicate-key',
  ],
  [queue('type: classic', '⟦type⟧: classic'), 'likely/repeated-key'],
  [
    files(queue(), exchange('type: topic'), binding(...toQueue, 'routingKey: ⟦#⟧')),
    'surprise/comment-for-value',
  ],
  [
    files(queue(), exchange('type: topic'), binding(...toQueue, 'routingKey: ⟦#.eu⟧')),
    'surprise/comment-for-value',
  ],
  [files(queue(), exchange('type: topic'), binding(...toQueue, 'routingKey: # none')), []],

  // The resource.
  [queue().replace('name: r}', 'name: ⟦My_Queue⟧}'), 'refused/bad-resource-name'],
  [queue().replace('name: r}', 'name: ⟦5⟧}'), 'refused/wrong-type'],
  [queue().replace('{name: r}', '{}').replace('kind: Queue', 'kind: ⟦Queue⟧'), 'refused/missing-field'],
  ['apiVersion: rabbitmq.com/v1beta1\nkind: ⟦Queue⟧\nmetadata: {name: q}\n', 'refused/missing-field'],
  ['apiVersion: rabbitmq.com/v1beta1\nkind: Queue\nmetadata: {name: q}\nspec: ⟦[]⟧\n', 'refused/wrong-type'],
  [resource('⟦Queues⟧', []), 'likely/unknown-kind'],
  [
    resource('SuperStream', []).replace('rabbitmq.com/v1beta1', '⟦rabbitmq.com/v1beta1⟧'),
    'likely/unknown-kind',
  ],
  [files(queue(), queue('name: r').replace('name: r}', 'name: ⟦r⟧}')), 'likely/repeated-resource'],

  // Fields.
  [queue('⟦auto_delete⟧: true'), 'likely/unknown-field'],
  [queue('⟦maxLength⟧: 5'), 'likely/unknown-field'],
  [resource('Queue', ['durable: true']).replace('spec:', '⟦spec⟧:'), 'refused/missing-field'],
  [queue('name: ⟦5⟧'), 'refused/wrong-type'],
  [queue('vhost: ⟦yes⟧'), 'refused/wrong-type'],
  [queue('durable: ⟦"true"⟧'), 'refused/wrong-type'],
  [queue('arguments: ⟦[]⟧'), 'refused/wrong-type'],
  [queue('deletionPolicy: ⟦keep⟧'), 'refused/wrong-value'],
  [policy('pattern: a', 'priority: ⟦1.5⟧', 'definition: {expires: 1}'), 'refused/wrong-type'],
  [policy('pattern: a', 'applyTo: ⟦queue⟧', 'definition: {expires: 1}'), 'refused/wrong-value'],
  [policy('pattern: a').replace('spec:', '⟦spec⟧:'), 'refused/missing-field'],
  [resource('User', ['tags: ⟦administrator⟧']), 'refused/wrong-type'],
  [resource('User', ['tags: [⟦admin⟧]']), 'refused/wrong-value'],
  [permission('user: a', 'vhost: /', 'permissions: ⟦".*"⟧'), 'refused/wrong-type'],
  [queue('⟦rabbitmqClusterReference⟧: {}'), 'refused/cluster-reference'],
  [queue('rabbitmqClusterReference: {name: a, ⟦connectionSecret⟧: {name: b}}'), 'refused/cluster-reference'],

  // Kinds.
  [
    files(queue(), exchange(), binding('source: x', 'destination: x').replace('spec:', '⟦spec⟧:')),
    'likely/missing-field',
  ],
  [permission('vhost: /', 'permissions: {}').replace('spec:', '⟦spec⟧:'), 'refused/user-reference'],
  [
    permission('user: a', '⟦userReference⟧: {name: u}', 'vhost: /', 'permissions: {}') +
      '---\n' +
      resource('User', [], 'v1beta1', 'u'),
    'refused/user-reference',
  ],
  [resource('Shovel', ['name: s', 'uriSecret: {name: s}', 'srcProtocol: ⟦amqp10⟧']), 'refused/missing-field'],
  [resource('SuperStream', ['name: r', '⟦routingKeys⟧: [a, b]'], 'v1alpha1'), 'refused/partition-count'],
  [resource('SuperStream', ['name: ⟦other⟧'], 'v1alpha1'), 'likely/super-stream-name'],
  [resource('Queue', ['name: q', 'type: ⟦quorum⟧']), 'likely/durable-unsaid'],
  [resource('⟦Queue⟧', ['name: q']), 'likely/durable-unsaid'],
  [resource('⟦Exchange⟧', ['name: x']), 'advice/transient-exchange'],

  // What is not in the folder.
  [
    binding('source: ⟦x⟧', 'destination: ⟦q⟧', 'destinationType: queue'),
    ['likely/not-in-folder', 'likely/not-in-folder'],
  ],
  [
    files(
      queue(),
      exchange('name: q'),
      binding('source: q', 'destination: ⟦z⟧', 'destinationType: exchange'),
    ),
    'likely/not-in-folder',
  ],
  [queue('vhost: ⟦shop⟧'), 'likely/not-in-folder'],
  [permission('userReference: {name: ⟦u⟧}', 'vhost: /', 'permissions: {}'), 'likely/not-in-folder'],
  [
    resource('TopicPermission', ['user: u', 'vhost: /', 'permissions: {exchange: ⟦x⟧}']),
    'likely/not-in-folder',
  ],
  [queue('arguments: {x-dead-letter-exchange: ⟦dead⟧}'), 'likely/undeclared-dead-letter-exchange'],
  [exchange('arguments: {alternate-exchange: ⟦other⟧}'), 'likely/undeclared-alternate-exchange'],

  // Twice.
  [
    files(queue(), resource('Queue', ['name: ⟦q⟧', 'durable: true', 'type: quorum'], 'v1beta1', 'r2')),
    'surprise/duplicate-declaration',
  ],
  [
    files(queue(), resource('Queue', ['name: ⟦q⟧', 'durable: true'], 'v1beta1', 'r2')),
    'likely/repeated-declaration',
  ],
];

/** Manifests that nothing is wrong with. */
export const cleanManifests: readonly string[] = [
  policy('pattern: a', 'definition: {federation-upstream-set: all}'),
  '',
  '# nothing\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n',
  queue('type: quorum', 'arguments: {x-delivery-limit: 5, x-max-length: 1_000, x-message-ttl: 60000.0}'),
  queue('vhost:', 'type: stream', 'arguments: {x-max-age: 7D}'),
  queue('name: "amq"', 'deletionPolicy: retain', 'durable: on'),
  exchange('name: amq.topic', 'type: topic'),
  files(
    queue(),
    exchange('type: topic'),
    binding(...toQueue, 'routingKey: a.#.b.*'),
    binding('source: x', 'destination: amq.fanout', 'destinationType: exchange', 'routingKey: "#"').replace(
      'name: b}',
      'name: b2}',
    ),
  ),
  files(
    resource('Vhost', ['name: shop', 'tags: [a]', 'limits: {connections: 5}', 'defaultQueueType: quorum']),
    queue('vhost: shop'),
    resource('User', ['tags: [management]', 'limits: {channels: 5}'], 'v1beta1', 'u'),
    permission('userReference: {name: u}', 'vhost: shop', 'permissions: {configure: "", write: .*}'),
  ),
  files(
    resource('SuperStream', ['name: s', 'partitions: 2'], 'v1alpha1', 's'),
    binding('source: s', 'destination: s-1', 'destinationType: queue', 'routingKey: again'),
  ),
  policy(
    'pattern: .*',
    'priority: 5',
    'applyTo: quorum_queues',
    'definition: {delivery-limit: 5, dead-letter-exchange: elsewhere}',
  ),
  operatorPolicy('pattern: ^q', 'definition:', '  max-length: 5'),
  resource('Federation', ['name: f', 'uriSecret: {name: s}', 'ackMode: no-ack', 'prefetch-count: 5']),
  resource('Shovel', [
    'name: s',
    'uriSecret: {name: s}',
    'srcProtocol: amqp091',
    'srcQueue: a',
    'destQueue: b',
    'deleteAfter: never',
  ]),
  resource('SchemaReplication', ['upstreamSecret: {name: s}', 'endpoints: a:5672']),
  queue('rabbitmqClusterReference: {connectionSecret: {name: s}}'),
  queue('name: ${NAME}', 'type: ${TYPE}', 'durable: false'),
  'apiVersion: v1\nkind: List\nitems:\n- apiVersion: rabbitmq.com/v1beta1\n  kind: Vhost\n  metadata: {name: v}\n  spec: {name: v, rabbitmqClusterReference: {name: r}}\n',
  'defaults: &d {durable: true, type: quorum, rabbitmqClusterReference: {name: r}}\n---\n' +
    queue('arguments: &a {x-max-length: 5}') +
    '---\n',
];
