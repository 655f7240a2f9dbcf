import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8TextLossy } from '../../../src/core/base/bytes';
import type { Behaviour } from '../../../src/core/broker/memory/behaviour';
import { MemoryBroker } from '../../../src/core/broker/memory/memoryBroker';
import { systemClock } from '../../../src/core/broker/systemClock';
import { planPeek } from '../../../src/core/peek/peekPlan';
import type { PeekReceipt } from '../../../src/core/peek/peekReceipt';
import { runPeek } from '../../../src/core/peek/peekSession';
import { drain, durableQueue, fill, numbersOf, upTo } from '../../support/queueContent';

const versions: Record<Behaviour, string> = { '3.10': '3.10.8', '4.0': '4.0.5', '4.3': '4.3.6' };

/** A quorum queue: what came back is a line of its own, served before the main one (DOMAIN 1.1, second trap). */
class QueueModel {
  private returned: number[] = [];
  private main: number[];

  constructor(count: number) {
    this.main = upTo(count);
  }

  get order(): readonly number[] {
    return [...this.returned, ...this.main];
  }

  /** Somebody takes that many and gives them back: with too few of them the queue turns. */
  takeAndGiveBack(count: number): void {
    const taken = this.order.slice(0, count);
    const stay = this.returned.slice(count);
    this.main = this.main.slice(Math.max(0, count - this.returned.length));
    this.returned = [...stay, ...taken];
  }
}

interface Step {
  readonly who: 'peek' | 'somebody';
  readonly count: number;
}

const steps = fc.array(
  fc.record<Step>({ who: fc.constantFrom('peek', 'somebody'), count: fc.integer({ min: 1, max: 12 }) }),
  { minLength: 1, maxLength: 5 },
);

/** Carries out the steps; checks every peek against the model and what is left at the end. */
async function play(
  behaviour: Behaviour,
  messages: number,
  cap: number,
  taken: readonly Step[],
): Promise<void> {
  const broker = new MemoryBroker({ behaviour, clock: systemClock });
  try {
    const connection = await broker.amqp.connect('/', 'test');
    const channel = await connection.openChannel();
    await channel.declareQueue('q', durableQueue({ 'x-queue-type': 'quorum' }));
    await fill(channel, 'q', 0, messages);
    const model = new QueueModel(messages);
    const peek = async (count: number): Promise<[PeekReceipt, number[]]> => {
      const queue = await broker.management.queue('/', 'q');
      const shown: number[] = [];
      const plan = planPeek({ queue, described: true, version: versions[behaviour], count });
      const receipt = await runPeek(
        {
          amqp: broker.amqp,
          clock: systemClock,
          vhost: '/',
          queue: 'q',
          connectionName: 'peek',
          plan: { ...plan, cap: Math.max(cap, count) },
          show: ({ body }) => shown.push(Number(utf8TextLossy(body))),
        },
        new AbortController().signal,
      );
      return [receipt, shown];
    };
    const somebody = async (count: number): Promise<void> => {
      const own = await connection.openChannel();
      let arrived = 0;
      await own.prefetch(count);
      const consumed = await own.consume(
        'q',
        { noAck: false },
        () => arrived++,
        () => undefined,
      );
      const wanted = Math.min(count, messages);
      while (arrived < wanted) await new Promise((resolve) => setImmediate(resolve));
      await own.cancel(consumed);
      // A nack would send them to the tail before 4.0; closing gives back to the head everywhere.
      await own.close();
    };
    for (const { who, count } of taken) {
      if (who === 'somebody') {
        await somebody(count);
        model.takeAndGiveBack(count);
        continue;
      }
      const [receipt, shown] = await peek(count);
      assert.deepEqual(shown, model.order.slice(0, count), 'it shows the head of the queue');
      const before = model.order;
      const all = / (\d+) given back/.exec(receipt.sentences[0] ?? '')?.[1];
      model.takeAndGiveBack(Number(all));
      if (receipt.order === 'unchanged') assert.deepEqual(model.order, before);
      else assert.match(receipt.sentences.join(' '), /may now come after others/);
    }
    assert.deepEqual(numbersOf(await drain(channel, 'q', messages)), model.order);
  } finally {
    broker.dispose();
  }
}

describe('a peek at a quorum queue that others have read from', () => {
  for (const behaviour of ['3.10', '4.0', '4.3'] as const) {
    it(`of ${behaviour} leaves the order it found, or says that it did not; nothing is lost`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 24 }),
          fc.integer({ min: 1, max: 30 }),
          steps,
          (...given) => play(behaviour, ...given),
        ),
        { numRuns: 150 },
      );
    }).timeout(60_000);
  }
});
