import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { emptyTable } from '../../src/core/base/fieldValue';
import type { AmqpChannel, AmqpConnection } from '../../src/core/broker/amqpPort';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import { readRecordLine } from '../../src/core/message/readRecordLine';
import type { RecordedMessage } from '../../src/core/message/recordLine';
import { profileOf, rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { temporaryFolder } from '../lab/temporaryFolder';
import type { TemporaryFolder } from '../lab/temporaryFolder';
import { anyRecordedMessage } from '../support/anyMessage';
import { drain, durableQueue } from '../support/queueContent';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';

/** Every kind of property, header and body that a broker passes on; the same ones in every run. */
const messages = fc
  .sample(anyRecordedMessage, { numRuns: 120, seed: 20261124 })
  .map(({ properties, ...message }) => {
    const { expiration: _, userId: __, timestamp, deliveryMode, ...others } = properties;
    const seconds = timestamp === undefined ? undefined : String(BigInt(timestamp) % 2n ** 50n);
    return {
      ...message,
      properties: {
        ...others,
        ...(deliveryMode === undefined ? {} : { deliveryMode: (deliveryMode % 2) + 1 }),
        ...(seconds === undefined ? {} : { timestamp: seconds }),
      },
    };
  })
  // Erlang has no such numbers.
  .filter((message) => !/"(?:NaN|-?Infinity)"/.test(JSON.stringify(message.properties)));

/** Binary, and many frames long. */
const large = new Uint8Array(1_000_000).fill(0xfe);

for (const series of allSeries) {
  describe(`a recording on RabbitMQ ${series}`, () => {
    let node: RabbitNode;
    let connection: AmqpConnection;
    let channel: AmqpChannel;
    let worker: WorkerSession;
    let folder: TemporaryFolder;

    before(async function () {
      this.timeout(120_000);
      folder = temporaryFolder('recording');
      node = await startRabbit({ series });
      connection = await openBroker(...profileOf(node)).amqp.connect('/', 'test');
      channel = await connection.openChannel();
      worker = workerSession(openBroker, systemClock);
      await worker.open(rabbitProfile(node));
      const exchange = { durable: true, autoDelete: false, internal: false, arguments: emptyTable };
      await channel.declareExchange('orders', { ...exchange, type: 'fanout' });
      for (const queue of ['source', 'copy']) await channel.declareQueue(queue, durableQueue());
      const binding = { source: 'orders', destination: 'source', destinationKind: 'queue' } as const;
      await channel.bind({ ...binding, routingKey: '', arguments: emptyTable });
    });

    after(async () => {
      await worker.close();
      await connection.close();
      await node.stop();
      await folder.remove();
    });

    /** Records what arrives in the queue's bindings while `work` runs. */
    async function recorded(name: string, count: number, work: () => Promise<unknown>): Promise<string> {
      const file = path.join(folder.path, name);
      const { viewId } = await worker.tail({ kind: 'queue', vhost: '/', queue: 'source' });
      await worker.client.request('startRecording', { viewId, path: file });
      await work();
      await worker.viewWhere(viewId, ({ received }) => received === count);
      const { messages: written, leftOut } = await worker.client.request('stopRecording', { viewId });
      assert.deepEqual([written, leftOut], [count, 0]);
      await worker.client.request('closeView', { viewId });
      return file;
    }

    /** All of it but the time, which is another one each time. */
    async function contentOf(file: string): Promise<Omit<RecordedMessage, 'receivedAt'>[]> {
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').map(readRecordLine);
      return lines.map((line) => {
        assert.ok(line.kind === 'message', JSON.stringify(line));
        const { receivedAt: _, ...content } = line.message;
        return content;
      });
    }

    it('comes out of a replay byte for byte, in its order, where it went and in another queue', async () => {
      const bodies = [...messages.map(({ body }) => body), large];
      const first = await recorded('first.jsonl', bodies.length, async () => {
        for (const [index, body] of bodies.entries()) {
          const { properties = {} } = messages[index] ?? {};
          const draft = { exchange: 'orders', routingKey: `key.${String(index)}`, properties, body };
          assert.equal((await channel.publish(draft)).kind, 'routed');
        }
      });
      const seen = await contentOf(first);
      assert.deepEqual(
        seen.map(({ body }) => Buffer.from(body).toString('hex')),
        bodies.map((body) => Buffer.from(body).toString('hex')),
      );
      const fast = { timing: { kind: 'rate', perSecond: 100_000 }, userIds: 'keep' } as const;
      const again = await recorded('again.jsonl', bodies.length, async () => {
        const result = await worker.client.request('replay', { vhost: '/', path: first, ...fast });
        assert.equal(result.routed, bodies.length, JSON.stringify(result));
      });
      assert.deepEqual(await contentOf(again), seen);
      await worker.client.request('replay', {
        vhost: '/',
        path: again,
        ...fast,
        target: { exchange: '', routingKey: 'copy' },
      });
      const copies = await drain(channel, 'copy', bodies.length);
      assert.deepEqual(
        copies.map(({ properties, body }) => ({ properties, body: Buffer.from(body).toString('hex') })),
        seen.map(({ properties, body }) => ({ properties, body: Buffer.from(body).toString('hex') })),
      );
    });

    it('loses nothing but the message that a broker refuses', async () => {
      const file = path.join(folder.path, 'first.jsonl');
      const { exchanges, otherUsers } = await worker.client.request('recordingFacts', { path: file });
      assert.deepEqual([exchanges, otherUsers], [[{ name: 'orders', messages: messages.length + 1 }], 0]);
      const result = await worker.client.request('replay', {
        vhost: '/',
        path: file,
        timing: { kind: 'rate', perSecond: 100_000 },
        userIds: 'keep',
        target: { exchange: 'nowhere' },
      });
      assert.equal(result.refused, messages.length + 1);
      assert.equal(result.unknown, 0);
    });
  });
}
