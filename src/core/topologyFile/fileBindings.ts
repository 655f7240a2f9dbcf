import { predeclaredExchanges } from '../topology/predeclaredExchanges';
import type { Entry } from './declarations';
import { lookUp } from './declarations';
import { member, nameValue, stringValue } from './json/jsonRead';
import { absent } from './json/jsonTable';
import type { RuleContext } from './ruleContext';

/** A binding that the broker makes. */
export interface FileBinding {
  readonly entry: Entry<'bindings'>;
  readonly source: string;
  readonly destination: string;
  readonly isToQueue: boolean;
  readonly key: string;
}

/** The bindings of one virtual host by their source; only those whose both ends will be there. */
export interface VhostBindings {
  readonly from: ReadonlyMap<string, readonly FileBinding[]>;
  /** A binding leads from or to something that the file does not declare: what is not bound may be its fault. */
  readonly isBroken: boolean;
}

export function fileBindings(context: RuleContext): ReadonlyMap<string, VhostBindings> {
  const { table, declarations } = context;
  const vhosts = new Map<string, { from: Map<string, FileBinding[]>; isBroken: boolean }>();
  for (const entry of declarations.entries('bindings')) {
    const { vhost, fields } = entry;
    if (vhost === undefined) continue;
    const source = nameValue(table, fields.source);
    // The default exchange takes none: those in a file say what is so anyway, or nothing.
    if (source === '') continue;
    const destination = nameValue(table, fields.destination);
    let known = vhosts.get(vhost);
    if (!known) vhosts.set(vhost, (known = { from: new Map(), isBroken: false }));
    const isToQueue = stringValue(table, fields.destination_type) === 'queue';
    const isWhole =
      source !== undefined &&
      destination !== undefined &&
      hasExchange(context, vhost, source) &&
      (isToQueue
        ? lookUp(context.queues, vhost, destination) !== undefined
        : hasExchange(context, vhost, destination));
    if (!isWhole) {
      known.isBroken = true;
      continue;
    }
    const list = known.from.get(source);
    const binding = {
      entry,
      source,
      destination,
      isToQueue,
      key: stringValue(table, fields.routing_key) ?? '',
    };
    if (list) list.push(binding);
    else known.from.set(source, [binding]);
  }
  return vhosts;
}

export function hasExchange(context: RuleContext, vhost: string, name: string): boolean {
  return predeclaredExchanges.has(name) || lookUp(context.exchanges, vhost, name) !== undefined;
}

/** How an exchange routes: its type, and of a delayed one the type it has afterwards. */
export function routingType(context: RuleContext, vhost: string, name: string): string | undefined {
  const own = predeclaredExchanges.get(name);
  if (own !== undefined) return own;
  const { table } = context;
  const exchange = lookUp(context.exchanges, vhost, name);
  const type = stringValue(table, exchange?.fields.type ?? absent);
  if (type !== 'x-delayed-message') return type;
  return stringValue(table, member(table, exchange?.fields.arguments ?? absent, 'x-delayed-type'));
}
