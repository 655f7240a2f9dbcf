import type { QueueInfo } from '../topology/model';
import type { StreamOffset } from '../topology/streamOffset';
import { nothingTaken } from './banner';
import type { TailBanner } from './banner';
import { timeOfDay } from './gap';
import type { TailPlan } from './tailPlan';
import type { WatchFacts } from './waysToWatch';
import { consumeObstacles, otherWays, waysToWatchExchange, waysToWatchQueue } from './waysToWatch';

/** Plans reading a stream from an offset: copies are handed out, and nothing in the stream changes (DOMAIN 2.3). */
export function planStream(facts: WatchFacts, queue: QueueInfo, offset: StreamOffset): TailPlan {
  const ways = waysToWatchQueue(facts, queue);
  if (queue.type !== 'stream') {
    // A classic queue of 3.10 takes no notice of an offset: reading it like a stream would empty it.
    const what =
      queue.type === undefined
        ? 'may not be a stream: its type cannot be read'
        : `is not a stream but ${queue.type}`;
    return nothing(
      `${queue.name} ${what}, and reading another queue at an offset would take its messages.`,
      ways,
    );
  }
  return {
    kind: 'stream',
    queue: queue.name,
    offset,
    banner: {
      sees: `Stream: sees ${beginning(offset)}. After a lost connection it reads on where it was.`,
      misses: 'Misses: what the stream no longer keeps.',
      promise: `${nothingTaken} A stream hands out copies.`,
      alternatives: ways.filter(
        ({ source }) => source?.kind !== 'stream' || source.offset.from !== offset.from,
      ),
    },
  };
}

function beginning(offset: StreamOffset): string {
  switch (offset.from) {
    case 'first':
      return 'every message from the first that is kept, then new ones';
    case 'last':
      return 'the messages of the last chunk, then new ones';
    case 'next':
      return 'new messages';
    case 'number':
      return `messages from offset ${offset.value} on, or from the oldest that is kept, then new ones`;
    case 'timestamp':
      return `messages since ${dateAndTime(Number(offset.value) * 1_000)}, at most a chunk earlier, then new ones`;
    case 'age':
      return `the messages of the last ${offset.value}, at most a chunk more, then new ones`;
  }
}

function dateAndTime(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return 'that time';
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${day.join('-')} ${timeOfDay(ms)}`;
}

/** Plans a tail by the broker's tracing (DOMAIN 2.2): of a queue or of an exchange, otherwise of the virtual host. */
export function planFirehose(
  facts: WatchFacts,
  of: { readonly queue?: QueueInfo; readonly exchange?: string },
): TailPlan {
  const { queue, exchange } = of;
  const ways = queue ? waysToWatchQueue(facts, queue) : waysToWatchExchange(facts, exchange);
  const obstacle = whyNoFirehose(facts);
  if (obstacle !== undefined) return nothing(obstacle, ways);
  return {
    kind: 'firehose',
    ...(queue ? { queue: queue.name } : {}),
    ...(exchange === undefined ? {} : { exchange }),
    banner: {
      sees: `Firehose: sees every message that a client publishes ${whereto(of)}, on the node that answers the management API.`,
      misses:
        'Misses: messages in queues already, messages that the broker moves itself (dead letters), clients on other ' +
        'nodes, and what the broker leaves out under load.',
      promise: `${nothingTaken} Tracing is on for the whole virtual host "${facts.vhost}" while this runs.`,
      alternatives: otherWays(ways, 'firehose'),
    },
  };
}

function whereto({ queue, exchange }: { readonly queue?: QueueInfo; readonly exchange?: string }): string {
  if (queue) return `and that is routed to ${queue.name}, also straight to it`;
  if (exchange === undefined) return 'in this virtual host';
  return exchange === '' ? 'straight to queues' : `to ${exchange}, whatever becomes of it`;
}

function whyNoFirehose({ product, userTags, canTrace, readOnly }: WatchFacts): string | undefined {
  if (readOnly) return 'This connection is read-only, and tracing changes the virtual host.';
  if (product !== 'RabbitMQ') return `${product} has no firehose.`;
  if (userTags === undefined) return 'Tracing is switched by the management API, which cannot be used here.';
  if (!canTrace) return 'This broker cannot trace.';
  return userTags.includes('administrator')
    ? undefined
    : 'Only a user with the tag "administrator" may switch tracing on.';
}

/** Plans consuming for good (DOMAIN 2.4). Whether the user agreed is checked where it is asked for. */
export function planConsume(facts: WatchFacts, queue: QueueInfo): TailPlan {
  const ways = waysToWatchQueue(facts, queue);
  if (facts.readOnly) return nothing('This connection is read-only: nothing is consumed on it.', ways);
  if (queue.type === 'stream') {
    return nothing(`${queue.name} is a stream: nobody can take a message out of it.`, ways);
  }
  const banner: TailBanner = {
    sees: `Consumes: sees every message of ${queue.name} that the broker hands to this consumer.`,
    misses: ['Misses: what other consumers get.', ...consumeObstacles(queue)].join(' '),
    promise: 'Every message shown here is removed from the queue.',
    alternatives: otherWays(ways, 'consume'),
  };
  return { kind: 'consume', queue: queue.name, banner };
}

function nothing(text: string, ways: TailBanner['alternatives']): TailPlan {
  return {
    kind: 'nothing',
    text,
    banner: { sees: 'Sees nothing.', misses: '', promise: nothingTaken, alternatives: ways },
  };
}
