/** What a broker has before an import, as definitions of the virtual host `/`; the first is nothing. */
export const seeds: readonly string[] = [
  '{}',
  JSON.stringify({
    users: [
      { name: 'u', password_hash: '', tags: ['management'], limits: { 'max-channels': 5 } },
      { name: 'w', password_hash: 'kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR', tags: [] },
    ],
    permissions: [{ user: 'u', vhost: '/', configure: '', write: '', read: '.*' }],
    topic_permissions: [{ user: 'u', vhost: '/', exchange: 'amq.topic', write: '', read: '' }],
    global_parameters: [{ name: 'g', value: 1 }],
    exchanges: [
      {
        name: 'x1',
        vhost: '/',
        type: 'topic',
        durable: true,
        auto_delete: false,
        internal: false,
        arguments: {},
      },
      {
        name: 'x',
        vhost: '/',
        type: 'headers',
        durable: true,
        auto_delete: false,
        internal: false,
        arguments: {},
      },
      {
        name: 'hash',
        vhost: '/',
        type: 'x-consistent-hash',
        durable: true,
        auto_delete: false,
        internal: false,
        arguments: {},
      },
    ],
    queues: [
      { name: 'q1', vhost: '/', durable: true, auto_delete: false, arguments: { 'x-max-length': 2 } },
      { name: 'q', vhost: '/', durable: true, auto_delete: false, arguments: { 'x-queue-type': 'quorum' } },
      { name: 'z', vhost: '/', durable: true, auto_delete: false, arguments: {} },
    ],
    bindings: [
      {
        source: 'x1',
        vhost: '/',
        destination: 'q1',
        destination_type: 'queue',
        routing_key: 'a',
        arguments: {},
      },
      {
        source: 'amq.topic',
        vhost: '/',
        destination: 'z',
        destination_type: 'queue',
        routing_key: '#',
        arguments: {},
      },
      {
        source: 'x',
        vhost: '/',
        destination: 'q',
        destination_type: 'queue',
        routing_key: 'k',
        arguments: { n: 1 },
      },
    ],
    policies: [
      {
        name: 'p1',
        vhost: '/',
        pattern: '^q',
        definition: { expires: 100_000 },
        priority: 0,
        'apply-to': 'queues',
      },
      {
        name: 'p',
        vhost: '/',
        pattern: '^a',
        definition: { 'max-length': 7 },
        priority: 1,
        'apply-to': 'all',
      },
    ],
    parameters: [
      {
        component: 'operator_policy',
        name: 'o',
        vhost: '/',
        value: { pattern: '^a', definition: { expires: 100_000 }, priority: 0, 'apply-to': 'queues' },
      },
    ],
  }),
  JSON.stringify({
    users: [{ name: 'u', password_hash: '', tags: [] }],
    exchanges: [
      {
        name: 'x1',
        vhost: '/',
        type: 'direct',
        durable: true,
        auto_delete: false,
        internal: true,
        arguments: {},
      },
      {
        name: 'x2',
        vhost: '/',
        type: 'fanout',
        durable: true,
        auto_delete: false,
        internal: false,
        arguments: { 'alternate-exchange': 'x1' },
      },
    ],
    queues: [
      { name: 'q', vhost: '/', durable: true, auto_delete: false, arguments: {} },
      { name: 'q2', vhost: '/', durable: true, auto_delete: false, arguments: { 'x-message-ttl': 1000 } },
    ],
    parameters: [{ component: 'vhost-limits', name: 'limits', vhost: '/', value: { 'max-queues': 3 } }],
  }),
];

const user = (rest: object): object => ({ name: 'u', tags: [], password_hash: '', ...rest });
const queue = (name: string, rest: object = {}): object => ({
  name,
  vhost: '/',
  durable: true,
  auto_delete: false,
  arguments: {},
  ...rest,
});
const exchange = (name: string, rest: object = {}): object => ({
  name,
  vhost: '/',
  type: 'topic',
  durable: true,
  auto_delete: false,
  internal: false,
  arguments: {},
  ...rest,
});
const binding = (source: string, destination: string, rest: object = {}): object => ({
  source,
  vhost: '/',
  destination,
  destination_type: 'queue',
  routing_key: 'a',
  arguments: {},
  ...rest,
});
const policy = (name: string, rest: object = {}): object => ({
  name,
  vhost: '/',
  pattern: '^q',
  definition: { expires: 100_000 },
  priority: 0,
  'apply-to': 'queues',
  ...rest,
});
const limits = (value: object): object => ({ component: 'vhost-limits', name: 'limits', vhost: '/', value });

