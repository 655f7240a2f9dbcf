import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { AmqpChannel } from '../../src/core/broker/amqpPort';
import type { Broker } from '../../src/core/broker/broker';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import { planPeek } from '../../src/core/peek/peekPlan';
import type { PeekReceipt } from '../../src/core/peek/peekReceipt';
import { runPeek } from '../../src/core/peek/peekSession';
import { profileOf } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { cuttableProxy } from '../support/cuttableProxy';
import type { CuttableProxy } from '../support/cuttableProxy';
import { eventually } from '../support/eventually';
import { drain, durableQueue, fill, numbersOf, upTo } from '../support/queueContent';

const messages = 60;
const types = ['classic', 'quorum'] as const;

for (const series of allSeries) {
  describe(`a peek whose connection breaks on RabbitMQ ${series}`, () => {
    let node: RabbitNode;
    let proxy: CuttableProxy;
    let direct: Broker;
    let proxied: Broker;

    before(async function () {
      this.timeout(120_000);
      node = await startRabbit({ series });
      proxy = await cuttableProxy(node.amqpPort);
      direct = openBroker(...profileOf(node));
      proxied = openBroker(...profileOf(node, { port: proxy.port }));
    });

    after(async () => {
      direct.dispose();
      proxied.dispose();
      await proxy.close();
      await node.stop();
    });

    async function openChannel(): Promise<AmqpChannel> {
      return (await direct.amqp.connect('/', 'test')).openChannel();
    }

    /** Peeks at 40 messages; `breakIt` is called while they arrive. */
    async function broken(queue: string, breakIt: () => void): Promise<PeekReceipt> {
      const info = await eventually(async () => {
        const found = await direct.management?.queue('/', queue);
        assert.ok(found);
        return found;
      });
      let shown = 0;
      return runPeek(
        {
          amqp: proxied.amqp,
          clock: systemClock,
          vhost: '/',
          queue,
          connectionName: 'peek',
          plan: planPeek({ queue: info, described: true, version: node.version, count: 40 }),
          show: () => {
            shown += 1;
            if (shown === 20) breakIt();
          },
        },
        new AbortController().signal,
      );
    }

    function saysLost({ confirmed, sentences }: PeekReceipt): void {
      assert.equal(confirmed, false);
      assert.match(sentences[0] ?? '', /the connection was lost before they were given back/);
      assert.match(sentences.join(' '), /gives unacknowledged messages back when it notices/);
    }

    for (const type of types) {
      it(`loses and moves no message of a ${type} queue when the network is cut`, async () => {
        const queue = `cut.${type}`;
        const channel = await openChannel();
        await channel.declareQueue(queue, durableQueue({ 'x-queue-type': type }));
        await fill(channel, queue, 0, messages);
        saysLost(
          await broken(queue, () => {
            proxy.cut();
          }),
        );
        await eventually(async () => {
          assert.equal((await channel.checkQueue(queue)).ready, messages);
        });
        assert.deepEqual(numbersOf(await drain(channel, queue, messages)), upTo(messages));
      });
    }
  });
}
