import { createRequire } from 'node:module';
import type * as Amqplib from 'amqplib';
import { openBroker } from '../../src/core/broker/openBroker';
import { MessageView } from '../../src/core/tail/view';
import { systemClock } from '../../src/core/broker/systemClock';
import { inRepository } from '../lab/paths';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { waitUntil } from '../lab/ready';
import { rabbitProfile } from '../lab/profileOf';
import type { Result } from './result';
import { median, spreadOf, verdict } from './statistics';

/** amqplib as it comes from npm: in our bundles a codec of ours takes the place of its own. */
const amqplib = createRequire(inRepository('package.json'))('amqplib') as typeof Amqplib;

const messages = 40_000;
const bodyBytes = 1024;
const pairs = 7;
const queue = 'bench.intake';

/** One pass over a queue that was filled before. */
interface Pass {
  /** Messages a second, by the clock on the wall. Broker and consumer share the machine, so the broker may be the limit. */
  readonly rate: number;
  /** Messages for each second of processor time that this process spent, all threads counted: the consumer alone. */
  readonly perCpuSecond: number;
}

type Consumer = (node: RabbitNode) => Promise<Pass>;

/**
 * Tail intake into the ring buffer against a bare amqplib no-ack consumer that only counts, on 1 KiB messages of a
 * real RabbitMQ 4.3. Each pair fills the queue twice and reads it once each way, in turns.
 */
export async function benchTailIntake(): Promise<Result[]> {
  const node = await startRabbit({ series: '4.3' });
  try {
    // One ring for all passes, as in a tail that runs: the warm-up fills it, afterwards every message drops another.
    const view = new MessageView(systemClock);
    const tailConsumer: Consumer = (broker) => consumeInto(view, broker);
    const bare: Pass[] = [];
    const tail: Pass[] = [];
    // The first two pairs warm up broker, compiler and ring, and are not counted.
    for (let pair = -1; pair <= pairs; pair++) {
      const bareFirst = pair % 2 === 0;
      const first = await measure(node, bareFirst ? bareConsumer : tailConsumer);
      const second = await measure(node, bareFirst ? tailConsumer : bareConsumer);
      if (pair < 1) continue;
      bare.push(bareFirst ? first : second);
      tail.push(bareFirst ? second : first);
    }
    return [
      compare('tail intake, 1 KiB messages', 'messages/s', tail, bare, ({ rate }) => rate),
      compare(
        'tail intake, 1 KiB messages, by processor time',
        'messages/CPU s',
        tail,
        bare,
        (pass) => pass.perCpuSecond,
      ),
    ];
  } finally {
    await node.stop();
  }
}

function compare(
  name: string,
  unit: string,
  tail: readonly Pass[],
  bare: readonly Pass[],
  figure: (pass: Pass) => number,
): Result {
  const ratios = tail.map((pass, index) => figure(pass) / figure(bare[index] ?? pass));
  return {
    name,
    value: Math.round(median(tail.map(figure))),
    unit,
    baseline: Math.round(median(bare.map(figure))),
    ratio: Number(median(ratios).toFixed(3)),
    spread: spreadOf(ratios),
    budget: 'at least 0.9 of a bare amqplib no-ack consumer',
    ok: verdict(ratios, (ratio) => ratio >= 0.9),
  };
}

async function measure(node: RabbitNode, consumer: Consumer): Promise<Pass> {
  await fill(node);
  globalThis.gc?.();
  return await consumer(node);
}

/** A classic queue with all messages in it, none of them on the way any more. */
async function fill(node: RabbitNode): Promise<void> {
  const connection = await amqplib.connect(node.amqpUrl);
  const channel = await connection.createChannel();
  await channel.assertQueue(queue, { durable: true });
  await channel.purgeQueue(queue);
  const body = Buffer.alloc(bodyBytes, 'x');
  for (let sent = 0; sent < messages; sent++) {
    const room = channel.sendToQueue(queue, body, { contentType: 'text/plain', headers: { tenant: 'acme' } });
    if (!room) await new Promise((resolve) => channel.once('drain', resolve));
  }
  const filled = async (): Promise<boolean> => (await channel.checkQueue(queue)).messageCount === messages;
  if (!(await waitUntil(filled, 60_000))) throw new Error('The queue did not fill up in a minute.');
  await connection.close();
}

async function bareConsumer(node: RabbitNode): Promise<Pass> {
  const connection = await amqplib.connect(node.amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  let received = 0;
  const finish = begin();
  await new Promise<void>((resolve, reject) => {
    const onMessage = (): void => {
      if (++received === messages) resolve();
    };
    channel.consume(queue, onMessage, { noAck: true }).catch(reject);
  });
  const pass = finish();
  await connection.close();
  return pass;
}

/** What a tap does with what it receives, from the socket to the ring buffer, with the defaults of a user's tail. */
async function consumeInto(view: MessageView, node: RabbitNode): Promise<Pass> {
  const network = { noProxy: [], strictSsl: true, certificateAuthorities: [] };
  const broker = openBroker(rabbitProfile(node), { password: node.password }, network);
  const connection = await broker.amqp.connect('/', 'bench');
  const channel = await connection.openChannel();
  let received = 0;
  const finish = begin();
  await new Promise<void>((resolve, reject) => {
    const onDelivery = (delivery: Parameters<MessageView['message']>[0]): void => {
      view.message(delivery);
      if (++received === messages) resolve();
    };
    channel.consume(queue, { noAck: true }, onDelivery, () => undefined).catch(reject);
  });
  const pass = finish();
  await connection.close();
  broker.dispose();
  return pass;
}

function begin(): () => Pass {
  const start = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return {
      rate: (messages * 1_000) / (performance.now() - start),
      perCpuSecond: (messages * 1_000_000) / (user + system),
    };
  };
}