/** A bit of everything that is there or is to come; a refusal is put into one section of it. */
const everything = {
  users: [user({ tags: ['monitoring'] }), user({ name: 'v' })],
  permissions: [{ user: 'v', vhost: '/', configure: '', write: '', read: '' }],
  topic_permissions: [{ user: 'u', vhost: '/', exchange: 'amq.topic', write: '.*', read: '' }],
  exchanges: [exchange('x1'), exchange('x2'), exchange('x9', { type: 'fanout' }), exchange('amq.topic')],
  global_parameters: [{ name: 'g', value: { b: 1, a: [2.0, null] } }],
  policies: [policy('p1'), policy('p'), policy('p9')],
  parameters: [
    {
      component: 'operator_policy',
      name: 'o',
      vhost: '/',
      value: { pattern: '^a', definition: { expires: 200_000 }, priority: 0 },
    },
  ],
  queues: [queue('q1', { arguments: { 'x-max-length': 2 } }), queue('q', { durable: false }), queue('q9')],
  bindings: [
    binding('x1', 'q1'),
    binding('x9', 'q9', { routing_key: '' }),
    binding('amq.fanout', 'q', { arguments: { f: 1.5 } }),
    binding('', 'q9', { routing_key: 'q9' }),
  ],
};

type Sections = Readonly<Record<string, readonly object[]>>;

function withMore(
  section: keyof typeof everything | 'vhosts',
  entry: object,
  place: 'first' | 'last' = 'last',
): Sections {
  const sections: Sections = everything;
  const list = sections[section] ?? [];
  return { ...sections, [section]: place === 'first' ? [entry, ...list] : [...list, entry] };
}

