import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseDocument } from '../../../src/core/topologyFile/document';
import { checkRoutes } from '../../../src/core/topologyFile/routes/checkRoutes';
import { documentTopology } from '../../../src/core/topologyFile/routes/documentTopology';
import { readRouteFile } from '../../../src/core/topologyFile/routes/routeAssertions';

const shop = {
  vhosts: [{ name: '/' }, { name: 'eu' }],
  exchanges: [
    { name: 'orders', vhost: '/', type: 'topic', arguments: { 'alternate-exchange': 'strays' } },
    { name: 'audit', vhost: '/', type: 'fanout' },
    { name: 'strays', vhost: '/', type: 'fanout' },
    { name: 'documents', vhost: '/', type: 'headers' },
    { name: 'shards', vhost: '/', type: 'x-consistent-hash' },
    { name: 'orders', vhost: 'eu', type: 'direct' },
  ],
  queues: [
    ...['fulfilment', 'invoicing', 'log', 'lost', 'pdf', 'shard'].map((name) => ({ name, vhost: '/' })),
    { name: 'eu', vhost: 'eu' },
  ],
  bindings: [
    ['/', 'orders', 'queue', 'fulfilment', 'order.created.*', {}],
    ['/', 'orders', 'queue', 'invoicing', 'order.#', {}],
    ['/', 'orders', 'exchange', 'audit', 'order.created.*', {}],
    ['/', 'audit', 'queue', 'log', '', {}],
    ['/', 'strays', 'queue', 'lost', '', {}],
    ['/', 'documents', 'queue', 'pdf', '', { 'x-match': 'all', pages: 2, kind: 'pdf' }],
    ['/', 'shards', 'queue', 'shard', '1', {}],
    ['/', 'orders', 'queue', 'not-declared', '#', {}],
    ['eu', 'orders', 'queue', 'eu', 'k', {}],
  ].map(([vhost, source, kind, destination, key, args]) => ({
    vhost,
    source,
    destination_type: kind,
    destination,
    routing_key: key,
    arguments: args,
  })),
};
const document = parseDocument(JSON.stringify(shop));

function verdictOf(route: object): { verdict: string | undefined; message: string } {
  const { assertions } = readRouteFile(JSON.stringify({ routes: [route] }));
  const [checked] = checkRoutes(assertions, (vhost) => documentTopology(document, vhost, '4.3'));
  return { verdict: checked?.verdict, message: checked?.message ?? '' };
}

describe('assertions about dead letters', () => {
  const retry = parseDocument(
    JSON.stringify({
      queues: [
        {
          name: 'q',
          vhost: '/',
          arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'wait' },
        },
        {
          name: 'wait',
          vhost: '/',
          arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'q' },
        },
      ],
    }),
  );
  const rows: readonly [deadLetters: unknown, verdict: string | undefined][] = [
    [{ q: ['wait'], wait: ['q'] }, 'holds'],
    [{ q: [] }, 'fails'],
    [{ q: ['wait', 'q'] }, 'fails'],
    [{ other: [] }, 'fails'],
  ];
  for (const [deadLetters, verdict] of rows) {
    it(`${verdict ?? ''}: ${JSON.stringify(deadLetters)}`, () => {
      const route = { exchange: '', routing_key: 'q', queues: ['q'], dead_letters: deadLetters };
      const { assertions, problems } = readRouteFile(JSON.stringify({ routes: [route] }));
      assert.deepEqual(problems, []);
      const [checked] = checkRoutes(assertions, (vhost) => documentTopology(retry, vhost, '4.3'));
      assert.equal(checked?.verdict, verdict);
    });
  }

  it('are a problem in another shape', () => {
    const route = { exchange: '', queues: [], dead_letters: ['q'] };
    const { problems } = readRouteFile(JSON.stringify({ routes: [route] }));
    assert.match(problems[0]?.message ?? '', /dead_letters/);
  });
});

