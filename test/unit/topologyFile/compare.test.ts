import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { compareTopologies } from '../../../src/core/topologyFile/compare/compareTopologies';
import { parseDocument } from '../../../src/core/topologyFile/document';
import { binding, exchange, file, queue } from '../../support/definitionsPieces';
import { largeDefinitions } from '../../support/largeDefinitions';
import { anyDefinitions } from '../../support/randomDefinitions';

type Difference = readonly [state: string, label: string, differs: readonly string[]];

function compared(left: string, right: string, vhost?: string): Difference[] {
  const { objects } = compareTopologies(parseDocument(left), parseDocument(right), { vhost });
  return objects.map(({ state, label, differs }): Difference => [state, label, differs]);
}

const rows: readonly (readonly [
  name: string,
  left: string,
  right: string,
  expected: readonly Difference[],
])[] = [
  [
    'defaults',
    file({ queues: '{"name":"q","vhost":"/"}' }),
    file({ queues: queue('"arguments":[]') }),
    [['same', 'q', []]],
  ],
  [
    'the order of keys',
    file({ queues: '{"vhost":"/","arguments":{"b":1,"a":2},"name":"q"}' }),
    file({ queues: queue('"arguments":{"a":2,"b":1}') }),
    [['same', 'q', []]],
  ],
  [
    'the type that 4.x writes down',
    file({ queues: queue() }),
    file({ queues: queue('"type":"classic","arguments":{"x-queue-type":"classic"}') }),
    [['same', 'q', []]],
  ],
  [
    'a "type" that says something else',
    file({ queues: queue('"type":"quorum"') }),
    file({ queues: queue() }),
    [['changed', 'q', ['type']]],
  ],
  [
    'the default type of the virtual host',
    file({ vhosts: '{"name":"/","metadata":{"default_queue_type":"quorum"}}', queues: queue() }),
    file({ queues: queue('"arguments":{"x-queue-type":"quorum"}') }),
    [['same', 'q', []]],
  ],
  [
    'a number in another spelling',
    file({ queues: queue('"arguments":{"n":1.50}') }),
    file({ queues: queue('"arguments":{"n":1.5}') }),
    [['same', 'q', []]],
  ],
  [
    'an integer and a float',
    file({ queues: queue('"arguments":{"n":2}') }),
    file({ queues: queue('"arguments":{"n":2.0}') }),
    [['changed', 'q', ['arguments.n']]],
  ],
  [
    'numbers of many digits',
    file({ queues: queue('"arguments":{"n":9007199254740993}') }),
    file({ queues: queue('"arguments":{"n":9007199254740992}') }),
    [['changed', 'q', ['arguments.n']]],
  ],
  [
    'what only one side has',
    file({ queues: queue() }),
    file({ queues: queue('', '"r"') }),
    [
      ['onlyLeft', 'q', []],
      ['onlyRight', 'r', []],
    ],
  ],
  [
    'what every broker has',
    file({
      exchanges: `${exchange('"type":"direct"', '"amq.direct"')},${exchange('"type":"direct"', '""')}`,
    }),
    file({ exchanges: '' }),
    [],
  ],
  [
    'arguments of bindings',
    file({ bindings: binding() }),
    file({ bindings: binding('"arguments":{"n":1}') }),
    [
      ['onlyRight', 'x → q  (k)', []],
      ['onlyLeft', 'x → q  (k)', []],
    ],
  ],
  [
    'tags in either form',
    file({ users: '{"name":"u","password_hash":"","tags":"a, b"}' }),
    file({ users: '{"name":"u","password_hash":"","tags":["b","a"],"limits":[]}' }),
    [['same', 'u', []]],
  ],
  [
    'a password that one side does not show',
    file({ users: '{"name":"u","password_hash":"YQ==","tags":[]}' }),
    file({ users: '{"name":"u","tags":[]}' }),
    [['same', 'u', []]],
  ],
  [
    'a file without virtual hosts',
    '{"queues":[{"name":"q"}]}',
    file({ queues: `${queue()},{"name":"q","vhost":"other"}` }),
    [['same', 'q', []]],
  ],
  [
    'an exchange whose export hides what is internal',
    '{"rabbitmq_version":"4.3.6","exchanges":[{"name":"x","vhost":"/","type":"topic"}]}',
    file({ exchanges: '{"name":"x","vhost":"/","type":"topic","internal":true}' }),
    [['same', 'x', []]],
  ],
];

describe('comparing two topologies', () => {
  it('knows the export of one virtual host by RabbitMQ 3.10, whose policies name it', () => {
    const policy =
      '{"vhost":"shop","name":"p","pattern":"^q$","apply-to":"queues","definition":{"expires":60000},"priority":0}';
    const queues = '{"name":"q","durable":true,"auto_delete":false,"arguments":{}}';
    const old = `{"rabbit_version":"3.10.8","parameters":[],"policies":[${policy}],"queues":[${queues}],"exchanges":[],"bindings":[]}`;
    const cluster = `{"vhosts":[{"name":"shop"}],"policies":[${policy}],"queues":[${queues.replace('{', '{"vhost":"shop",')}]}`;
    assert.deepEqual(compared(old, cluster, 'shop'), [
      ['same', 'p', []],
      ['same', 'q', []],
    ]);
    assert.deepEqual(compared(old, old), [
      ['same', 'p', []],
      ['same', 'q', []],
    ]);
  });

  for (const [name, left, right, expected] of rows) {
    it(`knows ${name}`, () => {
      assert.deepEqual(compared(left, right), expected);
    });
  }

  it('leaves out a section that one side does not have, and says so', () => {
    const { objects, notCompared } = compareTopologies(
      parseDocument(file({ queues: queue() })),
      parseDocument(file({ queues: queue(), users: '{"name":"u","tags":[]}' })),
    );
    assert.deepEqual([objects.map(({ label }) => label), notCompared], [['q'], ['users']]);
  });

  it('looks at one virtual host when told', () => {
    const both = file({ queues: `${queue()},{"name":"q","vhost":"other"}` });
    assert.deepEqual(compared(both, file({ queues: '' }), 'other'), [['onlyLeft', 'q', []]]);
  });

  it('finds nothing between a file and itself, and the same from either side', () => {
    const mirrored: Readonly<Record<string, string>> = { onlyLeft: 'onlyRight', onlyRight: 'onlyLeft' };
    fc.assert(
      fc.property(anyDefinitions, anyDefinitions, (one, other) => {
        assert.deepEqual(
          compared(one, one).filter(([state]) => state !== 'same'),
          [],
        );
        const mirror = compared(other, one).map(([state, label, differs]) => [
          mirrored[state] ?? state,
          label,
          [...differs].sort(),
        ]);
        assert.deepEqual(
          compared(one, other).map(([state, label, differs]) => [state, label, [...differs].sort()]),
          mirror,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('compares 10,000 queues and 20,000 bindings', () => {
    const text = largeDefinitions(10_000, 20_000);
    const states = new Set(compared(text, text).map(([state]) => state));
    assert.deepEqual([...states], ['same']);
  });
});
