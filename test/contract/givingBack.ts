import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FieldTable } from '../../src/core/base/fieldValue';
import { emptyTable, textField } from '../../src/core/base/fieldValue';
import type { AmqpChannel } from '../../src/core/broker/amqpPort';
import { benchFor, bodies, counters, refuses, table } from './bench';
import type { Bench, ContractBroker, WorkType } from './bench';

/** What the table of DOMAIN 1.1 says about one kind of queue. */
interface Rule {
  readonly what: string;
  readonly type: WorkType;
  readonly arguments: FieldTable;
  /** Six messages, three taken and nacked together. */
  readonly nacked: string;
  /** The counters of message 0 after that: acquired then failed. */
  readonly nackCounters: string;
  readonly closeCounters: string;
  /** Three nacked, then two taken and nacked. */
  readonly nackedFewer: string;
  /** Four taken, number 2 nacked and then number 0. */
  readonly nackedBackwards: string;
  /** Eleven got one by one, then the channel closed. */
  readonly gotAndClosed: string;
  readonly lostAfterNacks: number | undefined;
  readonly lostAfterCloses: number | undefined;
}

const inPlace = '0! 1! 2! 3 4 5';
const byName = '0! 9! 10! 1! 2! 3! 4! 5! 6! 7! 8! 11';

function rules(series: ContractBroker['series']): readonly Rule[] {
  const counted = series === '4.3' ? '1 -' : '- 1';
  const failed = series === '4.3' ? '1 1' : '- 1';
  const classic: Rule = {
    what: 'a classic queue',
    type: 'classic',
    arguments: emptyTable,
    nacked: inPlace,
    nackCounters: '- -',
    closeCounters: '- -',
    nackedFewer: inPlace,
    nackedBackwards: '0! 2! 4 5',
    gotAndClosed: '0! 1! 2! 3! 4! 5! 6! 7! 8! 9! 10! 11',
    lostAfterNacks: undefined,
    lostAfterCloses: undefined,
  };
  const limited: Rule = {
    ...classic,
    what: 'a quorum queue with a delivery limit of 3',
    type: 'quorum',
    arguments: table({ 'x-delivery-limit': 3 }),
    nackCounters: counted,
    closeCounters: failed,
    nackedFewer: '2! 0! 1! 3 4 5',
    nackedBackwards: '2! 0! 4 5',
    gotAndClosed: byName,
    lostAfterNacks: series === '4.3' ? undefined : 4,
    lostAfterCloses: 4,
  };
  const usual: Rule = { ...limited, what: 'a quorum queue as it is', arguments: emptyTable };
  const toTail = {
    nacked: '3 4 5 0! 1! 2!',
    nackedFewer: '5 0! 1! 2! 3! 4!',
    nackedBackwards: '4 5 2! 0!',
    lostAfterNacks: undefined,
    lostAfterCloses: undefined,
  };
  if (series === '3.10') return [classic, limited, { ...usual, ...toTail }];
  const unlimited: Rule = {
    ...usual,
    ...(series === '4.0' ? toTail : { lostAfterCloses: undefined }),
    what: 'a quorum queue with a delivery limit of -1',
    arguments: table({ 'x-delivery-limit': -1 }),
  };
  const twenty = { lostAfterNacks: series === '4.0' ? 21 : undefined, lostAfterCloses: 21 };
  return [classic, limited, { ...usual, ...twenty }, unlimited];
}

