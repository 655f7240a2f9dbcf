import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8TextLossy } from '../../../src/core/base/bytes';
import type { AmqpChannel } from '../../../src/core/broker/amqpPort';
import { BrokerError } from '../../../src/core/broker/brokerError';
import type { Behaviour } from '../../../src/core/broker/memory/behaviour';
import { MemoryBroker } from '../../../src/core/broker/memory/memoryBroker';
import { systemClock } from '../../../src/core/broker/systemClock';
import { planPeek } from '../../../src/core/peek/peekPlan';
import type { PeekPlan } from '../../../src/core/peek/peekPlan';
import type { PeekReceipt } from '../../../src/core/peek/peekReceipt';
import { runPeek } from '../../../src/core/peek/peekSession';
import { delivery } from '../../support/deliveries';
import { ManualClock } from '../../support/manualClock';
import { drain, durableQueue, fill, numbersOf, upTo } from '../../support/queueContent';
import { ScriptedAmqp } from '../../support/scriptedAmqp';

const versions: Record<Behaviour, string> = { '3.10': '3.10.8', '4.0': '4.0.5', '4.3': '4.3.6' };
const behaviours = ['3.10', '4.0', '4.3'] as const;

interface Bench {
  readonly channel: AmqpChannel;
  /** Peeks and says what was shown. */
  readonly peek: (count: number, stop?: AbortSignal) => Promise<PeekReceipt & { shown: number[] }>;
}

async function withQueue(
  behaviour: Behaviour,
  type: string,
  messages: number,
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const broker = new MemoryBroker({ behaviour, clock: systemClock });
  try {
    const connection = await broker.amqp.connect('/', 'test');
    const channel = await connection.openChannel();
    await channel.declareQueue('q', durableQueue({ 'x-queue-type': type }));
    await fill(channel, 'q', 0, messages);
    await work({
      channel,
      peek: async (count, stop = new AbortController().signal) => {
        const queue = await broker.management.queue('/', 'q');
        const shown: number[] = [];
        const receipt = await runPeek(
          {
            amqp: broker.amqp,
            clock: systemClock,
            vhost: '/',
            queue: 'q',
            connectionName: 'peek',
            plan: planPeek({ queue, described: true, version: versions[behaviour], count }),
            show: ({ body }) => shown.push(Number(utf8TextLossy(body))),
          },
          stop,
        );
        return { ...receipt, shown };
      },
    });
  } finally {
    broker.dispose();
  }
}

describe('a peek', () => {
  for (const behaviour of behaviours) {
    for (const type of ['classic', 'quorum']) {
      it(`gives a ${type} queue of ${behaviour} back as it was, however often and much is read`, async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.nat(60),
            fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 4 }),
            async (messages, counts) => {
              await withQueue(behaviour, type, messages, async ({ channel, peek }) => {
                for (const count of counts) {
                  const { shown, order, confirmed } = await peek(count);
                  assert.deepEqual(shown, upTo(Math.min(count, messages)));
                  assert.deepEqual([order, confirmed], ['unchanged', true]);
                }
                assert.equal((await channel.checkQueue('q')).ready, messages);
                assert.deepEqual(numbersOf(await drain(channel, 'q', messages)), upTo(messages));
              });
            },
          ),
          { numRuns: 12 },
        );
      }).timeout(30_000);
    }

    it(`marks exactly the announced messages of a classic queue of ${behaviour}`, async () => {
      await withQueue(behaviour, 'classic', 10, async ({ channel, peek }) => {
        await peek(4);
        const all = await drain(channel, 'q', 10);
        assert.deepEqual(numbersOf(all.filter(({ redelivered }) => redelivered)), upTo(4));
      });
    });

    it(`leaves a stream of ${behaviour} alone`, async () => {
      await withQueue(behaviour, 'stream', 10, async ({ peek }) => {
        for (let round = 1; round <= 2; round++) {
          const { shown, order } = await peek(4);
          assert.deepEqual([shown, order], [upTo(4), 'unchanged']);
        }
      });
    });
  }

  it('says that it was stopped early, and has given everything back', async () => {
    await withQueue('4.3', 'classic', 20, async ({ channel, peek }) => {
      const stop = new AbortController();
      const reading = peek(20, stop.signal);
      setTimeout(() => {
        stop.abort();
      }, 1);
      await reading.catch(() => undefined);
      assert.deepEqual(numbersOf(await drain(channel, 'q', 20)), upTo(20));
    });
  });
});

