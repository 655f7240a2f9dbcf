import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Death } from '../../../src/core/message/deathHistory';
import { deathPath, deathWords } from '../../../webview/messages/deathPath';

const death = (queue: string, exchange: string, more: Partial<Death> = {}): Death => ({
  queue,
  exchange,
  reason: 'rejected',
  routingKeys: ['k'],
  ...more,
});

describe('the way of a dead letter', () => {
  it('begins where it was published and ends at the exchange that brought it here', () => {
    const path = deathPath(
      [death('retry', 'orders.dlx'), death('orders.fulfilment', 'orders')],
      '',
      'orders',
    );
    assert.deepEqual(
      path.map((station) => (station.kind === 'queue' ? station.death.queue : `(${station.name})`)),
      ['(orders)', 'orders.fulfilment', '(orders.dlx)', 'retry', '()'],
    );
    assert.deepEqual(
      path.flatMap((station) => (station.kind === 'exchange' ? [station.isDeadLetter] : [])),
      [false, true, true],
    );
  });

  const words: readonly (readonly [Partial<Death>, string])[] = [
    [{}, 'rejected'],
    [{ count: 1 }, 'rejected'],
    [{ count: 3 }, 'rejected ×3'],
    [{ reason: 'maxlen', count: 2 }, 'dropped, the queue was full ×2'],
    [{ reason: 'delivery_limit' }, 'delivery limit reached'],
    [{ reason: 'something new' }, 'something new'],
  ];
  for (const [more, expected] of words)
    it(`says "${expected}"`, () => {
      assert.equal(deathWords(death('q', 'e', more)), expected);
    });
});
