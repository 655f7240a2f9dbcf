import type { BrokerSeries } from '../../topology/queueArguments';
import { argumentFit, isAtLeast, queueArgumentRules, valueRule } from '../../topology/queueArguments';
import { policyKeyRules } from '../../topology/policyKeys';
import { argumentMarkdown, policyKeyMarkdown, takersText, valueText } from '../argumentText';
import type { TopologyDocument } from '../document';
import { fieldFact, sectionFacts } from '../fieldFacts';
import { children, member, stringValue } from '../json/jsonRead';
import type { NestedKey } from '../nestedKeys';
import { exchangeArguments, headersMatch, parameterValues, userLimits, vhostMetadata } from '../nestedKeys';
import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import { sectionFields, sectionNames } from '../sections';
import type { Target } from '../target';
import type { EntryAround } from './entryAround';
import { entryAround, queueTypeAround } from './entryAround';
import type { Proposal } from './item';
import type { Place } from './place';
import { fieldSnippet, ruleSnippet } from './valueSnippet';

/** Keys for an object: what its place takes and it does not have yet. */
export function keyProposals(document: TopologyDocument, place: Place, target: Target): Proposal[] {
  const taken = new Set<string>();
  for (const key of children(document.table, place.container)) {
    // The one being written counts as not there.
    if (document.table.start(key) !== place.replace.start) taken.add(stringValue(document.table, key) ?? '');
  }
  return allKeys(document, place, target).filter(({ label }) => !taken.has(label));
}

function allKeys(document: TopologyDocument, place: Place, target: Target): Proposal[] {
  const { path } = place;
  if (path.length === 0) return rootKeys(target);
  const entry = entryAround(document, place.containers, path);
  if (!entry) return [];
  if (path.length === 2) return fieldKeys(document, entry);
  switch (path.slice(2).join('/')) {
    case 'arguments':
      if (entry.section === 'queues') return queueArguments(document, entry, target);
      if (entry.section === 'exchanges') {
        const type = entry.field('type');
        return nested(exchangeArguments.filter(({ ofType }) => ofType === undefined || ofType === type));
      }
      return entry.section === 'bindings' && mayBeHeaders(document, entry) ? nested([headersMatch]) : [];
    case 'definition':
      return entry.section === 'policies' ? policyKeys(target) : [];
    case 'metadata':
      return entry.section === 'vhosts' ? nested(vhostMetadata) : [];
    case 'limits':
      return entry.section === 'users' ? nested(userLimits) : [];
    case 'value':
      return nested(entry.section === 'parameters' ? parameterKeys(entry) : []);
    case 'value/definition':
      return entry.section === 'parameters' ? policyKeys(target, 'operators') : [];
    default:
      return [];
  }
}

function rootKeys(target: Target): Proposal[] {
  const sections = sectionNames.map((label): Proposal => ({
    label,
    kind: 'section',
    insert: '[\n\t$1\n]',
    isSnippet: true,
    documentation: sectionFacts[label],
  }));
  const version: Proposal = {
    label: 'rabbitmq_version',
    kind: 'field',
    insert: `"\${1:${target}}"`,
    isSnippet: true,
    documentation: 'The RabbitMQ the file is for: it is checked for that version.',
  };
  return [...sections, version];
}

function fieldKeys({ declarations }: TopologyDocument, { section }: EntryAround): Proposal[] {
  return sectionFields[section].flatMap((label): Proposal[] => {
    const fact = fieldFact(section, label);
    if (!fact || fact.isPassedOver || (label === 'vhost' && declarations.form === 'vhost')) return [];
    return [
      {
        label,
        kind: 'field',
        insert: fieldSnippet(fact.value),
        isSnippet: true,
        documentation: fact.summary,
      },
    ];
  });
}

function queueArguments(document: TopologyDocument, entry: EntryAround, target: Target): Proposal[] {
  const type = queueTypeAround(document, entry, target);
  return queueArgumentRules
    .filter((rule) => !type || argumentFit(rule, type, target) === 'taken')
    .filter(({ preventsQueueFrom }) => !preventsQueueFrom || !isAtLeast(target, preventsQueueFrom))
    .map((rule) => ({
      label: rule.name,
      kind: 'argument',
      insert:
        rule.name === 'x-queue-type' ? '"${1|quorum,classic,stream|}"' : ruleSnippet(valueRule(rule, target)),
      isSnippet: true,
      detail: `${valueText(valueRule(rule, target))} · ${takersText(rule)}`,
      documentation: argumentMarkdown(rule, target, type),
    }));
}

function policyKeys(target: Target, whose: 'users' | 'operators' = 'users'): Proposal[] {
  return policyKeyRules
    .filter((rule) => {
      if (!isKnown(rule, target)) return false;
      return whose === 'users' || (rule.operator !== undefined && isKnown(rule.operator, target));
    })
    .map((rule) => ({
      label: rule.name,
      kind: 'argument',
      insert: ruleSnippet(rule.value),
      isSnippet: true,
      detail: rule.plugin === undefined ? valueText(rule.value) : `needs ${rule.plugin}`,
      documentation: policyKeyMarkdown(rule, target),
    }));
}

function isKnown(
  { since, removed }: { readonly since: BrokerSeries; readonly removed?: BrokerSeries },
  target: Target,
): boolean {
  return isAtLeast(target, since) && !(removed && isAtLeast(target, removed));
}

function parameterKeys(entry: EntryAround): readonly NestedKey[] {
  const component = entry.field('component') ?? '';
  return Object.hasOwn(parameterValues, component) ? (parameterValues[component] ?? []) : [];
}

/** Also for an exchange that the file does not declare: nobody knows its type. */
function mayBeHeaders({ table, declarations }: TopologyDocument, entry: EntryAround): boolean {
  const source = entry.field('source') ?? '';
  const builtIn = predeclaredExchanges.get(source);
  if (builtIn !== undefined) return builtIn === 'headers';
  const exchange = declarations
    .entries('exchanges')
    .find(({ name, vhost }) => name === source && vhost === entry.vhost);
  return !exchange || stringValue(table, member(table, exchange.node, 'type')) === 'headers';
}

function nested(keys: readonly NestedKey[]): Proposal[] {
  return keys.map(({ name, value, summary }) => ({
    label: name,
    kind: 'argument',
    insert: fieldSnippet(value),
    isSnippet: true,
    documentation: summary,
  }));
}
