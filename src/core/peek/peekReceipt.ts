import type { Failure } from '../base/failure';
import type { QueueCounts } from '../broker/amqpPort';
import type { PeekPlan } from './peekPlan';
import { nothingToRead } from './streamWords';
import type { Taken } from './taking';

/** How the messages went back. `lost`: the connection broke, and the broker gives them back by itself. */
export type GiveBack =
  | { readonly how: 'copies' }
  | { readonly how: 'nacked' | 'closed'; readonly after: QueueCounts }
  | { readonly how: 'lost'; readonly failure: Failure };

/** What a peek did. */
export interface PeekReceipt {
  readonly read: number;
  /** The broker was asked, and has at least as many ready messages as before. */
  readonly confirmed: boolean;
  readonly order: 'unchanged' | 'changed' | 'unknown';
  /** For people, a sentence each. */
  readonly sentences: readonly string[];
  /** For the next peek at the same queue. */
  readonly highestDeliveryCount?: number;
}

/** `before`: the queue's counts when the peek began, missing for streams. */
export function receiptOf(
  plan: PeekPlan,
  taken: Taken,
  before: QueueCounts | undefined,
  giveBack: GiveBack,
  end: { readonly aborted: boolean; readonly trouble?: Failure },
): PeekReceipt {
  const confirmed = isConfirmed(before, giveBack);
  const order = orderAfter(plan, taken, giveBack);
  const sentences = [
    `${summary(taken, giveBack)}${confirmed || giveBack.how === 'copies' ? `, ${orderWords[order]}` : ''}.`,
    ...streamSentences(plan, taken),
    ...sizeSentences(taken, before, giveBack),
    ...confirmation(taken, giveBack, confirmed),
    ...orderSentences(plan, taken, order),
    ...deliverySentences(plan, taken),
    ...endSentences(end),
  ];
  return {
    read: taken.shown,
    confirmed,
    order,
    sentences,
    ...(taken.highestDeliveryCount === undefined ? {} : { highestDeliveryCount: taken.highestDeliveryCount }),
  };
}

const orderWords = {
  unchanged: 'order unchanged',
  changed: 'order changed',
  unknown: 'order not known',
} as const;

function isConfirmed(before: QueueCounts | undefined, giveBack: GiveBack): boolean {
  if (giveBack.how === 'copies' || !before) return true;
  return giveBack.how !== 'lost' && giveBack.after.ready >= before.ready;
}

function orderAfter(plan: PeekPlan, taken: Taken, giveBack: GiveBack): PeekReceipt['order'] {
  if (giveBack.how === 'copies' || taken.count === 0) return 'unchanged';
  // Reading by basic.get serves queues of an unknown type too, and only a quorum queue would be rotated.
  const byGet = plan.method === 'getNack' || plan.method === 'getClose';
  if (plan.untilFresh && !taken.lastIsFresh && !taken.exhausted) return byGet ? 'unknown' : 'changed';
  // With a lost connection basic.get comes back in the order 1, 10, 11, 2.
  return giveBack.how === 'lost' && byGet && taken.count > 9 ? 'unknown' : 'unchanged';
}

function summary(taken: Taken, giveBack: GiveBack): string {
  const read = `${number(taken.shown)} read`;
  if (giveBack.how === 'copies') return `${read} as copies`;
  if (giveBack.how === 'lost') return `${read}, the connection was lost before they were given back`;
  return `${read}, ${number(taken.count)} given back`;
}

function streamSentences(plan: PeekPlan, { count, offsets }: Taken): string[] {
  if (plan.method !== 'stream') return [];
  if (count === 0) return [nothingToRead(plan.offset)];
  if (!offsets) return [];
  const [first, last] = offsets;
  return [
    first === last
      ? `It is the message at offset ${String(first)}.`
      : `Offsets ${String(first)} to ${String(last)}.`,
  ];
}

function sizeSentences(taken: Taken, before: QueueCounts | undefined, giveBack: GiveBack): string[] {
  if (giveBack.how === 'copies' || !before) return [];
  const sentences = [
    `These are the first ${number(taken.shown)} of about ${number(before.ready)} ready messages.`,
  ];
  if (taken.count > taken.shown) {
    sentences.push(
      `${number(taken.count - taken.shown)} more were taken and given back to keep the order; they are marked as redelivered too.`,
    );
  }
  return before.ready === 0 && taken.count === 0 ? ['The queue holds no ready messages.'] : sentences;
}

function confirmation(taken: Taken, giveBack: GiveBack, confirmed: boolean): string[] {
  if (giveBack.how === 'copies' || taken.count === 0) return [];
  if (giveBack.how === 'lost') {
    return [
      `Not confirmed: ${giveBack.failure.message} The broker gives unacknowledged messages back when it notices that the connection is gone.`,
    ];
  }
  const ready = `${number(giveBack.after.ready)} ready`;
  if (confirmed) return [`Confirmed by the broker: ${ready} now.`];
  const why =
    giveBack.after.consumers > 0
      ? 'its consumers may have taken them since'
      : 'a time to live, a limit or another reader may have taken them since';
  return [`Not confirmed: the broker says ${ready} now; ${why}.`];
}

function orderSentences(plan: PeekPlan, taken: Taken, order: PeekReceipt['order']): string[] {
  if (order !== 'changed') return [];
  const why =
    taken.count >= plan.cap
      ? `the peek stops at ${number(plan.cap)} messages, and more than that had been delivered before`
      : 'the peek ended before it reached a message that was never delivered before';
  return [`The messages read may now come after others that had been delivered before: ${why}.`];
}

function deliverySentences(plan: PeekPlan, taken: Taken): string[] {
  const limit = plan.stopAtDeliveries;
  if (limit === undefined || (taken.highestDeliveryCount ?? -1) < limit) return [];
  return [
    `It stopped at a message that was delivered ${number(taken.highestDeliveryCount ?? 0)} times before; the limit is ${number(limit + 1)}. Another delivery may lose it.`,
  ];
}

function endSentences(end: { aborted: boolean; trouble?: Failure }): string[] {
  if (end.trouble) return [`It ended early: ${end.trouble.message}`];
  return end.aborted ? ['It was stopped before it had read all.'] : [];
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