const classic: PeekPlan = { method: 'consumeNack', count: 5, cap: 5, untilFresh: false };

function scripted(plan: PeekPlan) {
  const amqp = new ScriptedAmqp();
  const clock = new ManualClock();
  amqp.counts = { ready: 5, consumers: 0 };
  const receipt = runPeek(
    { amqp, clock, plan, vhost: '/', queue: 'q', connectionName: 'peek', show: () => undefined },
    new AbortController().signal,
  );
  return { amqp, clock, receipt };
}

describe('the give-back of a peek', () => {
  it('is a nack before the channel closes, and then a question to the broker', async () => {
    const { amqp, clock, receipt } = scripted(classic);
    await clock.pass(0);
    for (let count = 0; count < 5; count++) amqp.connection.deliver(delivery('x'));
    await clock.pass(0);
    const { sentences, confirmed } = await receipt;
    assert.deepEqual(amqp.calls.slice(-4), ['cancel', 'nack all', 'check q', 'close connection']);
    assert.equal(confirmed, true);
    assert.equal(sentences[0], '5 read, 5 given back, order unchanged.');
  });

  it('is not called confirmed while the broker does not have the messages back', async () => {
    const { amqp, clock, receipt } = scripted(classic);
    await clock.pass(0);
    for (let count = 0; count < 5; count++) amqp.connection.deliver(delivery('x'));
    amqp.counts = { ready: 3, consumers: 0 };
    await clock.pass(3_000);
    const { sentences, confirmed } = await receipt;
    assert.equal(confirmed, false);
    assert.match(sentences.join(' '), /Not confirmed: the broker says 3 ready now/);
  });

  it('is left to the broker when the connection is lost in the middle, and said so', async () => {
    const { amqp, clock, receipt } = scripted(classic);
    await clock.pass(0);
    amqp.connection.deliver(delivery('x'));
    amqp.connection.lose();
    await clock.pass(3_000);
    const { sentences, confirmed } = await receipt;
    assert.equal(confirmed, false);
    assert.match(sentences.join(' '), /connection was lost before they were given back/);
    assert.match(sentences.join(' '), /gives unacknowledged messages back when it notices/);
  });

  it('happens for everything when messages stop coming before all are there', async () => {
    const { amqp, clock, receipt } = scripted(classic);
    await clock.pass(0);
    amqp.connection.deliver(delivery('x'));
    await clock.pass(1_000);
    assert.ok(amqp.calls.includes('nack all'));
    assert.match((await receipt).sentences[0] ?? '', /^1 read, 1 given back/);
  });

  it('never rejects a message or acknowledges one', async () => {
    const { amqp, clock, receipt } = scripted(classic);
    await clock.pass(0);
    for (let count = 0; count < 5; count++) amqp.connection.deliver(delivery('x'));
    await clock.pass(0);
    await receipt;
    assert.ok(!amqp.calls.some((call) => call.startsWith('ack')) && !amqp.calls.includes('nack'));
  });

  it('says that the order changed where it had to stop among redelivered messages', async () => {
    const { amqp, clock, receipt } = scripted({ ...classic, untilFresh: true });
    await clock.pass(0);
    for (let count = 0; count < 5; count++) amqp.connection.deliver(delivery('x', { redelivered: true }));
    await clock.pass(0);
    const { order, sentences } = await receipt;
    assert.equal(order, 'changed');
    assert.match(sentences.join(' '), /may now come after others/);
  });

  it('rejects with the words of the broker when nothing could be read', async () => {
    const amqp = new ScriptedAmqp();
    amqp.answer = (call) => {
      if (call.startsWith('consume')) throw new BrokerError('locked', 'Somebody reads it alone (403).');
    };
    amqp.counts = { ready: 1, consumers: 1 };
    const peek = runPeek(
      {
        amqp,
        clock: new ManualClock(),
        plan: classic,
        vhost: '/',
        queue: 'q',
        connectionName: 'peek',
        show: () => undefined,
      },
      new AbortController().signal,
    );
    await assert.rejects(peek, /Somebody reads it alone/);
    assert.equal(amqp.calls.at(-1), 'close connection');
  });
});
