import { field } from '../base/fieldValue';
import type { QueueInfo } from '../topology/model';
import type { StreamOffset } from '../topology/streamOffset';
import { seriesOf } from './brokerSeries';
import { deliveryLimit } from './deliveryLimit';
import type { PeekFacts } from './peekFacts';

/** Most messages that one peek shows, and most that it takes to keep the order (the broker holds them meanwhile). */
const mostShown = 500;
export const mostTaken = 2_000;
/** Closing a channel gives back what basic.get took in the order 1, 10, 11, 2: up to nine it is the right one. */
const mostGottenThenClosed = 9;

/**
 * How a peek reads and gives back (DOMAIN 1.5). Each method keeps the order of the queue it is chosen for:
 * `consumeNack` consume, then nack everything; `consumeClose` consume, then close the channel; `getNack` and
 * `getClose` the same with basic.get, which never deletes an auto-delete queue; `stream` reads copies.
 */
export interface PeekPlan {
  readonly method: 'consumeNack' | 'consumeClose' | 'getNack' | 'getClose' | 'stream';
  /** How many messages to show. */
  readonly count: number;
  /** Most messages to take. */
  readonly cap: number;
  /** Quorum: go on taking until a message that was never delivered before, or the order changes. */
  readonly untilFresh: boolean;
  /** Stop before giving back would make the broker drop messages that were delivered so often already. */
  readonly stopAtDeliveries?: number;
  /** Of a stream: where reading begins. */
  readonly offset?: StreamOffset;
}

/** Chooses the method. Pure; whether it may be carried out at all is for `peekCost` to say. */
export function planPeek(facts: PeekFacts): PeekPlan {
  const { queue } = facts;
  const count = Math.max(1, Math.min(facts.count, mostShown));
  const series = seriesOf(facts.version);
  if (queue.type === 'stream') {
    const offset = facts.offset ?? { from: 'first' };
    return { method: 'stream', count, cap: count, untilFresh: false, offset };
  }
  if (queue.type === undefined) return unknownType(count, series);
  if (queue.type === 'quorum') return quorum(facts, count, series);
  const keepsQueue = queue.autoDelete === true || isSingleActive(queue);
  return { method: keepsQueue ? 'getNack' : 'consumeNack', count, cap: count, untilFresh: false };
}

export function isSingleActive(queue: QueueInfo): boolean {
  const value = field(queue.arguments, 'x-single-active-consumer');
  return value?.type === 'bool' && value.value;
}

function quorum(facts: PeekFacts, count: number, series: number | undefined): PeekPlan {
  const limit = deliveryLimit(facts.queue, series);
  // Before 4.0, and without a limit before 4.3, a nacked message goes to the tail of a quorum queue.
  const nackKeepsOrder = series !== undefined && (series >= 403 || (series >= 400 && limit !== 'unlimited'));
  const countsEveryReturn = series === undefined || series < 403;
  return {
    method: nackKeepsOrder ? 'consumeNack' : 'consumeClose',
    count,
    cap: mostTaken,
    untilFresh: true,
    ...(typeof limit === 'number' && countsEveryReturn ? { stopAtDeliveries: Math.max(0, limit - 1) } : {}),
  };
}

/** basic.get, because consuming would delete an auto-delete queue, and this may be one. */
function unknownType(count: number, series: number | undefined): PeekPlan {
  if (series !== undefined && series >= 400)
    return { method: 'getNack', count, cap: mostShown, untilFresh: true };
  const few = Math.min(count, mostGottenThenClosed);
  return { method: 'getClose', count: few, cap: mostGottenThenClosed, untilFresh: true };
}
