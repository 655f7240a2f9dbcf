import type { FieldTable } from '../../base/fieldValue';

import type { RoutedBinding, RouteResult } from '../../topology/routing';
import { route } from '../../topology/routing';
import { bindingLabel } from '../compare/topologyObjects';
import { shown } from '../ruleContext';
import type { DocumentTopology } from './documentTopology';

export interface PreviewedMessage {
  /** Empty for the default exchange. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers: FieldTable;
}

/** Where a message goes, and where it goes from there when it is dead-lettered. */
export interface RoutePreview {
  readonly queues: readonly RoutedQueue[];
  /** Sentences: what cannot be foretold, alternate exchanges that were used, why nothing is reached. */
  readonly notes: readonly string[];
  readonly problem?: string;
}

export interface RoutedQueue {
  readonly queue: string;
  /** The bindings on the way in words; empty for the default exchange. */
  readonly way: readonly string[];
  readonly deadLetters?: DeadLetterHop;
  readonly note?: string;
}

export interface DeadLetterHop {
  readonly exchange: string;
  readonly routingKey: string;
  /** What says so: `x-dead-letter-exchange`, or a policy. */
  readonly by: string;
  readonly to: readonly RoutedQueue[];
}

/** Hops of all queues together; what branches beyond is cut off, and said. */
const mostHops = 500;

/** Routes as a broker does (DOMAIN 5.3) and follows dead letters until a queue comes again. */
export function previewRoute(topology: DocumentTopology, message: PreviewedMessage): RoutePreview {
  const { exchange } = message;
  if (exchange !== '' && !topology.exchange(exchange)) {
    const problem = `There is no exchange ${shown(exchange)} in this virtual host: the channel of a publisher is closed with 404.`;
    return { queues: [], notes: [], problem };
  }
  const result = route(topology, message);
  const walk = new Walk(topology);
  const queues = walk.queues(result, message, []);
  return { queues, notes: [...notesOf(topology, message, result), ...walk.notes] };
}

class Walk {
  readonly notes: string[] = [];
  private hops = 0;

  constructor(private readonly topology: DocumentTopology) {}

  queues({ reached }: RouteResult, message: PreviewedMessage, passed: readonly string[]): RoutedQueue[] {
    return [...reached]
      .sort((a, b) => (a.queue < b.queue ? -1 : 1))
      .map(({ queue, path }) => {
        const way = path.map(wayOf);
        if (passed.includes(queue)) {
          const note =
            'The message was here before. A broker drops one that goes round without ever being rejected, and lets a rejected one go round for ever.';
          return { queue, way, note };
        }
        return { queue, way, ...this.fate(queue, message, [...passed, queue]) };
      });
  }

  private fate(
    queue: string,
    message: PreviewedMessage,
    passed: readonly string[],
  ): Pick<RoutedQueue, 'deadLetters' | 'note'> {
    const letters = this.topology.deadLetters(queue);
    if (letters === undefined) return {};
    if (letters === 'unknown')
      return { note: 'Whether it has a dead-letter exchange depends on policies that cannot be foretold.' };
    if (letters.exchange !== '' && !this.topology.exchange(letters.exchange)) {
      return {
        deadLetters: { ...hopOf(letters, message), to: [] },
        note: `There is no exchange ${shown(letters.exchange)}: its dead letters are lost.`,
      };
    }
    this.hops += 1;
    if (this.hops > mostHops) {
      if (this.hops === mostHops + 1)
        this.notes.push(`Only the first ${mostHops} dead-letter hops are followed.`);
      return { deadLetters: { ...hopOf(letters, message), to: [] } };
    }
    const next = nextMessage(letters, message);
    const result = route(this.topology, next);
    const to = this.queues(result, next, passed);
    const hop = { ...hopOf(letters, message), to };
    if (result.unpredictable.length > 0)
      return { deadLetters: hop, note: `${unpredictable(result)} Its dead letters may go to other queues.` };
    return to.length > 0
      ? { deadLetters: hop }
      : { deadLetters: hop, note: 'Nothing is bound for its dead letters: they are lost.' };
  }
}

interface Letters {
  readonly exchange: string;
  readonly routingKey?: string | undefined;
  readonly by: string;
}

function hopOf({ exchange, routingKey, by }: Letters, message: PreviewedMessage): Omit<DeadLetterHop, 'to'> {
  return { exchange, routingKey: routingKey ?? message.routingKey, by };
}

/** A key of the queue's own takes the place of the message's and of those in CC and BCC (`rabbit_dead_letter`). */
function nextMessage({ exchange, routingKey }: Letters, message: PreviewedMessage): PreviewedMessage {
  if (routingKey === undefined) return { ...message, exchange };
  const headers = message.headers.filter(({ name }) => name !== 'CC' && name !== 'BCC');
  return { exchange, routingKey, headers };
}

function wayOf({ source, destination, routingKey }: RoutedBinding): string {
  return bindingLabel(source, destination, routingKey);
}

function notesOf(
  topology: DocumentTopology,
  { exchange, routingKey }: PreviewedMessage,
  result: RouteResult,
): string[] {
  const notes: string[] = [];
  if (result.unpredictable.length > 0) notes.push(unpredictable(result));
  for (const alternate of result.alternates) {
    notes.push(
      topology.exchange(alternate)
        ? `No binding matched, so the message goes to the alternate exchange ${shown(alternate)}.`
        : `No binding matched, and the alternate exchange ${shown(alternate)} does not exist.`,
    );
  }
  if (result.reached.length > 0 || result.unpredictable.length > 0) return notes;
  if (exchange === '')
    notes.push(
      `No queue has the name ${shown(routingKey)}: the default exchange routes by the names of queues.`,
    );
  else if ([...topology.bindingsFrom(exchange)].length === 0)
    notes.push(`Nothing is bound to ${shown(exchange)}.`);
  else notes.push(`Nothing is bound to ${shown(exchange)} for this key and these headers.`);
  notes.push(
    'The message reaches no queue: it is returned when it is published as mandatory, else it is lost.',
  );
  return notes;
}

function unpredictable({ unpredictable: names }: RouteResult): string {
  const list = names.map(shown).join(', ');
  return `How ${list} routes cannot be foretold: its type shares messages out by rules of its own.`;
}
