import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import type { Entry, FileForm } from '../declarations';
import type { TopologyDocument } from '../document';
import { nameValue, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent } from '../json/jsonTable';
import { defaultQueueTypes } from '../queueType';
import type { SectionName } from '../sections';
import { sectionNames } from '../sections';
import type { Target } from '../target';
import { compactText, exactValue } from './exactJson';
import type { Circumstances } from './normalForm';

/** An entry under the name by which brokers know it: an import of another entry with this name is about the same thing. */
export interface TopologyObject {
  readonly entry: Entry;
  /** The same for the same thing in any file; within one section. */
  readonly key: string;
  /** Empty for users, virtual hosts and global parameters. */
  readonly vhost: string;
  readonly label: string;
  /** Where it cannot be named: a field of its name is missing or no text. */
  readonly isNameless: boolean;
}

/** What a file without `vhost` fields is about when nobody says it. */
export const usualVhost = '/';

/** The objects of one section, in the order of the file. `vhost` is where a file without `vhost` fields goes. */
export function objectsOf(
  document: TopologyDocument,
  section: SectionName,
  vhost = usualVhost,
): TopologyObject[] {
  const { declarations } = document;
  const isSingle = declarations.form === 'vhost';
  return declarations.entries(section).map((entry: Entry) => {
    const isGlobal = section === 'users' || section === 'vhosts' || section === 'global_parameters';
    const home = isGlobal ? '' : isSingle ? vhost : (entry.vhost ?? '');
    const parts = identity(document, entry);
    const isLost = !isGlobal && !isSingle && entry.vhost === undefined;
    return {
      entry,
      key: JSON.stringify([home, ...parts.map((part) => part ?? null)]),
      vhost: home,
      label: labelOf(document, entry),
      isNameless: isLost || parts.includes(undefined),
    };
  });
}

function identity({ table }: TopologyDocument, entry: Entry): (string | undefined)[] {
  const text = (node: NodeId): string | undefined => nameValue(table, node);
  switch (entry.section) {
    case 'permissions':
      return [text(entry.fields.user)];
    case 'topic_permissions':
      return [text(entry.fields.user), text(entry.fields.exchange)];
    case 'parameters':
      return [text(entry.fields.component), text(entry.fields.name)];
    case 'bindings': {
      const { source, destination, destination_type: kind, routing_key: key } = entry.fields;
      const list = exactValue(table, entry.fields.arguments);
      const isNone = list === undefined || list === null || (Array.isArray(list) && list.length === 0);
      return [text(source), text(destination), text(kind), text(key), isNone ? '{}' : compactText(list)];
    }
    default:
      return [entry.name];
  }
}

function labelOf({ table }: TopologyDocument, entry: Entry): string {
  const text = (node: NodeId): string => stringValue(table, node) ?? '?';
  switch (entry.section) {
    case 'permissions':
      return text(entry.fields.user);
    case 'topic_permissions':
      return `${text(entry.fields.user)} on ${text(entry.fields.exchange) || '(all exchanges)'}`;
    case 'parameters':
      return `${text(entry.fields.component)} ${text(entry.fields.name)}`;
    case 'bindings':
      return bindingLabel(
        text(entry.fields.source),
        text(entry.fields.destination),
        stringValue(table, entry.fields.routing_key) ?? '',
      );
    default:
      return entry.name === undefined ? '(no name)' : entry.name || '(empty name)';
  }
}

/** `orders → orders.audit  (order.#)`. */
export function bindingLabel(source: string, destination: string, routingKey: string): string {
  const key = routingKey === '' ? '' : `  (${routingKey})`;
  return `${source || '(default exchange)'} → ${destination}${key}`;
}

/** What every broker has by itself and exports of some list: it says nothing about a topology. */
export function isBuiltIn({ table }: TopologyDocument, entry: Entry): boolean {
  switch (entry.section) {
    case 'exchanges':
      return entry.name === '' || predeclaredExchanges.has(entry.name ?? '?') || isReserved(entry.name);
    case 'queues':
      return isReserved(entry.name);
    case 'bindings':
      return stringValue(table, entry.fields.source) === '';
    case 'global_parameters':
      // The cluster's own, such as internal_cluster_id; 4.3 does not export them (DOMAIN 5.1).
      return entry.name?.startsWith('internal') === true;
    default:
      return false;
  }
}

function isReserved(name: string | undefined): boolean {
  return name?.startsWith('amq.') === true;
}

/** What is known of an entry's surroundings from its own file; `fallback` answers for virtual hosts it does not declare. */
export function circumstancesIn(
  document: TopologyDocument,
  target: Target,
  fallback: (vhost: string) => string | undefined = () => undefined,
): (object: TopologyObject) => Circumstances {
  const { table, declarations } = document;
  const defaults = defaultQueueTypes(table, declarations);
  return ({ entry, vhost }) => ({
    target,
    defaultQueueType:
      entry.section === 'vhosts' ? fallback(entry.name ?? '') : (defaults.get(vhost) ?? fallback(vhost)),
  });
}

/**
 * The sections in the order in which that series imports them: 4.2 and newer look at topic permissions after exchanges,
 * and an import into one virtual host at parameters before policies (seen on 3.10.8, 4.0.5 and 4.3.6).
 */
export function importOrder(target: Target, form: FileForm): readonly SectionName[] {
  const order = clusterOrder(target);
  if (form === 'cluster') return order;
  const others = order.filter((name) => name !== 'parameters');
  const at = others.indexOf('policies');
  return [...others.slice(0, at), 'parameters', ...others.slice(at)];
}

function clusterOrder(target: Target): readonly SectionName[] {
  if (target !== '4.3') return sectionNames;
  const others = sectionNames.filter((name) => name !== 'topic_permissions');
  const at = others.indexOf('exchanges') + 1;
  return [...others.slice(0, at), 'topic_permissions', ...others.slice(at)];
}

/** Whether the entry has that field at all. */
export function hasField(entry: Entry, field: string): boolean {
  return ((entry.fields as Readonly<Record<string, NodeId>>)[field] ?? absent) !== absent;
}
