import type { Clock } from '../../base/clock';
import { delay } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { toDisposable } from '../../base/disposable';
import { integerField } from '../../base/fieldValue';
import type { AmqpChannel, AmqpConnection } from '../amqpPort';
import { retriesUsedUp, ShopMessages } from './shopMessages';

export interface ShopTrafficOptions {
  readonly seed: number;
  /** Messages published a second. */
  readonly ratePerSecond: number;
  /** Told why the traffic ended by itself, once. */
  readonly onError?: (error: unknown) => void;
}

interface Worker {
  readonly queue: string;
  /** How long it thinks about each message, in milliseconds. */
  readonly pace: number;
  readonly prefetch: number;
}

/** Slow enough that there is something to see, fast enough for 100 messages a second. SMS and dead letters wait. */
const workers: readonly Worker[] = [
  { queue: 'orders.fulfilment', pace: 400, prefetch: 60 },
  { queue: 'orders.fulfilment', pace: 900, prefetch: 40 },
  { queue: 'orders.invoicing', pace: 700, prefetch: 40 },
  { queue: 'payments.eu', pace: 500, prefetch: 30 },
  { queue: 'payments.us', pace: 500, prefetch: 30 },
  { queue: 'notifications.email', pace: 300, prefetch: 30 },
  { queue: 'documents.pdf', pace: 1_000, prefetch: 40 },
];

/**
 * Publishes and consumes as the shop's services would, over the AMQP port only: on the demo broker and on a real
 * one alike. The topology must be there (`declareShop`). Disposing stops it.
 */
export async function startShopTraffic(
  connection: AmqpConnection,
  clock: Clock,
  options: ShopTrafficOptions,
): Promise<Disposable> {
  const stopped = new AbortController();
  const stop = (): void => {
    stopped.abort();
  };
  const fail = (error: unknown): void => {
    if (stopped.signal.aborted) return;
    stop();
    options.onError?.(error);
  };
  connection.onClosed(stop);
  const channels: AmqpChannel[] = [];
  for (const worker of workers) channels.push(await startWorker(connection, clock, worker, stopped.signal));
  const publisher = await connection.openChannel();
  channels.push(publisher);
  publishSteadily(publisher, clock, options, stopped.signal).catch(fail);
  return toDisposable(() => {
    stop();
    for (const channel of channels) void channel.close();
  });
}

async function publishSteadily(
  channel: AmqpChannel,
  clock: Clock,
  { seed, ratePerSecond }: ShopTrafficOptions,
  signal: AbortSignal,
): Promise<void> {
  const messages = new ShopMessages(seed);
  const start = clock.monotonic();
  let sent = 0;
  while (!signal.aborted) {
    // What is due by now, but never a flood after the machine slept.
    const due = Math.min(
      Math.floor(((clock.monotonic() - start) / 1_000) * ratePerSecond) - sent,
      ratePerSecond,
    );
    const batch = Array.from({ length: Math.max(0, due) }, () => channel.publish(messages.next(clock.now())));
    sent = Math.max(
      sent + batch.length,
      Math.floor(((clock.monotonic() - start) / 1_000 - 1) * ratePerSecond),
    );
    await Promise.all(batch);
    await delay(clock, Math.max(10, 1_000 / ratePerSecond), signal);
  }
}

async function startWorker(
  connection: AmqpConnection,
  clock: Clock,
  { queue, pace, prefetch }: Worker,
  signal: AbortSignal,
): Promise<AmqpChannel> {
  const channel = await connection.openChannel();
  await channel.prefetch(prefetch);
  await channel.consume(
    queue,
    { noAck: false },
    ({ deliveryTag, properties }) => {
      clock.after(pace, () => {
        if (signal.aborted) return;
        if (integerField(properties.headers, 'x-retry-count') === retriesUsedUp)
          channel.nack(deliveryTag, false);
        else channel.ack(deliveryTag);
      });
    },
    () => undefined,
  );
  return channel;
}
