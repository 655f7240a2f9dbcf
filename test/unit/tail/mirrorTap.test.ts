import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { BrokerError } from '../../../src/core/broker/brokerError';
import { gapText } from '../../../src/core/tail/gap';
import type { FollowedQueue } from '../../../src/core/tail/bindingFollower';
import { openMirrorTap } from '../../../src/core/tail/mirrorTap';
import type { MirrorPlan, TailPlan } from '../../../src/core/tail/tailPlan';
import { delivery } from '../../support/deliveries';
import type { ScriptedAmqp } from '../../support/scriptedAmqp';
import { tailStage } from '../../support/tailStage';

const banner = { sees: '', misses: '', promise: '', alternatives: [] };
const twoBindings: TailPlan = {
  kind: 'mirror',
  banner,
  bindings: [
    { source: 'orders', routingKey: 'a', arguments: [] },
    { source: 'audit', routingKey: '', arguments: [] },
  ],
};

function setUp(plan: () => Promise<TailPlan> = () => Promise.resolve(twoBindings), follow?: FollowedQueue) {
  let names = 0;
  return tailStage(plan, ({ amqp, clock }) => {
    const parts = {
      amqp,
      clock,
      vhost: '/',
      connectionName: 'test',
      queueName: () => `tap.${String(++names)}`,
    };
    return (made, sink, signal) =>
      openMirrorTap({ ...parts, ...(follow ? { follow } : {}) }, made as MirrorPlan, sink, signal);
  });
}

const forbidden = new BrokerError('refused', 'No right to read (403).', { code: 403 });

