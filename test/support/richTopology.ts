import type { DefinitionsSection } from '../../src/core/topology/definitionsFile';
import type { DefinitionsItem } from '../../src/protocol/definitionsTransfer';

type Rich = readonly (readonly [section: DefinitionsSection, vhost: string, entry: object | string])[];

/** The virtual host that most of it is in. */
export const shop = 'sh/op %2F ä';
const long = 'q'.repeat(255);

/** Something of every kind, with names that want to be encoded and numbers that want to be kept. */
const rich: Rich = [
  [
    'users',
    '',
    { name: 'only management', password: 'secret', tags: ['management'], limits: { 'max-channels': 9 } },
  ],
  ['users', '', { name: 'policies/%2F', password: 'secret', tags: ['policymaker'] }],
  ['vhosts', '', { name: shop, metadata: { description: 'The "shop"', tags: ['a', 'b'] } }],
  ['vhosts', '', { name: 'unseen' }],
  ['permissions', '/', { user: 'only management', configure: '^x', write: '.*', read: '' }],
  ['permissions', shop, { user: 'only management', configure: '.*', write: '.*', read: '.*' }],
  ['permissions', shop, { user: 'policies/%2F', configure: '.*', write: '.*', read: '.*' }],
  ['topic_permissions', shop, { user: 'only management', exchange: 'amq.topic', write: '^a', read: '^b' }],
  [
    'exchanges',
    shop,
    { name: 'direct/one', type: 'direct', durable: true, auto_delete: false, internal: false },
  ],
  [
    'exchanges',
    shop,
    { name: 'inner', type: 'topic', durable: true, auto_delete: true, internal: true, arguments: {} },
  ],
  [
    'exchanges',
    shop,
    { name: 'heads', type: 'headers', durable: true, arguments: { 'alternate-exchange': 'inner' } },
  ],
  [
    'exchanges',
    shop,
    { name: 'hash', type: 'x-consistent-hash', durable: true, arguments: { 'hash-header': 'id' } },
  ],
  ['exchanges', '/', { name: 'direct/one', type: 'fanout', durable: true }],
  ['global_parameters', '', '{"name":"mine","value":{"b":[1,2.0,null],"a":"ä"}}'],
  [
    'policies',
    shop,
    '{"name":"p/1","pattern":"^a","definition":{"max-length":10,"expires":9000000},"priority":1.5,"apply-to":"queues"}',
  ],
  ['policies', '/', { name: 'p/1', pattern: '^never', definition: { 'message-ttl': 1000 } }],
  [
    'parameters',
    shop,
    '{"component":"operator_policy","name":"op","value":{"pattern":"^a","definition":{"max-length":9},"priority":2,"apply-to":"queues"}}',
  ],
  ['parameters', shop, '{"component":"vhost-limits","name":"limits","value":{"max-queues":1000}}'],
  [
    'queues',
    shop,
    {
      name: 'classic %2F',
      durable: true,
      auto_delete: false,
      arguments: { 'x-max-length': 5, 'x-overflow': 'drop-head' },
    },
  ],
  [
    'queues',
    shop,
    { name: 'quorum.ä€😀', durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 } },
  ],
  [
    'queues',
    shop,
    { name: 'stream', durable: true, arguments: { 'x-queue-type': 'stream', 'x-max-age': '1h' } },
  ],
  [
    'queues',
    shop,
    '{"name":"numbers","arguments":{"x-odd":2.0,"x-big":9007199254740993,"x-deep":{"b":[1.5],"a":true}}}',
  ],
  ['queues', shop, { name: 'fleeting', durable: true, auto_delete: true }],
  ['queues', shop, { name: long, durable: true }],
  ['queues', 'unseen', { name: 'classic %2F', durable: true }],
  ['bindings', shop, binding('amq.topic', 'queue', 'classic %2F', '#.a b')],
  ['bindings', shop, binding('amq.topic', 'queue', 'classic %2F', '')],
  ['bindings', shop, binding('direct/one', 'queue', long, '~')],
  ['bindings', shop, binding('direct/one', 'exchange', 'heads', 'k'.repeat(255))],
  [
    'bindings',
    shop,
    binding('heads', 'queue', 'numbers', 'k', '{"x-match":"any","a":2.0,"b":9007199254740993,"c":1.5e10}'),
  ],
  ['bindings', shop, binding('heads', 'queue', 'numbers', 'k', '{"x-match":"any","a":2}')],
  ['bindings', shop, binding('hash', 'queue', 'quorum.ä€😀', '3')],
  ['bindings', 'unseen', binding('amq.fanout', 'queue', 'classic %2F', 'plain')],
];

function binding(source: string, kind: string, destination: string, key: string, args = '{}'): string {
  const [s, k, d, r] = [source, kind, destination, key].map((text) => JSON.stringify(text));
  return `{"source":${s},"destination":${d},"destination_type":${k},"routing_key":${r},"arguments":${args}}`;
}

export const richItems: readonly DefinitionsItem[] = rich.map(([section, vhost, entry], id) => ({
  id,
  section,
  vhost,
  json: typeof entry === 'string' ? entry : JSON.stringify(entry),
}));
