import { policyKeyRule } from '../../topology/policyKeys';
import type { ArgumentValueRule } from '../../topology/queueArguments';
import { coreQueueTypes, isAtLeast, queueArgumentRule, valueRule } from '../../topology/queueArguments';
import type { TopologyDocument } from '../document';
import type { FieldValue } from '../fieldFacts';
import { fieldFact } from '../fieldFacts';
import { stringValue } from '../json/jsonRead';
import { exchangeArguments, headersMatch, parameterValues, vhostMetadata } from '../nestedKeys';
import type { NameKind } from '../names/nameTable';
import { exchangeTypes } from '../rules/exchangeRules';
import { applyToWords } from '../rules/policyRules';
import type { SectionName } from '../sections';
import { sectionNames } from '../sections';
import type { Target } from '../target';
import type { EntryAround } from './entryAround';
import { entryAround } from './entryAround';
import { entryProposals } from './entrySnippets';
import type { Proposal } from './item';
import type { KnownNames } from './nameProposals';
import { nameProposals, routingKeyProposals } from './nameProposals';
import type { Place } from './place';

export interface ValueContext {
  readonly target: Target;
  readonly known: KnownNames | undefined;
}

/** Values for a key. */
export function valueProposals(
  document: TopologyDocument,
  place: Place,
  { target, known }: ValueContext,
): Proposal[] {
  const key = stringValue(document.table, place.key) ?? '';
  const entry = entryAround(document, place.containers, place.path);
  if (!entry) return [];
  const names = (kind: NameKind): Proposal[] =>
    nameProposals(document, kind, entry.vhost, known, place.typed);
  const inside = place.path.slice(2).join('/');
  if (inside === '') return fieldValues(document, entry, key, target, names);
  if (inside === 'arguments' && entry.section === 'queues') {
    if (key === 'x-queue-type') return words(coreQueueTypes);
    const rule = queueArgumentRule(key);
    return (
      deadLetterValues(document, place, key, 'x-', names) ?? (rule ? ofRule(valueRule(rule, target)) : [])
    );
  }
  if (inside === 'definition' || inside === 'value/definition') {
    const rule = policyKeyRule(key);
    if (key === 'alternate-exchange') return names('exchange');
    return (
      deadLetterValues(document, place, key, '', names) ??
      (rule
        ? ofRule(rule.valueFrom && isAtLeast(target, rule.valueFrom[0]) ? rule.valueFrom[1] : rule.value)
        : [])
    );
  }
  const nested = nestedKeysOf(entry, inside).find(({ name }) => name === key);
  return nested ? ofField(nested.value, names) : [];
}

function nestedKeysOf(entry: EntryAround, inside: string): readonly { name: string; value: FieldValue }[] {
  if (entry.section === 'exchanges' && inside === 'arguments') return exchangeArguments;
  if (entry.section === 'bindings' && inside === 'arguments') return [headersMatch];
  if (entry.section === 'vhosts' && inside === 'metadata') return vhostMetadata;
  const component = entry.field('component') ?? '';
  const isParameter = entry.section === 'parameters' && inside === 'value';
  return isParameter && Object.hasOwn(parameterValues, component) ? (parameterValues[component] ?? []) : [];
}

function fieldValues(
  document: TopologyDocument,
  entry: EntryAround,
  key: string,
  target: Target,
  names: (kind: NameKind) => Proposal[],
): Proposal[] {
  const { section } = entry;
  if (section === 'exchanges' && key === 'type') return words(exchangeTypes(target));
  if (section === 'policies' && key === 'apply-to') return words(applyToWords(target));
  if (section === 'bindings' && key === 'destination')
    return names(entry.field('destination_type') === 'exchange' ? 'exchange' : 'queue');
  if (section === 'bindings' && key === 'routing_key')
    return routingKeyProposals(document, entry.vhost, entry.field('source'));
  const fact = fieldFact(section, key);
  return fact && !fact.isPassedOver ? ofField(fact.value, names) : [];
}

/** Where dead letters go: an exchange, and a key that it has bindings for. `undefined` for other keys. */
function deadLetterValues(
  document: TopologyDocument,
  place: Place,
  key: string,
  prefix: string,
  names: (kind: NameKind) => Proposal[],
): Proposal[] | undefined {
  if (key === `${prefix}dead-letter-exchange`) return names('exchange');
  if (key !== `${prefix}dead-letter-routing-key`) return undefined;
  const { table } = document;
  const end = table.next(place.container);
  let exchange: string | undefined;
  for (let node = place.container + 1; node < end; node = table.next(node + 1))
    if (stringValue(table, node) === `${prefix}dead-letter-exchange`) exchange = stringValue(table, node + 1);
  const vhost = entryAround(document, place.containers, place.path)?.vhost;
  return exchange === '' ? names('queue') : routingKeyProposals(document, vhost, exchange);
}

function ofField(value: FieldValue, names: (kind: NameKind) => Proposal[]): Proposal[] {
  if (value.kind === 'words') return words(value.words);
  if (value.kind === 'boolean') return plain(['true', 'false']);
  return value.kind === 'name' ? names(value.of) : [];
}

function ofRule(rule: ArgumentValueRule): Proposal[] {
  if (rule.kind === 'boolean') return plain(['true', 'false']);
  return rule.kind === 'text' && rule.oneOf ? words(rule.oneOf) : [];
}

function words(values: readonly string[]): Proposal[] {
  return values.map((label) => ({ label, kind: 'value', insert: JSON.stringify(label) }));
}

function plain(values: readonly string[]): Proposal[] {
  return values.map((label) => ({ label, kind: 'value', insert: label }));
}

/** Elements of a list: entries of a section, tags of a user. */
export function elementProposals(document: TopologyDocument, place: Place): Proposal[] {
  const { path } = place;
  const section: SectionName | undefined = sectionNames.find((name) => name === path[0]);
  if (section !== undefined && path.length === 1) {
    const isEmpty = place.replace.start === place.replace.end;
    return isEmpty ? entryProposals(section, usualVhost(document)) : [];
  }
  return path.join('/') === 'users/*/tags'
    ? words(['administrator', 'monitoring', 'policymaker', 'management', 'impersonator'])
    : [];
}

/** What is put in for `vhost` beforehand: the only one there is, else `/`. */
function usualVhost({ declarations }: TopologyDocument): string | undefined {
  if (declarations.form === 'vhost') return undefined;
  const [only, ...others] = declarations.entries('vhosts');
  return others.length === 0 ? (only?.name ?? '/') : '/';
}
