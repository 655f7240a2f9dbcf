import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Amqplib from 'amqplib';
import { startBrowser } from '../lab/browser';
import { inRepository, repository } from '../lab/paths';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { waitUntil } from '../lab/ready';
import { temporaryFolder } from '../lab/temporaryFolder';
import { startVscodeServer } from '../lab/vscodeServer';
import { rabbitProfile } from '../lab/profileOf';
import type { HostFindings } from './hostProbe';
import type { Result } from './result';
import { median, spreadOf } from './statistics';

const amqplib = createRequire(inRepository('package.json'))('amqplib') as typeof Amqplib;
const windows = 7;

/**
 * From inside a real extension host: the time of activation in fresh windows, and the event-loop delay while a tail
 * runs at full speed, against the same host beside a worker that only counts what amqplib delivers.
 */
export async function benchHost(): Promise<Result[]> {
  const folder = temporaryFolder('bench-host');
  const file = path.join(folder.path, 'findings.json');
  const node = await startRabbit({ series: '4.3' });
  const publisher = await startPublisher(node);
  const server = await startVscodeServer({
    userSettings: { 'amqp.connections': [rabbitProfile(node, { id: 'bench' })] },
    env: { AMQP_BENCH_RESULT: file, AMQP_BENCH_URL: node.amqpUrl },
  });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const address = server.url({
      folder: folder.path,
      developmentPath: repository,
      testsPath: inRepository('out', 'lab', 'hostProbe.js'),
    });
    const visit = async (minutes: number): Promise<HostFindings> => {
      await rm(file, { force: true });
      await page.goto(address);
      if (!(await waitUntil(() => Promise.resolve(existsSync(file)), minutes * 60_000)))
        throw new Error('The extension host found nothing.');
      const found = JSON.parse(await readFile(file, 'utf8')) as HostFindings | { error: string };
      if ('error' in found) throw new Error(`The extension host found nothing: ${found.error}`);
      return found;
    };
    const fresh: HostFindings[] = [];
    for (let window = 0; window < windows; window++) fresh.push(await visit(2));
    await writeFile(`${file}.pairs`, '');
    publisher.start();
    const { pairs } = await visit(5);
    return [
      duration(
        'loading dist/extension.js in a fresh window',
        fresh.map(({ loadMs }) => loadMs),
      ),
      duration(
        'load and activation in a fresh window, wall clock, beside the start of all other extensions',
        fresh.map(({ activationMs }) => activationMs),
      ),
      eventLoop(pairs),
    ];
  } finally {
    await browser.close();
    await server.stop();
    await publisher.stop();
    await node.stop();
    await folder.remove();
  }
}

function duration(name: string, values: readonly number[]): Result {
  const value = median(values);
  return {
    name,
    value: round(value),
    unit: 'ms',
    spread: spreadOf(values.map(round)),
    budget: 'activation at most 50 ms synchronous, module load included',
    ok: value <= 50 ? 'yes' : Math.min(...values) <= 50 ? 'noisy' : 'no',
  };
}

function eventLoop(pairs: HostFindings['pairs']): Result {
  const more = pairs.map(({ bare, tail }) => tail.p99 - bare.p99);
  const rate = (of: 'bare' | 'tail'): number =>
    Math.round(median(pairs.map((pair) => pair[of].messagesPerSecond)));
  const value = median(more);
  return {
    name: `event-loop delay of the extension host, p99, tail at ${rate('tail')} messages/s beside a bare worker at ${rate('bare')}`,
    value: round(median(pairs.map(({ tail }) => tail.p99))),
    unit: 'ms',
    baseline: round(median(pairs.map(({ bare }) => bare.p99))),
    spread: spreadOf(more.map(round)),
    budget: 'at most 5 ms more',
    ok: value <= 5 ? 'yes' : Math.min(...more) <= 5 ? 'noisy' : 'no',
  };
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

/** Publishes 1 KiB messages as fast as the broker takes them, into a bounded queue behind a fanout exchange. */
async function startPublisher(node: RabbitNode): Promise<{ start(): void; stop(): Promise<void> }> {
  const connection = await amqplib.connect(node.amqpUrl);
  const channel = await connection.createChannel();
  await channel.assertExchange('bench.exchange', 'fanout', { durable: true });
  await channel.assertQueue('bench.queue', { durable: true, arguments: { 'x-max-length': 100 } });
  await channel.bindQueue('bench.queue', 'bench.exchange', '');
  const body = Buffer.alloc(1024, 'x');
  let running = false;
  const publish = async (): Promise<void> => {
    while (running) {
      const room = channel.publish('bench.exchange', 'key', body, { contentType: 'text/plain' });
      if (!room) await new Promise((resolve) => channel.once('drain', resolve));
    }
  };
  let publishing: Promise<void> = Promise.resolve();
  return {
    start: () => {
      running = true;
      publishing = publish();
    },
    stop: async () => {
      running = false;
      await publishing;
      await connection.close();
    },
  };
}
