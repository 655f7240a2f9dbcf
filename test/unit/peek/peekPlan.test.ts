import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { tableOf } from '../../../src/core/base/fieldValue';
import { seriesOf } from '../../../src/core/peek/brokerSeries';
import { deliveryLimit } from '../../../src/core/peek/deliveryLimit';
import { peekCost } from '../../../src/core/peek/peekCost';
import type { PeekFacts } from '../../../src/core/peek/peekFacts';
import { planPeek } from '../../../src/core/peek/peekPlan';
import type { QueueInfo } from '../../../src/core/topology/model';

type Given = Partial<Omit<QueueInfo, 'arguments'>> & {
  arguments?: Record<string, string | number | boolean>;
};

function facts(version: string | undefined, given: Given, more: Partial<PeekFacts> = {}): PeekFacts {
  const queue = { vhost: '/', name: 'orders', ...given, arguments: tableOf(given.arguments ?? {}) };
  return { queue, described: true, version, count: 20, ...more };
}

function cost(of: PeekFacts) {
  return peekCost(of, planPeek(of));
}

const quorum: Given = { type: 'quorum' };
const unlimited: Given = { type: 'quorum', arguments: { 'x-delivery-limit': -1 } };

describe('the plan of a peek', () => {
  const methods: [string, string | undefined, Given, string][] = [
    ['a classic queue', '4.3.6', { type: 'classic' }, 'consumeNack'],
    ['a quorum queue on 3.8, where closing keeps the order', '3.8.35', quorum, 'consumeClose'],
    ['a quorum queue on 3.10, where a nack goes to the tail', '3.10.8', quorum, 'consumeClose'],
    ['a quorum queue on 4.0 with the default limit', '4.0.5', quorum, 'consumeNack'],
    [
      'a quorum queue on 4.0 without a limit, where a nack goes to the tail',
      '4.0.5',
      unlimited,
      'consumeClose',
    ],
    ['a quorum queue on 4.3', '4.3.6', quorum, 'consumeNack'],
    ['a quorum queue on 4.3 without a limit', '4.3.6', unlimited, 'consumeNack'],
    ['a quorum queue on an unknown version', undefined, quorum, 'consumeClose'],
    [
      'an auto-delete queue, which a consumer would delete',
      '4.3.6',
      { type: 'classic', autoDelete: true },
      'getNack',
    ],
    [
      'a classic queue with a single active consumer',
      '4.3.6',
      { type: 'classic', arguments: { 'x-single-active-consumer': true } },
      'getNack',
    ],
    ['a stream', '4.3.6', { type: 'stream' }, 'stream'],
    ['a queue of unknown type on 4.3', '4.3.6', {}, 'getNack'],
    ['a queue of unknown type on 3.10', '3.10.8', {}, 'getClose'],
    ['a queue of unknown type on an unknown version', undefined, {}, 'getClose'],
  ];
  for (const [what, version, queue, method] of methods) {
    it(`reads ${what} by ${method}`, () => {
      assert.equal(planPeek(facts(version, queue)).method, method);
    });
  }

  it('shows at most 500 messages, and takes at most 2,000 of a quorum queue', () => {
    const plan = planPeek(facts('4.3.6', quorum, { count: 10_000 }));
    assert.deepEqual([plan.count, plan.cap, plan.untilFresh], [500, 2_000, true]);
  });

  it('reads no more than nine where closing would give more back in another order', () => {
    const plan = planPeek(facts('3.10.8', {}));
    assert.deepEqual([plan.count, plan.cap], [9, 9]);
  });
});

describe('the delivery limit of a quorum queue', () => {
  const limits: [string, Given, string | undefined, number | 'unlimited' | 'unknown'][] = [
    ['is 20 from 4.0 on', {}, '4.0.5', 20],
    ['is none before 4.0', {}, '3.13.7', 'unlimited'],
    ['is not known of an unknown version', {}, undefined, 'unknown'],
    ['is the argument', { arguments: { 'x-delivery-limit': 5 } }, '4.3.6', 5],
    ['is the policy', { effectivePolicy: { 'delivery-limit': 7 } }, '3.10.8', 7],
    [
      'is the smaller of both',
      { arguments: { 'x-delivery-limit': 5 }, effectivePolicy: { 'delivery-limit': 3 } },
      '4.0.5',
      3,
    ],
    [
      'is the other one where one is negative',
      { arguments: { 'x-delivery-limit': -1 }, effectivePolicy: { 'delivery-limit': 3 } },
      '4.0.5',
      3,
    ],
    ['is none when negative', { arguments: { 'x-delivery-limit': -1 } }, '4.3.6', 'unlimited'],
    ['is 20 where the argument is not a number', { arguments: { 'x-delivery-limit': '5' } }, '4.3.6', 20],
  ];
  for (const [what, given, version, wanted] of limits) {
    it(what, () => {
      assert.equal(deliveryLimit(facts(version, given).queue, seriesOf(version)), wanted);
    });
  }
});

