import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { integerField } from '../../src/core/base/fieldValue';
import type { AmqpChannel } from '../../src/core/broker/amqpPort';
import type { Broker } from '../../src/core/broker/broker';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { Delivery } from '../../src/core/message/message';
import type { PeekState } from '../../src/protocol/view';
import { profileOf, rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import type { RabbitSeries } from '../lab/rabbitmqInstall';
import { eventually } from '../support/eventually';
import { drain, durableQueue, fill, numbersOf, upTo } from '../support/queueContent';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';

/** What is announced, and what three peeks then change: the rows of DOMAIN 1.1 that the lab has. */
interface Row {
  readonly kind: string;
  readonly arguments: Record<string, string | number>;
  /** As a policy, which the cost must know as well as an argument. */
  readonly policy?: Record<string, string | number>;
  readonly announced: Readonly<Record<RabbitSeries, RegExp>>;
  /** `x-delivery-count` of a peeked message after three peeks; missing where the broker shows none. */
  readonly counted: Readonly<Record<RabbitSeries, number | undefined>>;
}

const none = / and uses none of their deliveries/;
const raises = / and raises their delivery count, which has no limit here/;
const uses = (limit: number): RegExp => new RegExp(` and uses 1 of their ${String(limit)} deliveries`);
const quorum = { 'x-queue-type': 'quorum' };
const places = /gives them back in their old places/;

const table: Row[] = [
  {
    kind: 'classic queue',
    arguments: {},
    announced: { '3.10': places, '4.0': places, '4.3': places },
    counted: { '3.10': undefined, '4.0': undefined, '4.3': undefined },
  },
  {
    kind: 'quorum queue with the default limit',
    arguments: quorum,
    announced: { '3.10': raises, '4.0': uses(20), '4.3': none },
    counted: { '3.10': 3, '4.0': 3, '4.3': undefined },
  },
  {
    kind: 'quorum queue with a limit of 9 by argument',
    arguments: { ...quorum, 'x-delivery-limit': 9 },
    announced: { '3.10': uses(9), '4.0': uses(9), '4.3': none },
    counted: { '3.10': 3, '4.0': 3, '4.3': undefined },
  },
  {
    kind: 'quorum queue with a limit of 7 by policy',
    arguments: quorum,
    policy: { 'delivery-limit': 7 },
    announced: { '3.10': uses(7), '4.0': uses(7), '4.3': none },
    counted: { '3.10': 3, '4.0': 3, '4.3': undefined },
  },
];

for (const series of allSeries) {
  describe(`what a peek costs on RabbitMQ ${series}`, () => {
    let node: RabbitNode;
    let broker: Broker;
    let channel: AmqpChannel;
    let worker: WorkerSession;

    before(async function () {
      this.timeout(120_000);
      node = await startRabbit({ series });
      broker = openBroker(...profileOf(node));
      channel = await (await broker.amqp.connect('/', 'test')).openChannel();
      worker = workerSession(openBroker, systemClock);
      await worker.open(rabbitProfile(node));
    });

    after(async () => {
      await worker.close();
      broker.dispose();
      await node.stop();
    });

    async function policy(queue: string, definition: Record<string, string | number>): Promise<void> {
      const pattern = `^${queue.replace(/\./g, '\\.')}$`;
      await node.api('PUT', `/api/policies/%2F/${queue}`, { pattern, definition, 'apply-to': 'queues' });
      await eventually(async () => {
        const path = `/api/queues/%2F/${queue}`;
        const found = await node.api<{ effective_policy_definition?: object }>('GET', path);
        assert.deepEqual(found.effective_policy_definition, definition);
      });
    }

    async function queueOf(name: string, count: number, row: Pick<Row, 'arguments' | 'policy'>) {
      await channel.declareQueue(name, durableQueue(row.arguments));
      if (row.policy) await policy(name, row.policy);
      await fill(channel, name, 0, count);
      return name;
    }

    async function announced(queue: string, count: number): Promise<PeekState> {
      const { viewId, peek } = await worker.client.request('openPeek', { vhost: '/', queue, count });
      await worker.client.request('closeView', { viewId });
      assert.ok(peek);
      return peek;
    }

    const deliveryCount = ({ properties }: Delivery | { properties: Delivery['properties'] }) =>
      integerField(properties.headers, 'x-delivery-count');

    table.forEach((row, index) => {
      it(`is what it said before: ${row.kind}`, async () => {
        const queue = await queueOf(`row.${String(index)}`, 12, row);
        const { costs, consent } = await announced(queue, 5);
        assert.match(costs[0] ?? '', /^This marks 5 messages as redelivered/);
        assert.match(costs[0] ?? '', row.announced[series]);
        assert.equal(consent, undefined);
        for (let round = 1; round <= 3; round++) {
          const { peek } = await worker.peek('/', queue, 5);
          assert.match(peek?.receipt?.[0] ?? '', /^5 read, \d+ given back, order unchanged\.$/);
          assert.match(peek?.receipt?.join(' ') ?? '', /These are the first 5 of about 12 ready messages/);
        }
        const all = await drain(channel, queue, 12);
        assert.deepEqual(numbersOf(all), upTo(12), 'order before is order after');
        const marked = numbersOf(all.filter(({ redelivered }) => redelivered));
        assert.deepEqual(marked.slice(0, 5), upTo(5));
        assert.deepEqual(all.slice(0, 5).map(deliveryCount), Array(5).fill(row.counted[series]));
      });
    });

    it('at the delivery limit is a message, which takes consent; where nothing is used none is asked for', async () => {
      const queue = await queueOf('spent', 4, { arguments: { ...quorum, 'x-delivery-limit': 3 } });
      const perishes = series !== '4.3';
      let refusals = 0;
      let peeks = 0;
      for (let round = 1; round <= 6; round++) {
        const { consent } = await announced(queue, 4);
        if (consent === undefined) {
          assert.equal((await worker.peek('/', queue, 4)).status.kind, 'done');
          peeks += 1;
          continue;
        }
        assert.match(consent, /delivered \d times already, of at most 3: .*dropped \(the queue has no/);
        await assert.rejects(worker.peek('/', queue, 4), /delivered \d times already/);
        refusals += 1;
      }
      assert.deepEqual([refusals > 0, peeks], perishes ? [true, 2] : [false, 6]);
      assert.equal((await channel.checkQueue(queue)).ready, 4, 'without consent nothing is lost');
      for (let round = 1; perishes && round <= 4; round++) await worker.peek('/', queue, 4, true);
      assert.equal((await channel.checkQueue(queue)).ready, perishes ? 0 : 4, 'what it said is what happens');
    });

    it('names the policies that can drop or end something meanwhile', async () => {
      const definition = { 'message-ttl': 600_000, 'max-length': 50, expires: 1_800_000 };
      const queue = await queueOf('by.policy', 2, { arguments: {}, policy: definition });
      const { costs } = await announced(queue, 1);
      const text = costs.join(' ');
      for (const words of [/time to live ends meanwhile/, /its limit drops/, /expires starts again/])
        assert.match(text, words);
    });

    it('is an order that changed where more than 2,000 messages had been delivered before, and says so', async () => {
      const queue = await queueOf('long', 2_100, { arguments: quorum });
      const taking = await (await broker.amqp.connect('/', 'test')).openChannel();
      let taken = 0;
      await taking.prefetch(2_100);
      await taking.consume(
        queue,
        { noAck: false },
        () => (taken += 1),
        () => undefined,
      );
      await eventually(() => {
        assert.equal(taken, 2_100);
      });
      await taking.close();
      await eventually(async () => {
        assert.equal((await channel.checkQueue(queue)).ready, 2_100);
      });
      const { peek } = await worker.peek('/', queue, 10);
      const receipt = peek?.receipt?.join(' ') ?? '';
      assert.match(receipt, /^10 read, 2,000 given back, order changed\./);
      assert.match(receipt, /the peek stops at 2,000 messages/);
      const after = numbersOf(await drain(channel, queue, 2_100));
      assert.deepEqual(after, [...upTo(2_100).slice(2_000), ...upTo(2_000)]);
    });

    if (series === '4.3') {
      it('names the delay of what is returned, and that is what happens', async () => {
        const delayed = { ...quorum, 'x-delayed-retry-type': 'returned', 'x-delayed-retry-min': 3_000 };
        const queue = await queueOf('delayed', 3, { arguments: delayed });
        const { costs } = await announced(queue, 3);
        assert.match(costs.join(' '), /invisible for a while after the peek/);
        const { peek } = await worker.peek('/', queue, 3);
        assert.equal(
          peek?.receipt?.some((sentence) => sentence.startsWith('Confirmed')),
          false,
        );
        await eventually(async () => {
          assert.equal((await channel.checkQueue(queue)).ready, 3);
        });
        assert.deepEqual(numbersOf(await drain(channel, queue, 3)), upTo(3));
      });
    }
  });
}