describe('a mirror tap', () => {
  it('copies the bindings to a queue of its own and consumes that one without acknowledging', async () => {
    const { amqp, clock, session, seen, last } = setUp();
    session.start();
    await clock.pass(0);
    assert.deepEqual(amqp.calls, [
      'connect /',
      'channel',
      'declare tap.1',
      'bind orders a',
      'bind audit ',
      'channel',
      'consume tap.1 no-ack',
    ]);
    assert.equal(last()?.kind, 'running');
    amqp.connection.deliver(delivery('hello'));
    assert.deepEqual(seen.messages, ['hello']);
  });

  it('declares a queue that a crash cannot leave behind and that never refuses a publisher', async () => {
    const { amqp, clock, session } = setUp();
    session.start();
    await clock.pass(0);
    const declared = amqp.queues.get('tap.1');
    assert.deepEqual([declared?.exclusive, declared?.autoDelete, declared?.durable], [true, true, false]);
    const args = new Map(
      declared?.arguments.map(({ name, value }) => [name, 'value' in value && value.value]),
    );
    assert.equal(args.get('x-overflow'), 'drop-head');
    for (const bound of ['x-max-length', 'x-max-length-bytes', 'x-expires']) {
      assert.ok(Number(args.get(bound)) > 0, bound);
    }
  });

  it('ends by unbinding everything and deleting its queue, before anything is cancelled or closed', async () => {
    const { amqp, clock, session } = setUp();
    session.start();
    await clock.pass(0);
    amqp.calls.length = 0;
    await session.stop();
    assert.deepEqual(amqp.calls, ['unbind orders a', 'unbind audit ', 'delete tap.1', 'close connection']);
  });

  it('deletes its queue even when the broker refuses to unbind', async () => {
    const { amqp, clock, session } = setUp();
    session.start();
    await clock.pass(0);
    amqp.answer = (call) => {
      if (call.startsWith('unbind orders')) throw new BrokerError('notFound', 'No exchange orders (404).');
    };
    amqp.calls.length = 0;
    await session.stop();
    assert.deepEqual(amqp.calls, [
      'unbind orders a',
      'channel',
      'unbind audit ',
      'delete tap.1',
      'close connection',
    ]);
  });

  it('closes all the same when the broker does not answer any more', async () => {
    const { amqp, clock, session } = setUp();
    session.start();
    await clock.pass(0);
    amqp.answer = (call) => (call.startsWith('unbind') ? new Promise(() => undefined) : undefined);
    const stopped = session.stop();
    await clock.pass(6_000);
    await stopped;
    assert.equal(amqp.calls.at(-1), 'close connection');
  });

  it('goes on without the bindings that the broker refuses, and says so', async () => {
    const { amqp, clock, session, seen, last } = setUp();
    amqp.answer = (call) => {
      if (call === 'bind orders a') throw forbidden;
    };
    session.start();
    await clock.pass(0);
    assert.equal(last()?.kind, 'running');
    assert.match(
      seen.banner?.misses ?? '',
      /refused 1 binding: orders with key "a": No right to read \(403\)/,
    );
  });

  it('has nothing to mirror when every binding is refused, and leaves no queue', async () => {
    const { amqp, clock, session, last } = setUp();
    amqp.answer = (call) => {
      if (call.startsWith('bind')) throw forbidden;
    };
    session.start();
    await clock.pass(0);
    assert.equal(last()?.kind, 'nothingToMirror');
    assert.deepEqual(amqp.calls.slice(-2), ['delete tap.1', 'close connection']);
  });

  const losses: [string, (amqp: ScriptedAmqp) => void, RegExp][] = [
    [
      'a lost connection',
      (amqp) => {
        amqp.connection.lose();
      },
      /connection to localhost:5672 was lost/,
    ],
    [
      'a cancel by the broker',
      (amqp) => {
        amqp.connection.cancelConsumer();
      },
      /queue was deleted or moved/,
    ],
    [
      'a closed channel',
      (amqp) => {
        amqp.connection.channels.at(-1)?.end(forbidden);
      },
      /No right to read/,
    ],
  ];
  for (const [what, lose, words] of losses) {
    it(`comes back after ${what}, with rows that say what happened and what was not seen`, async () => {
      const { amqp, clock, session, seen, last } = setUp();
      session.start();
      await clock.pass(0);
      const lostAt = clock.now();
      lose(amqp);
      await clock.pass(0);
      assert.match(seen.notes[0] ?? '', words);
      assert.equal(last()?.kind, 'reconnecting');
      await clock.pass(600);
      assert.equal(last()?.kind, 'running');
      assert.equal(seen.notes[1], gapText({ at: lostAt, why: 'lost' }, lostAt + 500));
      amqp.connection.deliver(delivery('again'));
      assert.deepEqual(seen.messages, ['again']);
      assert.ok(amqp.calls.includes('declare tap.2'), 'under a name that cannot clash with the old one');
      await session.stop();
    });
  }

  it('tries again and again while the broker is away, and uses the old plan until bindings can be read again', async () => {
    let readable = true;
    const { amqp, clock, session, last } = setUp(() =>
      readable ? Promise.resolve(twoBindings) : Promise.reject(new BrokerError('closed', 'No answer.')),
    );
    session.start();
    await clock.pass(0);
    readable = false;
    let away = true;
    amqp.answer = (call) => {
      if (away && call.startsWith('connect')) throw new BrokerError('closed', 'Nobody is there.');
    };
    amqp.connection.lose();
    await clock.pass(60_000);
    const status = last();
    assert.match(status?.kind === 'reconnecting' ? status.text : '', /Nobody is there/);
    away = false;
    await clock.pass(20_000);
    assert.equal(last()?.kind, 'running');
  });

  it('fails in words when it cannot start at all', async () => {
    const { amqp, clock, session, last } = setUp();
    amqp.answer = (call) => {
      if (call.startsWith('declare'))
        throw new BrokerError('refused', 'No right.', { advice: 'Ask for it.' });
    };
    session.start();
    await clock.pass(0);
    assert.deepEqual(last(), { kind: 'failed', text: 'No right.', advice: 'Ask for it.' });
    assert.equal(amqp.calls.at(-1), 'close connection');
    await session.stop();
  });

  it('can be stopped while it waits to reconnect', async () => {
    const { amqp, clock, session } = setUp();
    session.start();
    await clock.pass(0);
    amqp.connection.lose();
    await clock.pass(0);
    await session.stop();
    const before = amqp.calls.length;
    await clock.pass(60_000);
    assert.equal(amqp.calls.length, before);
  });

  it('says when messages may be missing: its queue is full, or the computer slept', async () => {
    const { amqp, clock, session, seen } = setUp();
    session.start();
    await clock.pass(1_000);
    assert.equal(seen.notes.length, 0);
    amqp.counts = { ready: 50_000, consumers: 1 };
    await clock.pass(5_000);
    assert.equal(seen.notes.length, 1, 'said once while it stays full');
    assert.match(seen.notes[0] ?? '', /may be missing here: the tap in the broker is full/);
    clock.sleep(60_000);
    await clock.pass(0);
    assert.match(seen.notes[1] ?? '', /stood still for (59|60) s/);
    await session.stop();
  });

  it('says so too when large messages fill its queue by their bytes, long before their number does', async () => {
    const { amqp, clock, session, seen } = setUp();
    session.start();
    await clock.pass(0);
    amqp.connection.deliver(delivery(new Uint8Array(16 * 1024)));
    amqp.counts = { ready: 1_000, consumers: 1 };
    await clock.pass(2_000);
    assert.equal(seen.notes.length, 0);
    amqp.counts = { ready: 4_096, consumers: 1 };
    await clock.pass(2_000);
    assert.match(seen.notes[0] ?? '', /tap in the broker is full/);
    await session.stop();
  });

  it('says when the broker has an alarm and takes no messages', async () => {
    const { amqp, clock, session, seen } = setUp();
    session.start();
    await clock.pass(0);
    amqp.connection.block('low on disk');
    assert.match(seen.notes[0] ?? '', /alarm \(low on disk\)/);
    await session.stop();
  });
});
