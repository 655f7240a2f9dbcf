import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyTable, longstr } from '../../../src/core/base/fieldValue';
import type { BindingInfo, QueueInfo } from '../../../src/core/topology/model';
import {
  bindingDescription,
  bindingId,
  bindingLabel,
  byName,
  deadLetterTarget,
  exchangeDescription,
  exchangeLabel,
  isBuiltInExchange,
  isTap,
  openVhostDescription,
  needsAttention,
  queueDescription,
  treeId,
  vhostDescription,
  visibleName,
} from '../../../src/core/topology/treeModel';
import type { Wording } from '../../../src/core/topology/treeModel';
import { queueTooltip } from '../../../src/core/topology/treeTooltip';

const words: Wording = {
  t: (message, ...args) => message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
  number: (value) => new Intl.NumberFormat('en').format(value),
};

const queue: QueueInfo = { vhost: '/', name: 'q', arguments: emptyTable };
const binding: BindingInfo = {
  vhost: '/',
  source: 'orders',
  destination: 'q',
  destinationKind: 'queue',
  routingKey: 'a.#',
  arguments: emptyTable,
};
const exchange = {
  vhost: '/',
  name: 'orders',
  type: 'topic',
  durable: true,
  autoDelete: false,
  internal: false,
  arguments: emptyTable,
};

describe('tree model', () => {
  it('describes queues with separators, and says "-" for what is not known', () => {
    assert.equal(
      queueDescription({ ...queue, type: 'quorum', ready: 1204, unacked: 20, consumers: 3 }, words),
      'quorum · 1,204 ready · 20 unacked · 3 consumers',
    );
    assert.equal(
      queueDescription({ ...queue, type: 'classic', ready: 37, unacked: 0, consumers: 0 }, words),
      'classic · 37 ready · no consumers',
    );
    assert.equal(queueDescription(queue, words), '- ready');
    assert.equal(queueDescription({ ...queue, type: 'stream', ready: 9120004 }, words), 'stream · 9,120,004');
    assert.equal(
      queueDescription({ ...queue, type: 'quorum', ready: 0, consumers: 1, state: 'minority' }, words),
      'quorum · 0 ready · 1 consumer · minority',
    );
  });

  it('describes exchanges, virtual hosts and bindings', () => {
    assert.equal(exchangeDescription(exchange, words), 'topic');
    assert.equal(exchangeDescription({ ...exchange, rateIn: 119.6 }, words), 'topic · 120/s in');
    assert.equal(
      exchangeDescription({ ...exchange, rateIn: 0.25, internal: true }, words),
      'topic · internal · 0.3/s in',
    );
    assert.equal(vhostDescription({ name: '/', messages: 1 }, words), '1 message');
    assert.equal(vhostDescription({ name: '/' }, words), '');
    assert.equal(bindingLabel(binding, 'destination', words), 'orders');
    assert.equal(bindingLabel(binding, 'source', words), 'q');
    assert.equal(bindingDescription(binding, words), 'a.#');
    assert.equal(bindingDescription({ ...binding, routingKey: '' }, words), '(empty key)');
    const headers = { ...binding, routingKey: '', arguments: [{ name: 'x-match', value: longstr('all') }] };
    assert.equal(bindingDescription(headers, words), 'x-match=all');
  });

  it('knows built-in exchanges and names the default one', () => {
    assert.equal(exchangeLabel('', words), '(AMQP default)');
    for (const [name, builtIn] of [
      ['', true],
      ['amq.topic', true],
      ['amqp', false],
      ['orders', false],
    ] as const) {
      assert.equal(isBuiltInExchange({ ...exchange, name }), builtIn, name);
    }
  });

  it('shows names as text, with what cannot be seen made visible', () => {
    assert.equal(visibleName('a/b c.d ü 漢字 <img src=x>', words), 'a/b c.d ü 漢字 <img src=x>');
    assert.equal(visibleName('a\nb\u202ec\u0000', words), 'a\\u000ab\\u202ec\\u0000');
    assert.equal(visibleName('', words), '(empty name)');
    assert.equal(visibleName('x'.repeat(255), words).length, 255);
  });

  it('gives every object an identity of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        assert.equal(treeId(...a) === treeId(...b), JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    assert.notEqual(bindingId(binding), bindingId({ ...binding, destinationKind: 'exchange' }));
    assert.equal(bindingId(binding), bindingId({ ...binding }));
  });

  it('finds queues that need attention and where they send dead letters', () => {
    assert.equal(needsAttention({ ...queue, type: 'classic', ready: 3, consumers: 0 }), true);
    assert.equal(needsAttention({ ...queue, type: 'classic', ready: 3 }), false);
    assert.equal(needsAttention({ ...queue, type: 'stream', ready: 3, consumers: 0 }), false);
    const dlx = [{ name: 'x-dead-letter-exchange', value: longstr('dlx') }];
    assert.deepEqual(deadLetterTarget({ ...queue, arguments: dlx }), { exchange: 'dlx' });
    assert.deepEqual(
      deadLetterTarget({
        ...queue,
        effectivePolicy: { 'dead-letter-exchange': 'p', 'dead-letter-routing-key': 'k' },
      }),
      { exchange: 'p', routingKey: 'k' },
    );
    assert.equal(deadLetterTarget(queue), undefined);
  });

  it('knows the temporary queues of live tails by more than their name', () => {
    const tap = { ...queue, name: 'amqp-workbench.tap.1', exclusive: true, autoDelete: true };
    assert.equal(isTap(tap), true);
    assert.equal(isTap({ ...tap, exclusive: false }), false);
    assert.equal(isTap(tap, 'alice.'), false);
    assert.equal(isTap({ ...tap, name: 'alice.7' }, 'alice.'), true);
    assert.equal(openVhostDescription(1, words), '1 queue');
    assert.equal(openVhostDescription(1200, words), '1,200 queues');
  });

  it('sorts by name in the order of the broker', () => {
    assert.deepEqual(
      ['b', 'B', 'a']
        .map((name) => ({ name }))
        .sort(byName)
        .map(({ name }) => name),
      ['B', 'a', 'b'],
    );
  });

  it('puts every known fact of a queue in its tooltip', () => {
    const text = queueTooltip({ ...queue, type: 'quorum', durable: true, ready: 1500, policy: 'p1' }, words);
    for (const fact of [
      'q',
      'Type: quorum',
      'Features: durable',
      'Ready: 1,500',
      'Consumers: -',
      'Policy: p1',
    ]) {
      assert.ok(text.split('\n').includes(fact), fact);
    }
  });
});
