import { emptyTable, textField } from '../base/fieldValue';
import type { FieldTable } from '../base/fieldValue';
import type { BindingInfo, ExchangeType, QueueInfo } from '../topology/model';
import { counted, inWords, nothingTaken } from './banner';
import type { TailAlternative } from './banner';
import { mirrorSafety, predeclaredType } from '../topology/exchangeTypes';
import { planStream } from './sourcePlans';
import type { MirrorBinding, NothingToWatch, TailPlan } from './tailPlan';
import { otherWays, waysToWatchExchange, waysToWatchQueue } from './waysToWatch';
import type { WatchFacts } from './waysToWatch';

/** What is known of a queue when its tail is planned. */
export interface QueueFacts extends WatchFacts {
  readonly queue: QueueInfo;
  /** The bindings that lead to it, or why they cannot be read. */
  readonly bindings: readonly BindingInfo[] | { readonly unreadable: string };
  /** Types of exchanges by name, as far as they could be read. */
  readonly exchangeTypes: ReadonlyMap<string, ExchangeType>;
}

/** What is known when the user typed an exchange and a key. */
export interface TypedFacts extends WatchFacts {
  readonly exchange: string;
  readonly routingKey: string;
  /** What a headers exchange must match. */
  readonly arguments?: FieldTable;
  /** Missing where the management API could not be asked. */
  readonly exchangeType?: ExchangeType;
  /** The queue whose bindings it stands in for. */
  readonly queue?: string;
}

/**
 * Plans the tail of a queue: of a stream, a reader of its new messages; of any other, a temporary queue with the same
 * bindings, which gets a copy of everything that is routed to the watched queue by an exchange that copies
 * (DOMAIN 2.1). Pure; no error, only a plan or a reason.
 */
export function planQueueTail(facts: QueueFacts): TailPlan {
  const { queue, bindings } = facts;
  if (queue.type === 'stream') return planStream(facts, queue, { from: 'next' });
  const alternatives = otherWays(waysToWatchQueue(facts, queue), 'mirror');
  const nothing = nothingWith(alternatives);
  if ('unreadable' in bindings) {
    return nothing(
      `The bindings of ${queue.name} cannot be read, so there is nothing to mirror: ${bindings.unreadable}`,
      'Everything, until you choose another way to watch.',
    );
  }
  const own = bindings.filter((binding) => binding.source !== '');
  if (own.length === 0) {
    const none = nothing(
      `${queue.name} has no bindings: only messages sent straight to the queue reach it, and a tap cannot see those. Once it is bound, this tail begins by itself.`,
      'Everything: messages sent straight to the queue pass no exchange that could be mirrored.',
    );
    return { ...none, mayChange: true };
  }
  const { mirrored, skipped } = mirrorsOf(own, facts.exchangeTypes);
  if (mirrored.length === 0) {
    return nothing(
      `None of the bindings of ${queue.name} can be mirrored: ${skipped.join('; ')}.`,
      'Everything, until you choose another way to watch.',
    );
  }
  return {
    kind: 'mirror',
    bindings: mirrored,
    banner: {
      sees: `Mirror tap: sees new messages routed here by ${counted(mirrored.length, 'binding')}.`,
      misses: missesOfQueue(skipped, facts.exchangeTypes, mirrored),
      promise: nothingTaken,
      alternatives: otherWays(alternatives, 'binding'),
    },
  };
}

/** Which bindings of a queue a tap may copy, and why not the others (DOMAIN 2.1). */
export function mirrorsOf(
  bindings: readonly BindingInfo[],
  exchangeTypes: ReadonlyMap<string, ExchangeType>,
): { readonly mirrored: readonly MirrorBinding[]; readonly skipped: readonly string[] } {
  const skipped = new Set<string>();
  const mirrored: MirrorBinding[] = [];
  for (const { source, routingKey, arguments: args } of bindings) {
    if (source === '') continue;
    const reason = whyNotMirrored(source, exchangeTypes.get(source));
    if (reason === undefined) mirrored.push({ source, routingKey, arguments: args });
    else skipped.add(reason);
  }
  return { mirrored, skipped: [...skipped] };
}

