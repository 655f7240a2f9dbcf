import type { QueueInfo } from '../topology/model';
import { field } from '../base/fieldValue';
import type { TailAlternative } from './banner';
import { counted } from './banner';

/** What decides which ways there are to watch a queue or an exchange. */
export interface WatchFacts {
  readonly vhost: string;
  /** As the broker names itself; tracing is RabbitMQ's own. */
  readonly product: string;
  /** Of the logged-in user; missing where the management API cannot be asked. */
  readonly userTags?: readonly string[];
  /** Whether this connection can switch the broker's tracing at all. */
  readonly canTrace: boolean;
  readonly readOnly: boolean;
}

/** The ways to watch a queue, the usual one first, each with its price (DOMAIN 2). Pure. */
export function waysToWatchQueue(facts: WatchFacts, queue: QueueInfo): readonly TailAlternative[] {
  const ways =
    queue.type === 'stream'
      ? [...streamWays(facts.vhost, queue.name), peekStreamWay]
      : [mirrorWay(facts.vhost, queue.name), peekWay, bindingWay];
  const consume = consumeWay(facts, queue);
  const firehose = firehoseWay(facts, { queue: queue.name });
  return [...ways, ...(firehose ? [firehose] : []), ...(consume ? [consume] : [])];
}

/** The ways to watch an exchange, or all of the virtual host, beside binding a queue. */
export function waysToWatchExchange(
  facts: WatchFacts,
  exchange: string | undefined,
): readonly TailAlternative[] {
  const firehose = firehoseWay(facts, exchange === undefined ? {} : { exchange });
  return firehose ? [firehose] : [];
}

/** Those that differ from the one in use. */
export function otherWays(
  ways: readonly TailAlternative[],
  used: TailAlternative['kind'],
): readonly TailAlternative[] {
  return ways.filter(({ kind }) => kind !== used);
}

const peekWay: TailAlternative = {
  kind: 'peek',
  label: 'Peek Messages',
  price: 'Reads messages that are in the queue now and gives them back; what that changes is said first.',
};

const peekStreamWay: TailAlternative = {
  kind: 'peek',
  label: 'Peek Messages',
  price: 'Takes nothing: reads a number of messages from a place in the stream and stops.',
};

const bindingWay: TailAlternative = {
  kind: 'binding',
  label: 'Tail an Exchange and Key',
  price: 'Sees only what the exchange and key that you enter match.',
};

function mirrorWay(vhost: string, queue: string): TailAlternative {
  return {
    kind: 'mirror',
    label: 'Mirror Tap',
    price:
      'Takes nothing: a temporary queue with the same bindings gets copies of new messages. Messages sent straight ' +
      'to the queue are not seen.',
    source: { kind: 'queue', vhost, queue },
  };
}

function streamWays(vhost: string, queue: string): readonly TailAlternative[] {
  const from = (begin: 'first' | 'last' | 'next', label: string, price: string): TailAlternative => ({
    kind: 'stream',
    label,
    price,
    source: { kind: 'stream', vhost, queue, offset: { from: begin } },
  });
  return [
    from('next', 'New Messages of the Stream', 'Takes nothing: a stream hands out copies.'),
    from(
      'first',
      'Stream from the First Message',
      'Takes nothing. Reads everything that is kept, which may be much; the buffer shows the end of it.',
    ),
    from('last', 'Stream from the Last Chunk', 'Takes nothing. The last chunk may hold several messages.'),
    {
      kind: 'stream',
      label: 'Stream from an Offset, Time or Age...',
      price: 'Takes nothing. You enter where to begin.',
    },
  ];
}

/** Needs tracing, which RabbitMQ alone has and administrators alone may switch, and changes the virtual host. */
function firehoseWay(
  { vhost, product, userTags, canTrace, readOnly }: WatchFacts,
  of: { readonly queue?: string; readonly exchange?: string },
): TailAlternative | undefined {
  const mayTrace = userTags?.includes('administrator') === true && canTrace && !readOnly;
  if (!mayTrace || product !== 'RabbitMQ') return undefined;
  return {
    kind: 'firehose',
    label: 'Firehose',
    price: `${firehoseGain(of)} ${firehosePrice(vhost)}`,
    warning: firehosePrice(vhost),
    source: { kind: 'firehose', vhost, ...of },
  };
}

function firehoseGain({ queue, exchange }: { readonly queue?: string; readonly exchange?: string }): string {
  if (queue !== undefined) return 'Also sees messages sent straight to the queue.';
  return `Sees every message that clients publish ${exchange === undefined ? 'in the virtual host' : 'to the exchange'}, whatever becomes of it.`;
}

function firehosePrice(vhost: string): string {
  return (
    `While it runs, the broker publishes one more message for every publish and every delivery in "${vhost}" on the ` +
    'node that answers the management API. Tracing is switched off again when the last such tail ends; after a crash ' +
    'of the editor, when this connection is opened the next time.'
  );
}

function consumeWay({ vhost, readOnly }: WatchFacts, queue: QueueInfo): TailAlternative | undefined {
  // A stream has nothing to remove, and a broker gives an exclusive queue to nobody else.
  if (readOnly || queue.type === 'stream' || queue.exclusive === true) return undefined;
  return {
    kind: 'consume',
    label: 'Consume and Remove...',
    price:
      'Sees everything in the queue and what arrives, and removes it: no other consumer gets these messages.',
    warning: [
      `Every message shown is acknowledged and so removed from the queue "${queue.name}" for good. It exists only in this panel then.`,
      ...consumeObstacles(queue),
    ].join(' '),
    source: { kind: 'consume', vhost, queue: queue.name },
  };
}

/** What stands between a consumer and the messages, or happens because of it (DOMAIN 1.3), a sentence each. */
export function consumeObstacles(queue: QueueInfo): readonly string[] {
  const sentences: string[] = [];
  if (queue.autoDelete === true) {
    sentences.push(
      'The queue is auto-delete: the broker deletes it, with what it holds, when this consumer ends as the last one.',
    );
  }
  if (isSingleActive(queue)) {
    sentences.push(
      queue.consumers === 0
        ? 'The queue has a single active consumer: while this one is active, others wait.'
        : 'The queue has a single active consumer: nothing shows while another one is active.',
    );
  } else if ((queue.consumers ?? 0) > 0) {
    sentences.push(
      `${counted(queue.consumers ?? 0, 'other consumer shares', 'other consumers share')} the messages: only a part shows here.`,
    );
  }
  return sentences;
}

function isSingleActive(queue: QueueInfo): boolean {
  const value = field(queue.arguments, 'x-single-active-consumer');
  return value?.type === 'bool' && value.value;
}
