import { asFailure } from '../core/base/failure';
import type { PeekFacts } from '../core/peek/peekFacts';
import type { QueueInfo } from '../core/topology/model';
import type { StreamOffset } from '../core/topology/streamOffset';
import type { LiveBroker } from './connectionSession';

/** What the user wants to see; `offset` only of a stream. */
export interface PeekWish {
  readonly count: number;
  readonly offset?: StreamOffset;
}

/** What is known of the queue right now. Without the management API that is its name. Rejects when it is not there. */
export async function peekFacts(
  live: LiveBroker,
  target: { readonly vhost: string; readonly queue: string } & PeekWish,
  highestDeliveryCount: number | undefined,
  signal?: AbortSignal,
): Promise<PeekFacts> {
  const described = await describe(live, target.vhost, target.queue, signal);
  return {
    queue: described ?? { vhost: target.vhost, name: target.queue, arguments: [] },
    described: described !== undefined,
    version: live.summary.version,
    count: target.count,
    ...(target.offset === undefined ? {} : { offset: target.offset }),
    ...(highestDeliveryCount === undefined ? {} : { highestDeliveryCount }),
  };
}

async function describe(
  { summary, broker }: LiveBroker,
  vhost: string,
  queue: string,
  signal: AbortSignal | undefined,
): Promise<QueueInfo | undefined> {
  if (!summary.management.available || !broker.management) return undefined;
  try {
    return await broker.management.queue(vhost, queue, signal);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.reason === 'notFound' || failure.reason === 'cancelled') throw failure;
    return undefined; // The peek then makes a weaker promise, and says so.
  }
}
