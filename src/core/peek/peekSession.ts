import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import { asFailure } from '../base/failure';
import type { Failure } from '../base/failure';
import type { AmqpChannel, AmqpConnection, AmqpPort, QueueCounts } from '../broker/amqpPort';
import type { Delivery } from '../message/message';
import type { PeekPlan } from './peekPlan';
import type { PeekReceipt } from './peekReceipt';
import { receiptOf } from './peekReceipt';
import type { GiveBack } from './peekReceipt';
import { Taking } from './taking';

export interface PeekParts {
  readonly amqp: AmqpPort;
  readonly clock: Clock;
  readonly vhost: string;
  readonly queue: string;
  /** A name for the broker's operator. */
  readonly connectionName: string;
  readonly plan: PeekPlan;
  /** Called for each message to show, in order; its body must be copied to be kept. */
  readonly show: (delivery: Delivery) => void;
}

/**
 * How long the broker may take to show the messages as ready again. After a close it always takes its time (DOMAIN
 * 1.1, third trap); after a nack, RabbitMQ 4 was seen to answer a passive declare before it had put them back.
 */
const confirmWithinMs = 2_000;
/** Beside consumers the count may never be reached again, and nobody should wait long for that. */
const confirmBesideConsumersMs = 500;
/** Between two looks: most brokers are done at once, and the others should not be asked all the time. */
const lookAgainMs = { first: 5, most: 50 };

/**
 * Reads the first messages of a queue and gives every one back (DOMAIN 1.5), on a connection of its own because
 * hard errors close all of one. An abort or an error in the middle gives back too; the receipt says what is known.
 * Rejects with a Failure when nothing could be read at all.
 */
export async function runPeek(parts: PeekParts, signal: AbortSignal): Promise<PeekReceipt> {
  const connection = await parts.amqp.connect(parts.vhost, parts.connectionName, signal);
  let reason: Failure | undefined;
  connection.onClosed((error) => {
    reason = error;
  });
  try {
    return await peekOn(connection, parts, signal);
  } catch (thrown) {
    // A hard error (540) reaches the channel as "closed": the connection knows the reason.
    const failure = asFailure(thrown);
    throw failure.reason === 'closed' && reason ? reason : failure;
  } finally {
    await connection.close();
  }
}

async function peekOn(
  connection: AmqpConnection,
  parts: PeekParts,
  signal: AbortSignal,
): Promise<PeekReceipt> {
  const { queue, plan, clock, show } = parts;
  const channel = await connection.openChannel(signal);
  const before = plan.method === 'stream' ? undefined : await channel.checkQueue(queue);
  const taking = new Taking(channel, queue, plan, clock, show, signal);
  let trouble: Failure | undefined;
  try {
    await taking.run();
  } catch (thrown) {
    trouble = asFailure(thrown);
    if (taking.taken.count === 0) {
      await channel.close();
      throw trouble;
    }
  }
  const giveBack = await giveAllBack(connection, channel, taking, before, parts);
  return receiptOf(plan, taking.taken, before, giveBack, {
    aborted: signal.aborted,
    ...(trouble ? { trouble } : {}),
  });
}

async function giveAllBack(
  connection: AmqpConnection,
  channel: AmqpChannel,
  taking: Taking,
  before: QueueCounts | undefined,
  parts: PeekParts,
): Promise<GiveBack> {
  const { plan } = parts;
  try {
    await taking.stopConsuming();
    if (!before) return { how: 'copies' };
    if (plan.method === 'consumeNack' || plan.method === 'getNack') {
      channel.nackAll(true);
      return { how: 'nacked', after: await countsAfter(channel, before, parts) };
    }
    await channel.close();
    const looking = await connection.openChannel();
    return { how: 'closed', after: await countsAfter(looking, before, parts) };
  } catch (thrown) {
    return { how: 'lost', failure: asFailure(thrown) };
  }
}

/** Looks until as many messages are ready as before, or time is up: consumers may have taken some meanwhile. */
async function countsAfter(
  channel: AmqpChannel,
  before: QueueCounts,
  { queue, clock }: PeekParts,
): Promise<QueueCounts> {
  const start = clock.monotonic();
  for (let wait = lookAgainMs.first; ; wait = Math.min(wait * 2, lookAgainMs.most)) {
    const counts = await channel.checkQueue(queue);
    const limit = counts.consumers > 0 ? confirmBesideConsumersMs : confirmWithinMs;
    if (counts.ready >= before.ready || clock.monotonic() - start >= limit) return counts;
    await delay(clock, wait);
  }
}