const files: readonly object[] = [
  everything,
  // What is there counts: none of these stands alone.
  { bindings: [binding('x1', 'z'), binding('hash', 'q1', { routing_key: '2' })] },
  { bindings: [binding('hash', 'q1', { routing_key: 'no weight' })] },
  {
    exchanges: [exchange('hash')],
    queues: [queue('n')],
    bindings: [binding('hash', 'n', { routing_key: 'x.#' })],
  },
  { exchanges: [exchange('h2', { type: 'x-consistent-hash' })] },
  { permissions: [{ user: 'w', vhost: '/', configure: '', write: '', read: '' }] },
  { topic_permissions: [{ user: 'u', vhost: '/', exchange: 'x1', write: '', read: '' }] },
  { queues: [queue('q1', { durable: 'yes', arguments: { 'x-queue-type': 'no such' } })] },
  { exchanges: [exchange('x1', { type: 'no such', arguments: { a: null } })] },
  { queues: [queue('q', { type: 'classic' })] },
  { users: [user({ limits: { 'max-connections': 3 } })] },
  { users: [{ name: 'w', tags: [] }] },
  { users: [{ name: 'w', tags: 'a,b', password: 'secret' }] },
  { vhosts: [{ name: '/', description: 'd', tags: ['t'], metadata: { description: 'e' } }] },
  {
    vhosts: [{ name: '/', metadata: { default_queue_type: 'quorum' } }],
    queues: [queue('n'), queue('m', { durable: false })],
  },
  {
    vhosts: [{ name: '/', metadata: { default_queue_type: 'quorum' } }],
    queues: [queue('n', { arguments: { 'x-max-priority': 5 } })],
  },
  // More than once.
  { queues: [queue('n'), queue('n')], bindings: [binding('amq.topic', 'n'), binding('amq.topic', 'n')] },
  { queues: [queue('n'), queue('n', { durable: false })] },
  { queues: [queue('q1'), queue('q1', { durable: false })] },
  { policies: [policy('p'), policy('p', { priority: 3 })] },
  { policies: [policy('p'), policy('p', { definition: {} }), policy('p9')] },
  { users: [user({ tags: ['a'] }), user({ tags: ['b'] })] },
  // Limits.
  { queues: [queue('n1'), queue('n2'), queue('n3')], policies: [policy('p9')] },
  { queues: [queue('amq.n1'), queue('amq.n2')] },
  {
    queues: [queue('n1')],
    parameters: [limits({ 'max-queues': 0 })],
    bindings: [binding('amq.topic', 'n1')],
  },
  { queues: [queue('n1')], parameters: [limits({ 'max-queues': 0 })] },
  { queues: [queue('n1')], parameters: [limits({ 'max-queues': 1 }), limits({ 'max-queues': 9 })] },
  // A queue that is never made.
  {
    queues: [queue('n', { durable: false, arguments: { 'x-queue-type': 'quorum' } })],
    bindings: [binding('amq.topic', 'n')],
  },
  {
    queues: [queue('q', { durable: false, arguments: { 'x-queue-type': 'quorum' } })],
    bindings: [binding('amq.topic', 'q')],
  },
  // One refusal among things that are fine.
  withMore('users', { name: 'bad' }),
  withMore('users', { name: 'bad' }, 'first'),
  withMore('users', { name: 'u', tags: [], password_hash: 'no base64' }, 'first'),
  withMore('vhosts', { name: 'new', tags: 5 }),
  withMore('vhosts', { name: '/', metadata: { default_queue_type: 'no such' } }),
  withMore('permissions', { user: 'nobody', vhost: '/', configure: '', write: '', read: '' }),
  withMore('permissions', { user: 'u', vhost: '/', configure: '(', write: '', read: '' }, 'first'),
  withMore('topic_permissions', { user: 'nobody', vhost: '/', exchange: '', write: '', read: '' }),
  withMore('exchanges', exchange('bad', { type: 'no such' }), 'first'),
  withMore('exchanges', { name: 'bad', type: 'topic', durable: true, auto_delete: false }),
  withMore('exchanges', exchange('bad', { vhost: 'no such' })),
  withMore('global_parameters', { name: 5, value: 1 }),
  withMore('policies', policy('p', { pattern: '(' })),
  withMore('policies', policy('bad', { definition: {} }), 'first'),
  withMore('policies', { name: 'bad', pattern: '^a', definition: { expires: 100_000 } }),
  withMore('parameters', { component: 'no such', name: 'n', vhost: '/', value: {} }, 'first'),
  withMore('parameters', { component: 'shovel', name: 'n', vhost: '/', value: {} }, 'first'),
  withMore('queues', queue('bad', { arguments: { 'x-max-length': 'x' } }), 'first'),
  withMore('queues', { name: 'bad', durable: true, auto_delete: false }),
  withMore('queues', queue('bad', { vhost: 'no such' })),
  withMore('queues', queue('bad', { vhost: 5 })),
  withMore('bindings', binding('x1', 'no such')),
  withMore('bindings', binding('no such', 'q1'), 'first'),
  withMore('bindings', binding('x1', 'q1', { destination_type: 'no such' }), 'first'),
  withMore('bindings', { source: 'x1', destination: 'q1', destination_type: 'queue', routing_key: 'a' }),
  { ...everything, queues: {} },
  { ...everything, users: {} },
  { ...everything, policies: 5 },
  { ...everything, bindings: [5] },
  { ...everything, queues: [5] },
  { ...everything, exchanges: ['x'] },
  { ...everything, parameters: [5] },
];

/** The part that the import into one virtual host takes, without `vhost` fields. */
function single(sections: object): object {
  const kept = ['exchanges', 'policies', 'parameters', 'queues', 'bindings', 'global_parameters'];
  return JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(sections).filter(([name]) => kept.includes(name)))),
    (key, value: unknown) => (key === 'vhost' ? undefined : value),
  ) as object;
}

export interface PlanCase {
  readonly file: string;
  /** What is there before. */
  readonly seed: string;
}

/** Each file goes to each seed; in the form of one virtual host to the fullest. */
export const planCases: readonly PlanCase[] = [
  ...files.flatMap((file) => seeds.map((seed) => ({ file: JSON.stringify(file), seed }))),
  ...files.map((file) => ({ file: JSON.stringify(single(file)), seed: seeds[1] ?? '{}' })),
];