export function givingBackContract(under: ContractBroker): void {
  for (const rule of rules(under.series)) {
    describe(`giving back to ${rule.what}`, () => {
      const bench = benchFor(under);
      const filled = async (count: number): Promise<string> => {
        const queue = await bench().queue(rule.type, rule.arguments);
        await bench().fill(queue, count);
        return queue;
      };

      it(`orders nacked messages as ${rule.nacked}`, async () => {
        const queue = await filled(6);
        const channel = await bench().channel();
        await bench().hold(channel, queue, 3);
        channel.nackAll(true);
        await channel.checkQueue(queue);
        await channel.close();
        const rest = await bench().drain(queue, 6);
        assert.equal(bodies(rest), rule.nacked);
        const first = rest.find((each) => each.redelivered);
        assert.equal(counters(first), rule.nackCounters);
        assert.equal(counters(rest.find((each) => !each.redelivered)), '- -');
      });

      it('keeps the order when the channel of a consumer closes', async () => {
        const queue = await filled(6);
        const channel = await bench().channel();
        await bench().hold(channel, queue, 3);
        await channel.close();
        await bench().untilReady(queue, 6);
        const rest = await bench().drain(queue, 6);
        assert.equal(bodies(rest), inPlace);
        assert.equal(counters(rest[0]), rule.closeCounters);
      });

      it('keeps the order when a consumer that was never cancelled goes', async () => {
        const queue = await filled(6);
        const channel = await bench().channel();
        let arrived = 0;
        await channel.prefetch(3);
        await new Promise<void>((resolve) => {
          void channel.consume(
            queue,
            { noAck: false },
            () => {
              arrived += 1;
              if (arrived === 3) resolve();
            },
            () => undefined,
          );
        });
        await channel.close();
        await bench().untilReady(queue, 6);
        assert.equal(bodies(await bench().drain(queue, 6)), inPlace);
      });

      it(`orders messages as ${rule.nackedFewer} when a second look takes fewer than the first`, async () => {
        const queue = await filled(6);
        const channel = await bench().channel();
        for (const count of [3, 2]) {
          await bench().hold(channel, queue, count);
          channel.nackAll(true);
          await channel.checkQueue(queue);
        }
        await channel.close();
        assert.equal(bodies(await bench().drain(queue, 6)), rule.nackedFewer);
      });

      it(`orders messages as ${rule.nackedBackwards} when they are nacked backwards`, async () => {
        const queue = await filled(6);
        const channel = await bench().channel();
        const held = await bench().hold(channel, queue, 4);
        for (const each of [held[2], held[0]]) channel.nack(each?.deliveryTag ?? 0, true);
        await channel.checkQueue(queue);
        assert.equal(bodies(await bench().drain(queue, 4)), rule.nackedBackwards);
      });

      it('gives back in order what was got one by one, when it is nacked', async () => {
        const queue = await filled(12);
        const channel = await bench().channel();
        for (let each = 0; each < 11; each += 1) await channel.get(queue);
        channel.nackAll(true);
        await channel.checkQueue(queue);
        await channel.close();
        const order = bodies(await bench().drain(queue, 12));
        const eleven = '0! 1! 2! 3! 4! 5! 6! 7! 8! 9! 10!';
        assert.equal(order, rule.nacked.startsWith('3') ? `11 ${eleven}` : `${eleven} 11`);
      });

      it(`orders messages as ${rule.gotAndClosed} when they were got one by one and the channel closed`, async () => {
        const queue = await filled(12);
        const channel = await bench().channel();
        for (let each = 0; each < 11; each += 1) await channel.get(queue);
        await channel.close();
        await bench().untilReady(queue, 12);
        assert.equal(bodies(await bench().drain(queue, 12)), rule.gotAndClosed);
      });

      const nackOne = async (channel: AmqpChannel, queue: string): Promise<void> => {
        channel.nackAll(true);
        await channel.checkQueue(queue);
        await channel.close();
      };
      it(`${fate(rule.lostAfterNacks)} of nacks`, async () => {
        await exhaust(bench(), await filled(1), rule.lostAfterNacks, nackOne);
      });

      it(`${fate(rule.lostAfterCloses)} of closed channels`, async () => {
        await exhaust(bench(), await filled(1), rule.lostAfterCloses, (channel) => channel.close());
      });
    });
  }

  describe('consumers', () => {
    const bench = benchFor(under);

    it('dead-letter what reached the delivery limit', async () => {
      const graveyard = await bench().exchange('fanout');
      const dead = await bench().queue('classic');
      await bench().bind(graveyard, dead);
      const limits = table({ 'x-delivery-limit': 1, 'x-dead-letter-exchange': graveyard });
      const queue = await bench().queue('quorum', limits);
      await bench().fill(queue, 1);
      for (let each = 0; each < 2; each += 1) {
        const channel = await bench().channel();
        await bench().hold(channel, queue, 1);
        await channel.close();
      }
      const [letter] = await bench().drain(dead, 1);
      assert.equal(textField(letter?.properties.headers, 'x-first-death-reason'), 'delivery_limit');
    });

    it('take messages by turns, each no more than its prefetch', async () => {
      for (const type of ['classic', 'quorum'] as const) {
        const queue = await bench().queue(type);
        const channel = await bench().channel();
        await channel.prefetch(2);
        const [first, second]: [string[], string[]] = [[], []];
        for (const taken of [first, second]) {
          await channel.consume(
            queue,
            { noAck: false },
            (delivery) => taken.push(bodies([delivery])),
            () => undefined,
          );
        }
        await bench().fill(queue, 6);
        await bench().untilReady(queue, 2);
        assert.deepEqual([first.length, second.length], [2, 2]);
        await channel.close();
      }
    });

    it('get more as they acknowledge, one or many at once', async () => {
      const queue = await bench().queue('quorum');
      await bench().fill(queue, 5);
      const channel = await bench().channel();
      await channel.prefetch(2);
      const tags: number[] = [];
      await channel.consume(
        queue,
        { noAck: false },
        (delivery) => tags.push(delivery.deliveryTag),
        () => undefined,
      );
      await bench().untilReady(queue, 3);
      channel.ack(1);
      await bench().untilReady(queue, 2);
      channel.ack(3, true);
      await bench().untilReady(queue, 0);
      assert.deepEqual(tags, [1, 2, 3, 4, 5]);
    });

    it('of a lower priority get what others have no room for', async () => {
      const queue = await bench().queue('classic');
      const channel = await bench().channel();
      const low: string[] = [];
      const high: string[] = [];
      const priority = table({ 'x-priority': -10 });
      await channel.consume(
        queue,
        { noAck: true, arguments: priority },
        (each) => low.push(bodies([each])),
        () => undefined,
      );
      await channel.prefetch(2);
      await channel.consume(
        queue,
        { noAck: false },
        (each) => high.push(bodies([each])),
        () => undefined,
      );
      await bench().fill(queue, 3);
      await bench().untilReady(queue, 0);
      await channel.checkQueue(queue);
      assert.deepEqual([high, low], [['0', '1'], ['2']]);
    });

    it('may name themselves, once on a channel', async () => {
      const queue = await bench().queue('classic');
      const channel = await (await bench().otherConnection()).openChannel();
      const consume = (): Promise<string> =>
        channel.consume(
          queue,
          { noAck: true, consumerTag: 'peek 1' },
          () => undefined,
          () => undefined,
        );
      assert.equal(await consume(), 'peek 1');
      await refuses(consume(), 'refused', /reuse consumer tag 'peek 1'/);
    });

    it('may be exclusive on a classic queue, which keeps others out, and not on a quorum queue', async () => {
      const consume = async (queue: string, exclusive: boolean): Promise<string> =>
        (await bench().channel()).consume(
          queue,
          { noAck: false, exclusive },
          () => undefined,
          () => undefined,
        );
      const classic = await bench().queue('classic');
      await consume(classic, true);
      await refuses(consume(classic, false), 'refused', /exclusive use/);
      const quorum = await bench().queue('quorum');
      await consume(quorum, true);
      await consume(quorum, false);
    });

    it('hear it when their queue is deleted', async () => {
      for (const type of ['classic', 'quorum', 'stream'] as const) {
        const queue = await bench().queue(type);
        const channel = await bench().channel();
        await channel.prefetch(1);
        const cancelled = new Promise<void>((resolve) => {
          void channel.consume(queue, { noAck: false }, () => undefined, resolve);
        });
        await channel.checkQueue(queue);
        await channel.deleteQueue(queue);
        await cancelled;
      }
    });

    it('wait their turn where one only may be active', async () => {
      const queue = await bench().queue('classic', table({ 'x-single-active-consumer': true }));
      const channel = await bench().channel();
      const taken: string[] = [];
      const consume = (who: string): Promise<string> =>
        channel.consume(
          queue,
          { noAck: true },
          (each) => taken.push(who + bodies([each])),
          () => undefined,
        );
      const first = await consume('a');
      await consume('b');
      await bench().fill(queue, 2);
      await bench().untilReady(queue, 0);
      await channel.cancel(first);
      await bench().fill(queue, 1);
      await bench().untilReady(queue, 0);
      await channel.checkQueue(queue);
      assert.deepEqual(taken, ['a0', 'a1', 'b0']);
    });

    it('cannot get from a quorum queue with a single active consumer', async () => {
      const queue = await bench().queue('quorum', table({ 'x-single-active-consumer': true }));
      await refuses((await bench().channel()).get(queue), 'locked', /single active consumer/);
    });

    it('lose their channel over a delivery tag it does not hold', async () => {
      const channel = await bench().channel();
      const closed = new Promise<string | undefined>((resolve) => {
        channel.onClosed((error) => {
          resolve(error?.reason);
        });
      });
      channel.ack(99);
      assert.equal(await closed, 'precondition');
    });

    it('may acknowledge on a channel that has gone, which does nothing', async () => {
      const queue = await bench().queue('classic');
      await bench().fill(queue, 1);
      const channel = await bench().channel();
      const got = await channel.get(queue);
      await channel.close();
      channel.ack(got?.deliveryTag ?? 0);
      channel.nackAll(true);
      await bench().drain(queue, 1);
    });
  });
}

function fate(lostAfter: number | undefined): string {
  return lostAfter === undefined
    ? 'keeps a message through 30'
    : `drops a message at number ${String(lostAfter)}`;
}

async function exhaust(
  bench: Bench,
  queue: string,
  lostAfter: number | undefined,
  giveBack: (channel: AmqpChannel, queue: string) => Promise<void>,
): Promise<void> {
  for (let times = 0; times < (lostAfter ?? 30); times += 1) {
    const channel = await bench.channel();
    await bench.hold(channel, queue, 1);
    await giveBack(channel, queue);
  }
  if (lostAfter === undefined) await bench.drain(queue, 1);
  else {
    await bench.untilReady(queue, 0);
    const channel = await bench.channel();
    assert.equal(await channel.get(queue), undefined);
  }
}
