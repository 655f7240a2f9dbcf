import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { longstr } from '../../../src/core/base/fieldValue';
import { planConsume, planFirehose, planStream } from '../../../src/core/tail/sourcePlans';
import { planQueueTail, planTypedTap } from '../../../src/core/tail/tapPlan';
import { waysToWatchExchange, waysToWatchQueue } from '../../../src/core/tail/waysToWatch';
import type { WatchFacts } from '../../../src/core/tail/waysToWatch';
import type { QueueInfo } from '../../../src/core/topology/model';

const admin: WatchFacts = {
  vhost: '/',
  product: 'RabbitMQ',
  userTags: ['administrator'],
  canTrace: true,
  readOnly: false,
};
const user: WatchFacts = { ...admin, userTags: ['management'] };
const { userTags: _, ...unknownUser } = admin;

function queue(more: Partial<QueueInfo> = {}): QueueInfo {
  return { vhost: '/', name: 'orders.x', type: 'classic', arguments: [], ...more };
}
const stream = queue({ type: 'stream' });
const singleActive = [{ name: 'x-single-active-consumer', value: { type: 'bool', value: true } as const }];

describe('the ways to watch', () => {
  const table: readonly (readonly [string, WatchFacts, QueueInfo, readonly string[]])[] = [
    [
      'a classic queue, as administrator',
      admin,
      queue(),
      ['mirror', 'peek', 'binding', 'firehose', 'consume'],
    ],
    ['a classic queue, as another user', user, queue(), ['mirror', 'peek', 'binding', 'consume']],
    ['a quorum queue', user, queue({ type: 'quorum' }), ['mirror', 'peek', 'binding', 'consume']],
    ['a queue without the management API', unknownUser, queue(), ['mirror', 'peek', 'binding', 'consume']],
    [
      'a queue on a read-only connection',
      { ...admin, readOnly: true },
      queue(),
      ['mirror', 'peek', 'binding'],
    ],
    ['an exclusive queue', user, queue({ exclusive: true }), ['mirror', 'peek', 'binding']],
    [
      'a queue of LavinMQ',
      { ...admin, product: 'LavinMQ' },
      queue(),
      ['mirror', 'peek', 'binding', 'consume'],
    ],
    [
      'a queue of the demo broker',
      { ...admin, canTrace: false },
      queue(),
      ['mirror', 'peek', 'binding', 'consume'],
    ],
    ['a stream', user, stream, ['stream', 'stream', 'stream', 'stream', 'peek']],
    [
      'a stream, as administrator',
      admin,
      stream,
      ['stream', 'stream', 'stream', 'stream', 'peek', 'firehose'],
    ],
  ];
  for (const [what, facts, info, kinds] of table) {
    it(`${what}, are ${[...new Set(kinds)].join(', ')}`, () => {
      assert.deepEqual(
        waysToWatchQueue(facts, info).map(({ kind }) => kind),
        kinds,
      );
    });
  }

  it('an exchange beside a binding are the firehose, for who may switch it', () => {
    assert.deepEqual(
      [admin, user].map((facts) => waysToWatchExchange(facts, 'orders').map(({ kind }) => kind)),
      [['firehose'], []],
    );
  });

  it('each say their price, and those that take or change something what must be confirmed', () => {
    for (const { kind, price, warning } of waysToWatchQueue(admin, queue())) {
      assert.match(price, /\.$/);
      assert.equal(warning !== undefined, kind === 'consume' || kind === 'firehose', kind);
    }
    const [consume] = waysToWatchQueue(admin, queue()).filter(({ kind }) => kind === 'consume');
    assert.match(consume?.warning ?? '', /removed from the queue "orders\.x" for good/);
  });

  it('say beforehand when tracing goes off again, also after a crash', () => {
    const [firehose] = waysToWatchExchange(admin, 'orders');
    assert.match(firehose?.warning ?? '', /switched off again when the last such tail ends; after a crash/);
  });
});

