import { emptyTable, field } from '../../base/fieldValue';
import type { FieldTable } from '../../base/fieldValue';
import { tableFromJson } from '../../base/fieldJson';
import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import type { RoutedBinding, RoutedExchange, RoutingTopology } from '../../topology/routing';
import type { Entry } from '../declarations';
import type { TopologyDocument } from '../document';
import { member, nameValue, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { jsonKind } from '../json/jsonTable';
import { RuleContext } from '../ruleContext';
import type { Target } from '../target';
import { PolicyLookup } from './policyLookup';

/** One virtual host of a file as messages find it after the import. */
export interface DocumentTopology extends RoutingTopology {
  readonly exchangeNames: readonly string[];
  /** Where a queue's dead letters go; `unknown` when policies decide that cannot be foretold. */
  deadLetters(queue: string): DeadLetters | 'unknown' | undefined;
}

export interface DeadLetters {
  readonly exchange: string;
  /** In place of the message's own. */
  readonly routingKey?: string | undefined;
  /** What says so, in words. */
  readonly by: string;
}

/**
 * The routing of one virtual host. What a broker would not make of the file (a queue without a name, a binding to
 * nothing) is not there; `vhost` is not looked at in the export of a single virtual host.
 */
export function documentTopology(
  document: TopologyDocument,
  vhost: string,
  target: Target,
): DocumentTopology {
  const { declarations, table } = document;
  const isHere = (entry: Entry): boolean => declarations.form === 'vhost' || entry.vhost === vhost;
  const argumentsOf = (node: NodeId): FieldTable => {
    if (table.kind(node) !== jsonKind.object || table.next(node) === node + 1) return emptyTable;
    return tableFromJson(parsed(table.text.slice(table.start(node), table.end(node))));
  };

  const exchanges = new Map<string, RoutedExchange>();
  for (const [name, type] of predeclaredExchanges) exchanges.set(name, { name, type, arguments: emptyTable });
  for (const exchange of declarations.entries('exchanges')) {
    const type = stringValue(table, exchange.fields.type);
    const { name } = exchange;
    if (!isHere(exchange) || !name || name.startsWith('amq.') || type === undefined) continue;
    if (!exchanges.has(name)) {
      exchanges.set(name, { name, type, arguments: argumentsOf(exchange.fields.arguments) });
    }
  }
  const queues = new Map<string, Entry<'queues'>>();
  for (const queue of declarations.entries('queues')) {
    if (isHere(queue) && queue.name && !queue.name.startsWith('amq.')) queues.set(queue.name, queue);
  }
  const bindings = new Map<string, RoutedBinding[]>();
  for (const binding of declarations.entries('bindings')) {
    if (!isHere(binding)) continue;
    const { fields } = binding;
    const source = nameValue(table, fields.source);
    const destination = nameValue(table, fields.destination);
    const destinationKind = stringValue(table, fields.destination_type);
    if (!source || destination === undefined || !exchanges.has(source)) continue;
    if (destinationKind !== 'queue' && destinationKind !== 'exchange') continue;
    if (!(destinationKind === 'queue' ? queues : exchanges).has(destination)) continue;
    let list = bindings.get(source);
    if (!list) bindings.set(source, (list = []));
    list.push({
      source,
      destination,
      destinationKind,
      routingKey: nameValue(table, fields.routing_key) ?? '',
      arguments: argumentsOf(fields.arguments),
    });
  }
  const context = new RuleContext(document, target);
  const policies = new PolicyLookup(context, declarations.form === 'vhost' ? '' : vhost);
  for (const [name, exchange] of exchanges) {
    const alternate = policies.text('exchange', name, 'alternate-exchange');
    if (alternate === undefined || field(exchange.arguments, 'alternate-exchange')) continue;
    const added = { name: 'alternate-exchange', value: { type: 'longstr', value: alternate } } as const;
    exchanges.set(name, { ...exchange, arguments: [...exchange.arguments, added] });
  }
  /** An argument counts before a policy, and streams know no dead letters (DOMAIN 5.3, 5.4). */
  const deadLettersOf = (queue: Entry<'queues'> | undefined): DeadLetters | 'unknown' | undefined => {
    if (!queue?.name || context.queueType(queue).type === 'stream') return undefined;
    const { name } = queue;
    const either = (key: string): string | undefined =>
      stringValue(table, member(table, queue.fields.arguments, `x-${key}`)) ??
      policies.text('queue', name, key);
    const own = stringValue(table, member(table, queue.fields.arguments, 'x-dead-letter-exchange'));
    if (own === undefined && policies.of('queue', name) === 'unknown') return 'unknown';
    const exchange = either('dead-letter-exchange');
    if (exchange === undefined) return undefined;
    const policy = policies.of('queue', name);
    const by = own === undefined && typeof policy === 'object' ? policy.subject : 'x-dead-letter-exchange';
    return { exchange, routingKey: either('dead-letter-routing-key'), by };
  };
  return {
    exchange: (name) => exchanges.get(name),
    bindingsFrom: (name) => bindings.get(name) ?? [],
    hasQueue: (name) => queues.has(name),
    headerComparison: target === '3.10' || target === '3.13' ? 'loose' : 'strict',
    exchangeNames: [...exchanges.keys()],
    deadLetters: (name) => deadLettersOf(queues.get(name)),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
