import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { longstr } from '../../../src/core/base/fieldValue';
import type { BindingInfo, QueueInfo } from '../../../src/core/topology/model';
import { withoutRefused } from '../../../src/core/tail/refusedBindings';
import { planQueueTail, planTypedTap } from '../../../src/core/tail/tapPlan';
import type { TailPlan } from '../../../src/core/tail/tailPlan';

const watch = { vhost: '/', product: 'RabbitMQ', userTags: ['management'], canTrace: true, readOnly: false };
const queue: QueueInfo = { vhost: '/', name: 'invoices', type: 'classic', arguments: [] };

function binding(source: string, routingKey = 'k', args: BindingInfo['arguments'] = []): BindingInfo {
  return {
    vhost: '/',
    source,
    routingKey,
    destination: 'invoices',
    destinationKind: 'queue',
    arguments: args,
  };
}

function plan(
  types: Record<string, string>,
  bindings = Object.keys(types).map((name) => binding(name)),
): TailPlan {
  return planQueueTail({ ...watch, queue, bindings, exchangeTypes: new Map(Object.entries(types)) });
}

describe('the plan of a tail', () => {
  it('copies bindings exactly, header arguments included', () => {
    const args = [
      { name: 'x-match', value: longstr('any') },
      { name: '__proto__', value: { type: 'long' as const, value: '9007199254740993' } },
    ];
    const made = plan({ documents: 'headers' }, [binding('documents', '', args)]);
    assert.deepEqual(made.kind === 'mirror' && made.bindings, [
      { source: 'documents', routingKey: '', arguments: args },
    ]);
  });

  it('leaves out the binding that every queue has from the default exchange', () => {
    const made = plan({ orders: 'topic' }, [binding(''), binding('orders')]);
    assert.deepEqual(made.kind === 'mirror' && made.bindings.map(({ source }) => source), ['orders']);
  });

  const safe = ['direct', 'fanout', 'topic', 'headers', 'x-delayed-message', 'x-recent-history'];
  for (const type of safe) {
    it(`mirrors a binding from an exchange of the type ${type}`, () => {
      assert.equal(plan({ source: type }).kind, 'mirror');
    });
  }

  const stealing = [
    'x-consistent-hash',
    'x-random',
    'x-local-random',
    'x-modulus-hash',
    'x-message-deduplication',
  ];
  for (const type of stealing) {
    it(`refuses to mirror ${type}, which may hand each message to one binding only`, () => {
      const made = plan({ source: type });
      assert.match(made.kind === 'nothing' ? made.text : '', new RegExp(type));
    });
  }

  it('does not trust an exchange whose type could not be read, except those that every broker has', () => {
    assert.equal(plan({}, [binding('mystery')]).kind, 'nothing');
    assert.equal(plan({}, [binding('amq.topic')]).kind, 'mirror');
  });

  it('says which bindings it skips and why, and mirrors the others', () => {
    const made = plan({ orders: 'topic', shards: 'x-consistent-hash' });
    assert.equal(made.kind, 'mirror');
    assert.match(made.banner.sees, /by 1 binding\./);
    assert.match(made.banner.misses, /shards \(x-consistent-hash\).*would steal/);
  });

  it('says what it sees and misses, and that nothing is taken', () => {
    const { banner } = plan({ a: 'topic', b: 'fanout', c: 'direct' });
    assert.equal(banner.sees, 'Mirror tap: sees new messages routed here by 3 bindings.');
    assert.match(
      banner.misses,
      /^Misses: messages already in the queue, messages sent straight to the queue\./,
    );
    assert.equal(banner.promise, 'Nothing is taken.');
  });

  it('says why there is nothing to mirror, and offers other ways', () => {
    const cases = [
      [plan({}), /no bindings/],
      [
        planQueueTail({
          ...watch,
          queue,
          bindings: { unreadable: 'the API is not there.' },
          exchangeTypes: new Map(),
        }),
        /cannot be read.*the API is not there/,
      ],
    ] as const;
    for (const [made, text] of cases) {
      assert.match(made.kind === 'nothing' ? made.text : '', text);
      assert.deepEqual(
        made.banner.alternatives.map(({ kind }) => kind),
        ['peek', 'binding', 'consume'],
      );
    }
  });

  it('takes an exchange and a key that the user typed, and says that it sees only that', () => {
    const made = planTypedTap({ ...watch, exchange: 'orders', routingKey: 'order.#', exchangeType: 'topic' });
    assert.deepEqual(made.kind === 'mirror' && made.bindings, [
      { source: 'orders', routingKey: 'order.#', arguments: [] },
    ]);
    assert.match(made.banner.sees, /^Sees only what you entered/);
    assert.equal(made.banner.promise, 'Nothing is taken.');
  });

  it('limits its promise where the type of a typed exchange could not be read', () => {
    assert.match(planTypedTap({ ...watch, exchange: 'orders', routingKey: '' }).banner.promise, /unless/);
  });

  it('refuses the default exchange and exchanges it would steal from, typed or not', () => {
    assert.equal(planTypedTap({ ...watch, exchange: '', routingKey: 'q' }).kind, 'nothing');
    assert.equal(
      planTypedTap({ ...watch, exchange: 'h', routingKey: '1', exchangeType: 'x-consistent-hash' }).kind,
      'nothing',
    );
  });

  it('says what the broker refused, and is nothing when all was refused', () => {
    const made = plan({ a: 'topic', b: 'fanout' });
    assert.ok(made.kind === 'mirror');
    const partly = withoutRefused(made, ['a with key "k": no right (403)']);
    assert.match(partly.banner.sees, /1 binding of 2/);
    assert.match(partly.banner.misses, /no right \(403\)/);
    assert.equal(withoutRefused(made, ['a', 'b']).kind, 'nothing');
  });
});