describe('the plan to read a stream', () => {
  it('is what a tail of a stream does, from the next message on', () => {
    const made = planQueueTail({ ...user, queue: stream, bindings: [], exchangeTypes: new Map() });
    assert.deepEqual(made.kind === 'stream' && [made.queue, made.offset], ['orders.x', { from: 'next' }]);
    assert.match(made.banner.promise, /^Nothing is taken\./);
    assert.ok(made.banner.alternatives.some(({ label }) => label === 'Stream from the First Message'));
    assert.ok(made.banner.alternatives.every(({ label }) => label !== 'New Messages of the Stream'));
  });

  it('says where it begins', () => {
    const cases = [
      [{ from: 'first' }, /every message from the first that is kept/],
      [{ from: 'last' }, /last chunk/],
      [{ from: 'number', value: '17' }, /from offset 17 on/],
      [{ from: 'timestamp', value: '1700000000' }, /since 2023-11-1\d \d\d:\d\d:\d\d/],
      [{ from: 'age', value: '5m' }, /last 5m/],
    ] as const;
    for (const [offset, words] of cases) assert.match(planStream(user, stream, offset).banner.sees, words);
  });

  it('is refused for another queue, or one of unknown type: reading it would take its messages', () => {
    const { type: __, ...unknown } = queue();
    for (const info of [queue(), queue({ type: 'quorum' }), unknown]) {
      const made = planStream(user, info, { from: 'first' });
      assert.match(made.kind === 'nothing' ? made.text : '', /would take its messages/);
    }
  });
});

describe('the plan of a firehose', () => {
  it('says exactly what it sees and misses', () => {
    const { banner } = planFirehose(admin, { queue: queue() });
    assert.match(
      banner.sees,
      /every message that a client publishes and that is routed to orders\.x, also straight/,
    );
    assert.match(banner.misses, /dead letters/);
    assert.match(banner.promise, /Tracing is on for the whole virtual host/);
    assert.match(planFirehose(admin, { exchange: 'shop' }).banner.sees, /publishes to shop, whatever/);
    assert.match(planFirehose(admin, {}).banner.sees, /in this virtual host/);
  });

  const obstacles: readonly (readonly [string, WatchFacts, RegExp])[] = [
    ['on a read-only connection', { ...admin, readOnly: true }, /read-only/],
    ['on another broker', { ...admin, product: 'LavinMQ' }, /LavinMQ has no firehose/],
    ['without the management API', unknownUser, /management API/],
    ['by a user who may not', user, /"administrator"/],
    ['in the demo broker', { ...admin, canTrace: false }, /cannot trace/],
  ];
  for (const [what, facts, words] of obstacles) {
    it(`is refused ${what}, in words`, () => {
      const made = planFirehose(facts, { queue: queue() });
      assert.match(made.kind === 'nothing' ? made.text : '', words);
    });
  }
});

describe('the plan to consume', () => {
  it('says that everything shown is removed, and what stands in between', () => {
    const { banner } = planConsume(user, queue({ consumers: 2 }));
    assert.equal(banner.promise, 'Every message shown here is removed from the queue.');
    assert.match(banner.misses, /2 other consumers share the messages: only a part shows here/);
    const sac = planConsume(user, queue({ consumers: 1, arguments: singleActive }));
    assert.match(sac.banner.misses, /single active consumer: nothing shows while another one is active/);
    const auto = planConsume(user, queue({ autoDelete: true }));
    assert.match(auto.banner.misses, /auto-delete: the broker deletes it/);
  });

  it('is refused on a read-only connection and for a stream', () => {
    assert.equal(planConsume({ ...user, readOnly: true }, queue()).kind, 'nothing');
    assert.equal(planConsume(user, stream).kind, 'nothing');
  });
});

describe('the tail of a headers exchange', () => {
  it('says which headers must match', () => {
    const made = planTypedTap({
      ...user,
      exchange: 'documents',
      routingKey: '',
      exchangeType: 'headers',
      arguments: [
        { name: 'x-match', value: longstr('any') },
        { name: 'format', value: longstr('pdf') },
        { name: 'pages', value: { type: 'long', value: '2' } },
      ],
    });
    assert.match(made.banner.sees, /documents routes for any of the headers "format" and "pages"\./);
    assert.equal(made.kind === 'mirror' && made.bindings[0]?.arguments.length, 3);
  });
});