describe('route assertions', () => {
  const holding: readonly [string, object][] = [
    [
      'topic and exchange-to-exchange bindings',
      {
        exchange: 'orders',
        routing_key: 'order.created.eu',
        queues: ['log', 'invoicing', 'fulfilment'],
      },
    ],
    ['the alternate exchange', { exchange: 'orders', routing_key: 'cancel', queues: ['lost'] }],
    ['the default exchange', { exchange: '', routing_key: 'pdf', queues: ['pdf'] }],
    ['a built-in exchange', { exchange: 'amq.topic', routing_key: 'x', queues: [] }],
    [
      'headers with their types',
      { exchange: 'documents', headers: { pages: 2, kind: 'pdf' }, queues: ['pdf'] },
    ],
    ['a header of another type', { exchange: 'documents', headers: { pages: '2', kind: 'pdf' }, queues: [] }],
    ['another virtual host', { vhost: 'eu', exchange: 'orders', routing_key: 'k', queues: ['eu'] }],
  ];
  for (const [what, route] of holding) {
    it(`hold for ${what}`, () => assert.deepEqual(verdictOf(route), { verdict: 'holds', message: '' }));
  }

  const failing: readonly [string, object, RegExp][] = [
    [
      'a queue too many',
      { exchange: 'orders', routing_key: 'order.x', queues: [] },
      /^A message to "orders" with the key "order\.x" also reaches "invoicing"\.$/,
    ],
    [
      'a queue too few',
      { exchange: 'orders', routing_key: 'order.x', queues: ['invoicing', 'log', 'typo'] },
      /does not reach "log", "typo"\. Not declared: "typo"\.$/,
    ],
    ['an exchange that is not there', { exchange: 'order', queues: [] }, /^There is no exchange "order" in/],
  ];
  for (const [what, route, message] of failing) {
    it(`fail for ${what}, and say so`, () => {
      const found = verdictOf(route);
      assert.equal(found.verdict, 'fails');
      assert.match(found.message, message);
    });
  }

  it('are unknown where an exchange shares messages out', () => {
    const found = verdictOf({ exchange: 'shards', routing_key: 'x', queues: ['shard'] });
    assert.equal(found.verdict, 'unknown');
    assert.match(found.message, /passes "shards", whose type shares messages out/);
    assert.equal(verdictOf({ exchange: 'shards', routing_key: 'x', queues: [] }).verdict, 'unknown');
  });

  const mistakes: readonly [string, string, RegExp][] = [
    ['no JSON', '{"routes": [', /not valid JSON/],
    ['a list', '[]', /not an object with "routes"/],
    ['no routes', '{}', /There is no "routes"/],
    ['routes that are no list', '{"routes": {}}', /"routes" is not a list/],
    ['a route that is no object', '{"routes": [1]}', /A route is an object/],
    ['a route without an exchange', '{"routes": [{"queues": []}]}', /has no "exchange"/],
    ['a route without queues', '{"routes": [{"exchange": "a"}]}', /has no "queues"/],
    ['a misspelt key', '{"routes": [{"exchange":"a","queue":[],"queues":[]}]}', /no key "queue" here/],
    ['queues that are no list', '{"routes": [{"exchange":"a","queues":"q"}]}', /write \[\] for a message/],
    ['a key that is no text', '{"routes": [{"exchange":"a","routing_key":1,"queues":[]}]}', /is not a text/],
    ['headers that are no object', '{"routes":[{"exchange":"a","headers":[],"queues":[]}]}', /"headers" is/],
  ];
  for (const [what, text, problem] of mistakes) {
    it(`say where a file has ${what}`, () => {
      const { problems } = readRouteFile(text);
      assert.match(problems.map(({ message }) => message).join(' '), problem);
      for (const { start, end } of problems) assert.ok(start >= 0 && start <= end && end <= text.length);
    });
  }

  it('never throw, whatever the text', () => {
    const whole = JSON.stringify({ routes: [{ exchange: 'orders', headers: { a: [1] }, queues: ['x'] }] });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.string(), fc.nat(5), (at, put, cut) => {
        const text = whole.slice(0, at) + put + whole.slice(at + cut);
        const { assertions } = readRouteFile(text);
        const verdicts = checkRoutes(assertions, (vhost) => documentTopology(document, vhost, '4.0'));
        assert.equal(verdicts.length, assertions.length);
      }),
    );
  });
});
