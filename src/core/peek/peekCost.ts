import { integerField, textField } from '../base/fieldValue';
import type { QueueInfo } from '../topology/model';
import { seriesOf } from './brokerSeries';
import { deliveryLimit } from './deliveryLimit';
import type { PeekFacts } from './peekFacts';
import type { PeekPlan } from './peekPlan';
import { isSingleActive } from './peekPlan';
import { streamCost } from './streamWords';

/** What a peek changes, in sentences, said before it is done. `consent`: a message could be lost, and how. */
export interface PeekCost {
  readonly costs: readonly string[];
  readonly consent?: string;
  /** It cannot be done, and why. */
  readonly refusal?: string;
}

/** The price of a planned peek (DOMAIN 1.1 to 1.3, 1.5). Pure. */
export function peekCost(facts: PeekFacts, plan: PeekPlan): PeekCost {
  const { queue } = facts;
  const refusal = refusalOf(queue);
  if (refusal !== undefined) return { costs: [], refusal };
  if (plan.method === 'stream') {
    return { costs: [streamCost(plan.offset ?? { from: 'first' })] };
  }
  const consent = consentOf(facts, plan);
  return {
    costs: [
      mainSentence(facts, plan),
      ...unknownSentences(facts, plan),
      ...queueSentences(facts, plan),
      ...consumerSentences(queue),
    ],
    ...(consent === undefined ? {} : { consent }),
  };
}

function refusalOf(queue: QueueInfo): string | undefined {
  if (queue.exclusive === true) {
    return `${queue.name} is exclusive to the connection that declared it: the broker lets nobody else read it.`;
  }
  if (queue.type === 'quorum' && isSingleActive(queue)) {
    return (
      `${queue.name} has a single active consumer: the broker refuses reading a message at a time, and a peek that ` +
      'consumes would become the active consumer or wait behind it. Use a live tail instead.'
    );
  }
  return undefined;
}

function mainSentence(facts: PeekFacts, plan: PeekPlan): string {
  const marks = `This marks ${messages(plan.count)} as redelivered`;
  const series = seriesOf(facts.version);
  if (facts.queue.type !== 'quorum')
    return `${marks} and gives them back in their old places${naming(facts)}.`;
  const limit = deliveryLimit(facts.queue, series);
  const uses = usesDeliveries(limit, series, plan);
  return `${marks}${uses}${naming(facts)}.`;
}

function usesDeliveries(
  limit: ReturnType<typeof deliveryLimit>,
  series: number | undefined,
  plan: PeekPlan,
): string {
  if (series !== undefined && series >= 403 && plan.method === 'consumeNack') {
    return ' and uses none of their deliveries';
  }
  if (typeof limit === 'number') return ` and uses 1 of their ${String(limit)} deliveries`;
  return limit === 'unlimited'
    ? ' and raises their delivery count, which has no limit here'
    : ' and raises their delivery count';
}

function naming(facts: PeekFacts): string {
  const version =
    facts.version === undefined ? '' : `, RabbitMQ ${facts.version.split('.').slice(0, 2).join('.')}`;
  return facts.queue.type === undefined ? '' : ` (${facts.queue.type} queue${version})`;
}

function unknownSentences(facts: PeekFacts, plan: PeekPlan): string[] {
  if (facts.described) return [];
  const order =
    plan.method === 'getClose'
      ? `At most ${String(plan.cap)} messages are read, because more could come back in another order.`
      : 'On a quorum queue without a delivery limit the messages would come back at the end of the queue.';
  return [
    'The management API could not be asked, so the type, arguments and policy of this queue are not known, and this is a weaker promise.',
    order,
    'On a quorum queue the peek uses one delivery of each message, and one that has none left is dropped or dead-lettered.',
  ];
}

