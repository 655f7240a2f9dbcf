import type { Arrival } from '../../src/core/tail/ringBuffer';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import { MessageView } from '../../src/core/tail/view';
import { profileOf } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { waitUntil } from '../lab/ready';
import { inTurns } from './inTurns';
import { amqplib } from './plainAmqplib';
import { resultOf } from './result';
import type { Budget, Result } from './result';

const queue = 'bench.intake';

/** A pass reads so many messages of that size from a queue that was filled before. */
interface Load {
  readonly label: string;
  readonly bodyBytes: number;
  readonly messages: number;
}

const loads: readonly Load[] = [
  { label: '100 B', bodyBytes: 100, messages: 40_000 },
  { label: '1 KiB', bodyBytes: 1_024, messages: 40_000 },
  { label: '16 KiB', bodyBytes: 16 * 1_024, messages: 8_000 },
];

/** Broker and consumer share the machine, so by the clock on the wall the broker may be the limit. */
interface Pass {
  /** Messages a second. */
  readonly rate: number;
  /** Messages for each second of processor time that this process spent, all threads counted: the consumer alone. */
  readonly perCpuSecond: number;
}

const budget: Budget = {
  words: 'at least 0.9 of a bare amqplib no-ack consumer',
  about: 'ratio',
  holds: (ratio) => ratio >= 0.9,
};

const filteredBudget: Budget = {
  words: 'at least 0.7 of a bare amqplib no-ack consumer',
  about: 'ratio',
  holds: (ratio) => ratio >= 0.7,
};

/**
 * Tail intake into a full ring buffer against a bare amqplib no-ack consumer that only counts, on a real RabbitMQ 4.3.
 * Each round fills the queue anew for every consumer.
 */
export async function benchTailIntake(): Promise<Result[]> {
  const node = await startRabbit({ series: '4.3' });
  try {
    const results: Result[] = [];
    for (const load of loads) results.push(...(await intakeOf(load, node)));
    return results;
  } finally {
    await node.stop();
  }
}

async function intakeOf(load: Load, node: RabbitNode): Promise<Result[]> {
  const plain = fullView(load);
  const filtered = fullView(load);
  filtered.setFilter(`header.tenant:acme AND size:>=${String(load.bodyBytes)}`);
  const { bare, tail, filter } = await inTurns(
    {
      bare: () => measure(node, load, bareConsumer),
      tail: () => measure(node, load, intoView(plain)),
      filter: () => measure(node, load, intoView(filtered)),
    },
    { warmUps: 2 },
  );
  plain.dispose();
  filtered.dispose();
  return [
    ...compare(`tail intake, ${load.label} messages`, tail, bare, budget),
    ...compare(`tail intake with a field filter, ${load.label} messages`, filter, bare, filteredBudget),
  ];
}

function compare(name: string, tail: readonly Pass[], bare: readonly Pass[], kept: Budget): Result[] {
  return [
    resultOf({
      name,
      unit: 'messages/s',
      measured: tail.map(({ rate }) => rate),
      baseline: bare.map(({ rate }) => rate),
      budget: kept,
    }),
    resultOf({
      name: `${name}, by processor time`,
      unit: 'messages/CPU s',
      measured: tail.map(({ perCpuSecond }) => perCpuSecond),
      baseline: bare.map(({ perCpuSecond }) => perCpuSecond),
      budget: kept,
    }),
  ];
}

/** With the limits of a user's tail, and already so full that every message lets another one go. */
function fullView({ bodyBytes }: Load): MessageView {
  const view = new MessageView(systemClock);
  const arrival: Arrival = {
    exchange: '',
    routingKey: queue,
    redelivered: false,
    properties: { contentType: 'text/plain' },
    body: Buffer.alloc(bodyBytes, 'x'),
  };
  while (view.window().dropped === 0) view.message(arrival);
  return view;
}

type Consumer = (node: RabbitNode, messages: number) => Promise<Pass>;

async function measure(node: RabbitNode, load: Load, consumer: Consumer): Promise<Pass> {
  await fill(node, load);
  globalThis.gc?.();
  return await consumer(node, load.messages);
}

/** A classic queue with all messages in it, none of them on the way any more. */
async function fill(node: RabbitNode, { messages, bodyBytes }: Load): Promise<void> {
  const connection = await amqplib.connect(node.amqpUrl);
  const channel = await connection.createChannel();
  await channel.assertQueue(queue, { durable: true });
  await channel.purgeQueue(queue);
  const body = Buffer.alloc(bodyBytes, 'x');
  // Half of them match the filter: finding and passing over both cost something.
  const tenants = [{ tenant: 'acme' }, { tenant: 'globex' }];
  for (let sent = 0; sent < messages; sent++) {
    const room = channel.sendToQueue(queue, body, { contentType: 'text/plain', headers: tenants[sent % 2] });
    if (!room) await new Promise((resolve) => channel.once('drain', resolve));
  }
  const filled = async (): Promise<boolean> => (await channel.checkQueue(queue)).messageCount === messages;
  if (!(await waitUntil(filled, 60_000))) throw new Error('The queue did not fill up in a minute.');
  await connection.close();
}

const bareConsumer: Consumer = async (node, messages) => {
  const connection = await amqplib.connect(node.amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  let received = 0;
  const finish = begin(messages);
  await new Promise<void>((resolve, reject) => {
    const onMessage = (): void => {
      if (++received === messages) resolve();
    };
    channel.consume(queue, onMessage, { noAck: true }).catch(reject);
  });
  const pass = finish();
  await connection.close();
  return pass;
};

/** What a tap does with what it receives, from the socket to the ring buffer. */
function intoView(view: MessageView): Consumer {
  return async (node, messages) => {
    const broker = openBroker(...profileOf(node));
    const connection = await broker.amqp.connect('/', 'bench');
    const channel = await connection.openChannel();
    let received = 0;
    const finish = begin(messages);
    await new Promise<void>((resolve, reject) => {
      const onDelivery = (delivery: Arrival): void => {
        view.message(delivery);
        if (++received === messages) resolve();
      };
      channel.consume(queue, { noAck: true }, onDelivery, () => undefined).catch(reject);
    });
    await lookedAtAll(view);
    const pass = finish();
    await connection.close();
    broker.dispose();
    return pass;
  };
}

/** A filter that falls behind what arrives has not kept up. */
async function lookedAtAll(view: MessageView): Promise<void> {
  for (;;) {
    const { filter } = view.window();
    if (!filter || (!filter.running && filter.scanned >= filter.total)) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function begin(messages: number): () => Pass {
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
