// Publishes at the rate it is told; started by `startPublisher`.
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { amqplib } from './plainAmqplib';
import { benchExchange, benchQueue, stampDigits } from './publisher';
import type { PublisherData } from './publisher';

/** Between two bursts of a paced publisher: short beside the 100 ms of a snapshot. */
const tickMs = 5;
/** What a publisher that was held up makes good; the rest of its debt is forgiven. */
const mostDebtMs = 200;

async function main({ url, bodyBytes }: PublisherData): Promise<void> {
  const connection = await amqplib.connect(url, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertExchange(benchExchange, 'fanout', { durable: true });
  await channel.assertQueue(benchQueue, { durable: true, arguments: { 'x-max-length': 100 } });
  await channel.bindQueue(benchQueue, benchExchange, '');
  const template = Buffer.alloc(Math.max(bodyBytes, stampDigits), 'x');
  /** Whether there is room for more. */
  const publish = (): boolean => {
    const body = Buffer.from(template);
    body.write(String(Date.now()), 'latin1');
    return channel.publish(benchExchange, 'key', body, {
      contentType: 'text/plain',
      headers: { tenant: 'acme' },
    });
  };

  let rate = 0;
  let last = performance.now();
  let due = 0;
  let blocked = false;
  const tick = (): void => {
    const now = performance.now();
    due =
      rate === Infinity
        ? Infinity
        : Math.min(due + ((now - last) * rate) / 1_000, (mostDebtMs * rate) / 1_000);
    last = now;
    while (due >= 1 && !blocked) {
      due--;
      if (!publish()) wait();
    }
  };
  const wait = (): void => {
    blocked = true;
    channel.once('drain', () => {
      blocked = false;
      tick();
    });
  };
  parentPort?.on('message', (perSecond: number) => {
    rate = perSecond;
    due = 0;
    last = performance.now();
  });
  setInterval(tick, tickMs);
  parentPort?.postMessage('ready');
}

void main(workerData as PublisherData);
