import { Worker } from 'node:worker_threads';
import { inRepository } from '../lab/paths';
import type { RabbitNode } from '../lab/rabbitmq';

/** A fanout exchange; everything goes through it into a queue that keeps little. */
export const benchExchange = 'bench.exchange';
export const benchQueue = 'bench.queue';
/** A body begins with the milliseconds since the epoch at which it was published, in as many digits. */
export const stampDigits = 13;

/** What the publishing worker is started with. */
export interface PublisherData {
  readonly url: string;
  readonly bodyBytes: number;
}

export interface Publisher {
  /** Messages a second; 0 pauses, Infinity is as fast as the broker takes them. */
  setRate(perSecond: number): void;
  stop(): Promise<void>;
}

/** Declares exchange and queue, and publishes from a thread of its own, so that whoever measures is not slowed down. */
export async function startPublisher(node: RabbitNode, bodyBytes: number): Promise<Publisher> {
  const workerData: PublisherData = { url: node.amqpUrl, bodyBytes };
  const worker = new Worker(inRepository('out', 'lab', 'benchPublisher.js'), { workerData });
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  return {
    setRate: (perSecond) => {
      worker.postMessage(perSecond);
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}
