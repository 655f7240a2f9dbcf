import type { FieldTable } from '../base/fieldValue';
import { emptyTable } from '../base/fieldValue';
import type { BindingInfo, ExchangeType, QueueInfo } from '../topology/model';
import type { TailBanner } from './banner';
import { bindingAlternative, counted, inWords, nothingTaken, peekAlternative } from './banner';
import { mirrorSafety, predeclaredType } from './exchangeTypes';

/** One binding that the temporary queue gets, the same as the watched queue's. */
export interface MirrorBinding {
  readonly source: string;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}

/** How a tail will watch, or why there is nothing it could watch. */
export type TapPlan =
  | { readonly kind: 'mirror'; readonly bindings: readonly MirrorBinding[]; readonly banner: TailBanner }
  | { readonly kind: 'nothing'; readonly text: string; readonly banner: TailBanner };

/** What is known of a queue when its tail is planned. */
export interface QueueFacts {
  readonly queue: QueueInfo;
  /** The bindings that lead to it, or why they cannot be read. */
  readonly bindings: readonly BindingInfo[] | { readonly unreadable: string };
  /** Types of exchanges by name, as far as they could be read. */
  readonly exchangeTypes: ReadonlyMap<string, ExchangeType>;
}

/** What is known when the user typed an exchange and a key. */
export interface TypedFacts {
  readonly exchange: string;
  readonly routingKey: string;
  /** Missing where the management API could not be asked. */
  readonly exchangeType?: ExchangeType;
  /** The queue whose bindings it stands in for. */
  readonly queue?: string;
}

/**
 * Plans the tail of a queue (DOMAIN 2.1): a temporary queue with the same bindings gets a copy of everything that
 * is routed to the watched queue by an exchange that copies. Pure; no error, only a plan or a reason.
 */
export function planQueueTap(facts: QueueFacts): TapPlan {
  const { queue, bindings } = facts;
  if ('unreadable' in bindings) {
    return nothing(
      `The bindings of ${queue.name} cannot be read, so there is nothing to mirror: ${bindings.unreadable}`,
      'Everything, until you choose another way to watch.',
    );
  }
  const own = bindings.filter((binding) => binding.source !== '');
  if (own.length === 0) {
    return nothing(
      `${queue.name} has no bindings: only messages sent straight to the queue reach it, and a tap cannot see those.`,
      'Everything: messages sent straight to the queue pass no exchange that could be mirrored.',
    );
  }
  const skipped: string[] = [];
  const mirrored = own.filter((binding) => {
    const reason = whyNotMirrored(binding.source, facts.exchangeTypes.get(binding.source));
    if (reason !== undefined) skipped.push(reason);
    return reason === undefined;
  });
  const skippedReasons = [...new Set(skipped)];
  if (mirrored.length === 0) {
    return nothing(
      `None of the bindings of ${queue.name} can be mirrored: ${skippedReasons.join('; ')}.`,
      'Everything, until you choose another way to watch.',
    );
  }
  return {
    kind: 'mirror',
    bindings: mirrored.map(({ source, routingKey, arguments: args }) => ({
      source,
      routingKey,
      arguments: args,
    })),
    banner: {
      sees: `Mirror tap: sees new messages routed here by ${counted(mirrored.length, 'binding')}.`,
      misses: missesOfQueue(queue, skippedReasons, facts.exchangeTypes, mirrored),
      promise: nothingTaken,
      alternatives: [peekAlternative],
    },
  };
}

/** Plans the tail of an exchange and a key that the user typed. A key wider than any other changes what counts as routed. */
export function planTypedTap(facts: TypedFacts): TapPlan {
  const { exchange, routingKey, queue } = facts;
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
    bindings: [{ source: exchange, routingKey, arguments: emptyTable }],
    banner: {
      sees: `Sees only what you entered: new messages that ${exchange} routes for the key "${routingKey}".`,
      misses:
        `Misses: ${inWords(misses)}. While it runs, messages that match count as routed: an alternate exchange ` +
        'does not get them and a mandatory publisher does not get them back.',
      promise:
        type === undefined
          ? `${nothingTaken} This holds unless ${exchange} shares its messages out among its bindings (consistent hash, random): its type could not be read.`
          : nothingTaken,
      alternatives: queue === undefined ? [] : [peekAlternative],
    },
  };
}

/** The plan after the broker refused some of its bindings: each refusal is said, and without any left there is no tap. */
export function withoutRefused(plan: TapPlan, refused: readonly string[]): TapPlan {
  if (plan.kind === 'nothing' || refused.length === 0) return plan;
  const left = plan.bindings.length - refused.length;
  if (left <= 0) {
    return {
      kind: 'nothing',
      text: `The broker refused every binding of the tap: ${refused.join('; ')}.`,
      banner: { ...plan.banner, sees: 'Sees nothing.', alternatives: [peekAlternative, bindingAlternative] },
    };
  }
  const misses = `${plan.banner.misses} The broker refused ${counted(refused.length, 'binding')}: ${refused.join('; ')}.`;
  const sees = `Mirror tap: sees new messages routed here by ${counted(left, 'binding')} of ${String(plan.bindings.length)}.`;
  return { ...plan, banner: { ...plan.banner, sees, misses } };
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
  queue: QueueInfo,
  skipped: readonly string[],
  types: ReadonlyMap<string, ExchangeType>,
  mirrored: readonly BindingInfo[],
): string {
  const sentences = [
    'Misses: messages already in the queue, messages sent straight to the queue. ' +
      'Messages that the queue drops by a limit or a time to live still show here.',
  ];
  if (skipped.length > 0) sentences.push(`Bindings that are not mirrored: ${skipped.join('; ')}.`);
  if (mirrored.some((binding) => types.get(binding.source) === 'x-recent-history')) {
    sentences.push(
      'An exchange with recent history sends its last messages at once, so the first rows may be old.',
    );
  }
  if (queue.type === 'stream') {
    sentences.push('A stream keeps its messages: Peek reads them from the first one, without side effects.');
  }
  return sentences.join(' ');
}

function nothing(text: string, misses: string): TapPlan {
  return {
    kind: 'nothing',
    text,
    banner: {
      sees: 'Sees nothing.',
      misses: `Misses: ${misses}`,
      promise: nothingTaken,
      alternatives: [peekAlternative, bindingAlternative],
    },
  };
}
