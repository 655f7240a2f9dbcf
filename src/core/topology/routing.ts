import type { FieldTable, FieldValue } from '../base/fieldValue';
import { emptyTable, field, textField } from '../base/fieldValue';
import { headersMatch } from './headersMatch';
import type { HeaderComparison } from './headersMatch';
import type { BindingInfo, ExchangeInfo } from './model';
import { topicMatches } from './topicMatch';

export type RoutedExchange = Pick<ExchangeInfo, 'name' | 'type' | 'arguments'>;
export type RoutedBinding = Pick<
  BindingInfo,
  'source' | 'destination' | 'destinationKind' | 'routingKey' | 'arguments'
>;

/** What routing looks at: one virtual host, as far as it is known. */
export interface RoutingTopology {
  exchange(name: string): RoutedExchange | undefined;
  /** Explicit bindings only; the default exchange has none. */
  bindingsFrom(exchange: string): Iterable<RoutedBinding>;
  hasQueue(name: string): boolean;
  /** Missing means RabbitMQ 4.x. */
  readonly headerComparison?: HeaderComparison;
}

export interface RoutedMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers?: FieldTable;
}

interface Reached {
  readonly queue: string;
  /** The bindings on the way, first from the exchange published to; empty for the default exchange. */
  readonly path: readonly RoutedBinding[];
}

export interface RouteResult {
  /** In no particular order, each queue once: more bindings make no more copies. */
  readonly reached: readonly Reached[];
  /** Exchanges on the way whose type decides by rules not known here (hash, random, plugins): more may be reached. */
  readonly unpredictable: readonly string[];
  /** The alternate exchanges that were used because nothing matched. */
  readonly alternates: readonly string[];
}

interface Stop {
  readonly exchange: string;
  readonly path: readonly RoutedBinding[];
}

/**
 * The queues that a message reaches, as RabbitMQ routes (rabbit_exchange:route; DOMAIN 5.3): every exchange is
 * visited once, an alternate exchange is tried when no binding of its exchange matched, CC and BCC are more keys.
 */
export function route(topology: RoutingTopology, message: RoutedMessage): RouteResult {
  const headers = message.headers ?? emptyTable;
  const keys = [message.routingKey, ...keysIn(headers, 'CC'), ...keysIn(headers, 'BCC')];
  const reached = new Map<string, Reached>();
  const unpredictable: string[] = [];
  const alternates: string[] = [];
  const seen = new Set<string>([message.exchange]);
  const stops: Stop[] = [{ exchange: message.exchange, path: [] }];
  const go = (exchange: string, path: readonly RoutedBinding[]): void => {
    if (seen.has(exchange)) return;
    seen.add(exchange);
    stops.push({ exchange, path });
  };
  for (let stop = stops.shift(); stop; stop = stops.shift()) {
    const { path } = stop;
    if (stop.exchange === '') {
      for (const queue of keys) {
        if (topology.hasQueue(queue) && !reached.has(queue)) reached.set(queue, { queue, path });
      }
      continue;
    }
    const exchange = topology.exchange(stop.exchange);
    if (!exchange) continue;
    const matches = matcher(exchange.type, keys, headers, topology.headerComparison ?? 'strict');
    if (!matches) {
      unpredictable.push(exchange.name);
      continue;
    }
    let matched = false;
    for (const binding of topology.bindingsFrom(exchange.name)) {
      if (!matches(binding)) continue;
      matched = true;
      const way = [...path, binding];
      if (binding.destinationKind === 'exchange') go(binding.destination, way);
      else if (!reached.has(binding.destination))
        reached.set(binding.destination, { queue: binding.destination, path: way });
    }
    const alternate = matched ? undefined : textField(exchange.arguments, 'alternate-exchange');
    if (alternate !== undefined && !seen.has(alternate)) {
      alternates.push(alternate);
      go(alternate, path);
    }
  }
  return { reached: [...reached.values()], unpredictable, alternates };
}

type Matcher = (binding: RoutedBinding) => boolean;

function matcher(
  type: string,
  keys: readonly string[],
  headers: FieldTable,
  comparison: HeaderComparison,
): Matcher | undefined {
  switch (type) {
    case 'direct':
      return (binding) => keys.includes(binding.routingKey);
    case 'fanout':
      return () => true;
    case 'topic':
      return (binding) => keys.some((key) => topicMatches(binding.routingKey, key));
    case 'headers':
      return (binding) => headersMatch(binding.arguments, headers, comparison);
    default:
      return undefined;
  }
}

function keysIn(headers: FieldTable, name: string): readonly string[] {
  const value: FieldValue | undefined = field(headers, name);
  if (value?.type !== 'array') return [];
  return value.value.flatMap((item) =>
    item.type === 'longstr' && typeof item.value === 'string' ? [item.value] : [],
  );
}
