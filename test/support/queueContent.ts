import { setTimeout as sleep } from 'node:timers/promises';
import { utf8Bytes, utf8TextLossy } from '../../src/core/base/bytes';
import { tableOf } from '../../src/core/base/fieldValue';
import type { AmqpChannel, QueueDeclaration } from '../../src/core/broker/amqpPort';
import type { Delivery } from '../../src/core/message/message';

export function durableQueue(args: Record<string, string | number | boolean> = {}): QueueDeclaration {
  return { durable: true, exclusive: false, autoDelete: false, arguments: tableOf(args) };
}

/** Publishes the texts "from" to "to - 1" straight to the queue, confirmed one by one. */
export async function fill(channel: AmqpChannel, queue: string, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) {
    await channel.publish({
      exchange: '',
      routingKey: queue,
      properties: { deliveryMode: 2 },
      body: utf8Bytes(String(number)),
    });
  }
}

/** Takes `count` messages for good, in the order in which a consumer gets them. */
export async function drain(channel: AmqpChannel, queue: string, count: number): Promise<Delivery[]> {
  const got: Delivery[] = [];
  await channel.prefetch(0);
  const tag = await channel.consume(
    queue,
    { noAck: false },
    (delivery) => {
      got.push({ ...delivery, properties: delivery.properties, body: delivery.body.slice() });
      channel.ack(delivery.deliveryTag);
    },
    () => undefined,
  );
  for (let waited = 0; got.length < count && waited < 10_000; waited += 20) await sleep(20);
  await channel.cancel(tag);
  return got;
}

export function numbersOf(deliveries: readonly Delivery[]): number[] {
  return deliveries.map(({ body }) => Number(utf8TextLossy(body)));
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