/** Plans the tail of an exchange and a key that the user typed. A key wider than any other changes what counts as routed. */
export function planTypedTap(facts: TypedFacts): TailPlan {
  const { exchange, routingKey, queue, arguments: args = emptyTable } = facts;
  const alternatives =
    queue === undefined
      ? waysToWatchExchange(facts, exchange)
      : waysToWatchQueue(facts, { vhost: facts.vhost, name: queue, arguments: [] });
  const nothing = nothingWith(alternatives);
  if (exchange === '') {
    return nothing(
      'The default exchange cannot be mirrored: the broker allows no further binding on it.',
      'Everything, until you enter another exchange.',
    );
  }
  const type = facts.exchangeType ?? predeclaredType(exchange);
  const reason = type === undefined ? undefined : whyNotMirrored(exchange, type);
  if (reason !== undefined) {
    return nothing(
      `This exchange cannot be mirrored: ${reason}.`,
      'Everything, until you enter another exchange.',
    );
  }
  const misses = [
    queue === undefined
      ? 'whatever passes other exchanges or does not match the key'
      : `what reaches ${queue} by any other way`,
    'messages that are in queues already',
  ];
  return {
    kind: 'mirror',
    bindings: [{ source: exchange, routingKey, arguments: args }],
    banner: {
      sees: `Sees only what you entered: new messages that ${exchange} routes for ${asked(type, routingKey, args)}.`,
      misses:
        `Misses: ${inWords(misses)}. While it runs, messages that match count as routed: an alternate exchange ` +
        'does not get them and a mandatory publisher does not get them back.',
      promise:
        type === undefined
          ? `${nothingTaken} This holds unless ${exchange} shares its messages out among its bindings (consistent hash, random): its type could not be read.`
          : nothingTaken,
      alternatives: otherWays(alternatives, 'binding'),
    },
  };
}

/** What was entered, in words. */
function asked(type: ExchangeType | undefined, routingKey: string, args: FieldTable): string {
  if (type === 'fanout') return 'all its bindings';
  const headers = args.filter(({ name }) => name !== 'x-match');
  if (headers.length === 0) return `the key "${routingKey}"`;
  const mode = textField(args, 'x-match') === 'any' ? 'any of' : 'all of';
  return `${headers.length === 1 ? '' : `${mode} `}the headers ${inWords(headers.map(({ name }) => `"${name}"`))}`;
}

function whyNotMirrored(exchange: string, known: ExchangeType | undefined): string | undefined {
  const type = known ?? predeclaredType(exchange);
  if (type === undefined)
    return `the type of exchange ${exchange} could not be read, and a tap might steal from it`;
  switch (mirrorSafety(type)) {
    case 'copies':
      return undefined;
    case 'shares':
      return `exchange ${exchange} (${type}) gives each message to only one of its bindings, so a tap would steal`;
    case 'unknown':
      return `exchange ${exchange} is of the type ${type}, which is not known to copy messages to every binding`;
  }
}

function missesOfQueue(
  skipped: readonly string[],
  types: ReadonlyMap<string, ExchangeType>,
  mirrored: readonly MirrorBinding[],
): string {
  const sentences = [
    'Misses: messages already in the queue, messages sent straight to the queue. ' +
      'Messages that the queue drops by a limit or a time to live still show here.',
  ];
  if (skipped.length > 0) sentences.push(`Bindings that are not mirrored: ${skipped.join('; ')}.`);
  if (
    mirrored.some(({ arguments: args }) =>
      args.some(({ value }) => value.type === 'array' || value.type === 'table'),
    )
  ) {
    sentences.push(
      'A binding asks for a list or a table in a header, which the management API describes without its types: what it matches may be missing.',
    );
  }
  if (mirrored.some((binding) => types.get(binding.source) === 'x-recent-history')) {
    sentences.push(
      'An exchange with recent history sends its last messages at once, so the first rows may be old.',
    );
  }
  return sentences.join(' ');
}

function nothingWith(
  alternatives: readonly TailAlternative[],
): (text: string, misses: string) => NothingToWatch {
  return (text, misses) => ({
    kind: 'nothing',
    text,
    banner: { sees: 'Sees nothing.', misses: `Misses: ${misses}`, promise: nothingTaken, alternatives },
  });
}