describe('the cost of a peek, said before it is paid', () => {
  it('is the sentence a user knows from quorum queues', () => {
    assert.equal(
      cost(facts('4.0.5', quorum)).costs[0],
      'This marks 20 messages as redelivered and uses 1 of their 20 deliveries (quorum queue, RabbitMQ 4.0).',
    );
  });

  const sentences: [string, PeekFacts, RegExp][] = [
    ['no deliveries on 4.3', facts('4.3.6', quorum), /uses none of their deliveries/],
    [
      'a count without a limit on 3.10',
      facts('3.10.8', quorum),
      /raises their delivery count, which has no limit/,
    ],
    [
      'old places on a classic queue',
      facts('4.3.6', { type: 'classic' }),
      /gives them back in their old places/,
    ],
    ['nothing on a stream', facts('4.3.6', { type: 'stream' }), /changes nothing/],
    [
      'the offset where a stream is read',
      facts('4.3.6', { type: 'stream' }, { offset: { from: 'number', value: '7' } }),
      /from offset 7 on, or from the oldest message/,
    ],
    [
      'the time from which a stream is read',
      facts('4.3.6', { type: 'stream' }, { offset: { from: 'timestamp', value: '1767225600' } }),
      /from 2026-01-01 00:00:00 UTC on; .*some older messages/,
    ],
    [
      'a time that no date can hold',
      facts('4.3.6', { type: 'stream' }, { offset: { from: 'timestamp', value: '9'.repeat(18) } }),
      /from second 9{18} on/,
    ],
    [
      'how far back a stream is read',
      facts('4.3.6', { type: 'stream' }, { offset: { from: 'age', value: '1h' } }),
      /from 1h ago on/,
    ],
    ['what becomes of spent messages', facts('4.0.5', quorum), /delivered 20 times already is dropped/],
    [
      'what becomes of spent messages with a dead-letter exchange',
      facts('4.0.5', { type: 'quorum', arguments: { 'x-dead-letter-exchange': 'dlx' } }),
      /delivered 20 times already is dead-lettered/,
    ],
    ['the consumers it competes with', facts('4.3.6', { type: 'classic', consumers: 3 }), /3 consumers/],
    [
      'a time to live',
      facts('4.3.6', { type: 'classic', effectivePolicy: { 'message-ttl': 1_000 } }),
      /time to live/,
    ],
    [
      'a maximum length',
      facts('4.3.6', { type: 'classic', arguments: { 'x-max-length': 10 } }),
      /limit drops/,
    ],
    ['a lease', facts('4.3.6', { type: 'classic', arguments: { 'x-expires': 10 } }), /expires starts again/],
    [
      'delayed retries on 4.3',
      facts('4.3.6', { type: 'quorum', arguments: { 'x-delayed-retry-type': 'all' } }),
      /invisible for a while/,
    ],
    [
      'that an auto-delete queue stays',
      facts('4.3.6', { type: 'classic', autoDelete: true }),
      /without becoming one/,
    ],
    [
      'a weaker promise without the management API',
      facts('4.3.6', {}, { described: false }),
      /weaker promise/,
    ],
  ];
  for (const [what, of, words] of sentences) {
    it(`names ${what}`, () => {
      assert.match(cost(of).costs.join(' '), words);
    });
  }

  it('is refused for an exclusive queue and for a quorum queue with a single active consumer', () => {
    assert.match(cost(facts('4.3.6', { type: 'classic', exclusive: true })).refusal ?? '', /exclusive/);
    const single: Given = { type: 'quorum', arguments: { 'x-single-active-consumer': true } };
    assert.match(cost(facts('4.3.6', single)).refusal ?? '', /single active consumer/);
  });

  it('asks for consent where the messages of the queue were seen near their limit', () => {
    assert.equal(cost(facts('4.0.5', quorum, { highestDeliveryCount: 5 })).consent, undefined);
    assert.match(
      cost(facts('4.0.5', quorum, { highestDeliveryCount: 19 })).consent ?? '',
      /delivered 19 times already.*dropped/,
    );
    assert.equal(cost(facts('4.3.6', quorum, { highestDeliveryCount: 19 })).consent, undefined);
  });

  it('asks for consent where the queue allows hardly any delivery', () => {
    const once: Given = { type: 'quorum', arguments: { 'x-delivery-limit': 1 } };
    assert.match(cost(facts('4.0.5', once)).consent ?? '', /so few deliveries/);
  });
});
