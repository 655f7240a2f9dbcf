// A worker that only counts what amqplib delivers: the baseline of the extension host's event-loop delay.
import { parentPort } from 'node:worker_threads';
import { amqplib } from './plainAmqplib';
import { benchExchange } from './publisher';

async function main(url: string): Promise<void> {
  const connection = await amqplib.connect(url, { noDelay: true });
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('', {
    exclusive: true,
    autoDelete: true,
    arguments: { 'x-max-length': 50_000 },
  });
  await channel.bindQueue(queue, benchExchange, '');
  let received = 0;
  await channel.consume(queue, () => (received += 1), { noAck: true });
  // As often as a tail sends its snapshots.
  setInterval(() => parentPort?.postMessage(received), 100);
}

void main(process.env['AMQP_BENCH_URL'] ?? '');
