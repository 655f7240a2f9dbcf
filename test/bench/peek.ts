import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import { rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';
import { inTurns } from './inTurns';
import { amqplib } from './plainAmqplib';
import { resultOf } from './result';
import type { Result } from './result';

const peeked = 500;
const filled = 1_000;
const bodyBytes = 1_024;

interface Pass {
  /** Milliseconds until all 500 were there. */
  readonly read: number;
  /** And until they had been given back, and that was confirmed. */
  readonly done: number;
}

/** A peek of 500 messages through the worker's contract beside a bare consumer that reads as many and gives them back. */
export async function benchPeek(): Promise<Result[]> {
  const node = await startRabbit({ series: '4.3' });
  const session = workerSession(openBroker, systemClock);
  try {
    await session.open(rabbitProfile(node));
    const results: Result[] = [];
    for (const type of ['classic', 'quorum']) results.push(...(await peekOf(type, node, session)));
    return results;
  } finally {
    await session.close();
    await node.stop();
  }
}

async function peekOf(type: string, node: RabbitNode, session: WorkerSession): Promise<Result[]> {
  const queue = `bench.peek.${type}`;
  // Filled anew for every pass: a quorum queue counts deliveries and ends what came back too often.
  const { bare, peek } = await inTurns({
    bare: async () => {
      await fill(node, queue, type);
      return bareConsume(node, queue);
    },
    peek: async () => {
      await fill(node, queue, type);
      return peekAt(session, queue);
    },
  });
  return [
    resultOf({
      name: `peek of ${peeked} messages, ${type} queue, until all are shown`,
      unit: 'ms',
      measured: peek.map(({ read }) => read),
      baseline: bare.map(({ read }) => read),
      budget: {
        words: 'at most 2 times a bare consume of the same',
        about: 'ratio',
        holds: (ratio) => ratio <= 2,
      },
    }),
    resultOf({
      name: `peek of ${peeked} messages, ${type} queue, until given back and confirmed`,
      unit: 'ms',
      measured: peek.map(({ done }) => done),
      baseline: bare.map(({ done }) => done),
    }),
  ];
}

/** Connect, read with a prefetch of 500, give all back, close. */
async function bareConsume(node: RabbitNode, queue: string): Promise<Pass> {
  const start = performance.now();
  const connection = await amqplib.connect(node.amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.prefetch(peeked);
  let received = 0;
  await new Promise<void>((resolve, reject) => {
    const onMessage = (): void => {
      if (++received === peeked) resolve();
    };
    channel.consume(queue, onMessage, { noAck: false }).catch(reject);
  });
  const read = performance.now() - start;
  channel.nackAll(true);
  await connection.close();
  return { read, done: performance.now() - start };
}

/** From when the plan was checked against the queue once more, which asks the management API and not the queue. */
async function peekAt({ client }: WorkerSession, queue: string): Promise<Pass> {
  const { viewId } = await client.request('openPeek', { vhost: '/', queue, count: peeked });
  await client.request('startPeek', { viewId, count: peeked, consented: true });
  const start = performance.now();
  let read: number | undefined;
  for (;;) {
    const { status, received } = await client.request('view', { viewId });
    if (status.kind === 'failed') throw new Error(`The peek failed: ${status.text}`);
    if (received >= peeked) read ??= performance.now() - start;
    if (status.kind === 'done' && read !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const done = performance.now() - start;
  await client.request('closeView', { viewId });
  return { read, done };
}

async function fill(node: RabbitNode, queue: string, type: string): Promise<void> {
  const connection = await amqplib.connect(node.amqpUrl);
  const channel = await connection.createConfirmChannel();
  await channel.deleteQueue(queue);
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': type } });
  const body = Buffer.alloc(bodyBytes, 'x');
  for (let sent = 0; sent < filled; sent++)
    channel.sendToQueue(queue, body, { contentType: 'text/plain', headers: { tenant: 'acme' } });
  await channel.waitForConfirms();
  await connection.close();
}