function queueSentences(facts: PeekFacts, plan: PeekPlan): string[] {
  const { queue } = facts;
  const sentences: string[] = [];
  const series = seriesOf(facts.version);
  if (queue.type === 'quorum') {
    sentences.push(
      'To keep the order it may take more messages than it shows, up to the first that was never delivered before.',
    );
    const limit = deliveryLimit(queue, series);
    if (typeof limit === 'number' && plan.stopAtDeliveries !== undefined) {
      sentences.push(
        `A message that was delivered ${String(limit)} times already is ${fate(queue)} when it comes back.`,
      );
    }
    if (series !== undefined && series >= 400) {
      sentences.push('Returned messages go before newer ones, even of a higher priority.');
    }
    sentences.push(...delayedRetry(queue, series));
  }
  if (queue.autoDelete === true) {
    sentences.push(
      'The queue deletes itself after its last consumer, so the peek reads without becoming one.',
    );
  }
  if (setting(queue, 'x-message-ttl', 'message-ttl') !== undefined) {
    sentences.push(
      'Messages whose time to live ends meanwhile are dropped or dead-lettered when they come back.',
    );
  }
  if (hasMaxLength(queue)) {
    sentences.push(
      'If publishers fill the queue meanwhile, its limit drops or dead-letters the messages that come back.',
    );
  }
  if (setting(queue, 'x-expires', 'expires') !== undefined) {
    sentences.push('Reading counts as use: the time after which the unused queue expires starts again.');
  }
  return sentences;
}

function consumerSentences(queue: QueueInfo): string[] {
  const consumers = queue.consumers ?? 0;
  if (consumers === 0) return [];
  const who = consumers === 1 ? '1 consumer' : `${consumers.toLocaleString('en-US')} consumers`;
  const single = isSingleActive(queue) ? ' It reads behind the back of the single active consumer.' : '';
  return [
    `The queue has ${who}: while the peek holds messages they cannot get them, and may see them in another order.${single}`,
  ];
}

/** From 4.3 on a returned message may be kept back for a while (DOMAIN 1.1, fifth trap). */
function delayedRetry(queue: QueueInfo, series: number | undefined): string[] {
  if (series !== undefined && series < 403) return [];
  const type =
    textField(queue.arguments, 'x-delayed-retry-type') ?? queue.effectivePolicy?.['delayed-retry-type'];
  return type === 'all' || type === 'returned'
    ? ['The queue delays what is returned to it: the messages are invisible for a while after the peek.']
    : [];
}

function consentOf(facts: PeekFacts, plan: PeekPlan): string | undefined {
  if (plan.stopAtDeliveries === undefined) return undefined;
  const limit = plan.stopAtDeliveries + 1;
  const loss = fate(facts.queue);
  const seen = facts.highestDeliveryCount;
  if (seen !== undefined && seen >= plan.stopAtDeliveries) {
    return `Messages in this queue were delivered ${String(seen)} times already, of at most ${String(limit)}: another peek may have them ${loss}.`;
  }
  return limit <= 1
    ? `This queue allows so few deliveries that the messages of a peek may be ${loss}.`
    : undefined;
}

function fate(queue: QueueInfo): string {
  return setting(queue, 'x-dead-letter-exchange', 'dead-letter-exchange') === undefined
    ? 'dropped (the queue has no dead-letter exchange)'
    : 'dead-lettered';
}

function hasMaxLength(queue: QueueInfo): boolean {
  const overflow = setting(queue, 'x-overflow', 'overflow') ?? 'drop-head';
  const bounded =
    setting(queue, 'x-max-length', 'max-length') !== undefined ||
    setting(queue, 'x-max-length-bytes', 'max-length-bytes') !== undefined;
  return bounded && overflow === 'drop-head';
}

function setting(queue: QueueInfo, argument: string, policyKey: string): string | number | undefined {
  const policy = queue.effectivePolicy?.[policyKey];
  const fromPolicy = typeof policy === 'string' || typeof policy === 'number' ? policy : undefined;
  return integerField(queue.arguments, argument) ?? textField(queue.arguments, argument) ?? fromPolicy;
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString('en-US')} messages`;
}
