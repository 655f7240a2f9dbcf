import { policyKeyRule } from '../../topology/policyKeys';
import type { ArgumentValueRule } from '../../topology/queueArguments';
import { coreQueueTypes, isAtLeast, queueArgumentRule, valueRule } from '../../topology/queueArguments';
import type { FieldValue } from '../fieldFacts';
import { fieldFact } from '../fieldFacts';
import { numberValue, stringValue } from '../json/jsonRead';
import { jsonKind } from '../json/jsonTable';
import { headersMatch, parameterValues, userLimits } from '../nestedKeys';
import { exchangeTypes } from '../rules/exchangeRules';
import { applyToWords } from '../rules/policyRules';
import { shown } from '../ruleContext';
import { nearestName } from '../spelling';
import type { Draft, FixPlace, Fixer } from './fixPlace';
import { certain, none } from './fixPlace';
import { replaceNode } from './jsonEdits';

/** A value of the wrong kind that can only mean one of the right kind: "true", 60000.0, "7d", "Quorum". */
export const rightValue: Fixer = (place) => {
  const { table, node, key } = place;
  // A value stands behind its key.
  if (node === key || node === place.container) return none;
  const json = wanted(place);
  return json === undefined || json === table.text.slice(table.start(node), table.end(node))
    ? none
    : certain(`Write ${shortJson(json)}`, replaceNode(table, node, json));
};

/** A key one or two letters off one that is known here. */
export const rightKey: Fixer = (place) => {
  const { table, node, key, inside, entry } = place;
  const written = stringValue(table, node);
  if (node !== key || written === undefined || !entry) return none;
  const meant = nearestWord(written, knownKeys(entry.section, inside, entry.field('component')));
  return meant === undefined ? none : renamedKey(place, meant);
};

export function renamedKey({ table, key }: FixPlace, name: string): readonly Draft[] {
  return certain(`Change to ${shown(name)}`, replaceNode(table, key, JSON.stringify(name)));
}

function knownKeys(section: string, inside: string, component: string | undefined): readonly string[] {
  if (section === 'users' && inside === 'limits') return userLimits.map(({ name }) => name);
  if (section === 'parameters' && inside === 'value' && Object.hasOwn(parameterValues, component ?? ''))
    return (parameterValues[component ?? ''] ?? []).map(({ name }) => name);
  return [];
}

/** The JSON that was meant, `undefined` when nobody can know. */
function wanted(place: FixPlace): string | undefined {
  const { entry, inside, keyName, context } = place;
  if (!entry) return undefined;
  const { target } = context;
  const { section } = entry;
  if (inside === '') {
    if (section === 'exchanges' && keyName === 'type') return word(place, exchangeTypes(target));
    if (section === 'policies' && keyName === 'apply-to') return word(place, applyToWords(target));
    if (section === 'parameters' && keyName === 'name') return '"limits"';
    const fact = fieldFact(section, keyName);
    return fact && ofField(place, fact.value);
  }
  if (inside === 'arguments' && section === 'queues') {
    if (keyName === 'x-queue-type') return word(place, coreQueueTypes);
    const rule = queueArgumentRule(keyName);
    return rule && ofRule(place, valueRule(rule, target));
  }
  if (inside === 'metadata' && keyName === 'default_queue_type') return word(place, coreQueueTypes);
  if (inside === 'definition' || inside === 'value/definition') {
    const rule = policyKeyRule(keyName);
    return (
      rule &&
      ofRule(place, rule.valueFrom && isAtLeast(target, rule.valueFrom[0]) ? rule.valueFrom[1] : rule.value)
    );
  }
  if (inside === 'limits' || (inside === 'value' && entry.field('component') === 'vhost-limits'))
    return integer(place);
  if (section === 'bindings' && keyName === headersMatch.name) return ofField(place, headersMatch.value);
  return undefined;
}

function ofField(place: FixPlace, value: FieldValue): string | undefined {
  const kind = place.table.kind(place.node);
  switch (value.kind) {
    case 'boolean':
      return boolean(place) ?? (kind === jsonKind.null ? String(value.usual) : undefined);
    case 'number':
      return number(place);
    case 'words':
      return word(place, value.words);
    case 'object':
      return isNothing(place) ? '{}' : undefined;
    case 'list':
      return isNothing(place) ? '[]' : undefined;
    case 'text':
    case 'name':
      return text(place);
    case 'any':
      return undefined;
  }
}

function ofRule(place: FixPlace, rule: ArgumentValueRule): string | undefined {
  switch (rule.kind) {
    case 'integer':
      return rule.least === rule.most ? String(rule.least) : integer(place);
    case 'boolean':
      return boolean(place);
    case 'text':
      return rule.oneOf ? word(place, rule.oneOf) : text(place);
    case 'age':
      return age(place);
    case 'unchecked':
      return rule.meant === 'an integer' ? integer(place) : text(place);
  }
}

function isNothing({ table, node }: FixPlace): boolean {
  return table.kind(node) === jsonKind.null || stringValue(table, node) === '';
}

function boolean({ table, node }: FixPlace): string | undefined {
  const written = stringValue(table, node)?.trim().toLowerCase();
  return written === 'true' || written === 'false' ? written : undefined;
}

/** Digits in quotes, or a number whose fraction is nothing. */
function integer({ table, node }: FixPlace): string | undefined {
  const written = stringValue(table, node)?.trim();
  const value =
    written === undefined
      ? numberValue(table, node)
      : /^[+-]?\d{1,15}(?:\.0+)?$/.test(written)
        ? Number(written)
        : NaN;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function number({ table, node }: FixPlace): string | undefined {
  const written = stringValue(table, node)?.trim() ?? '';
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(written) ? written : undefined;
}

function text({ table, node }: FixPlace): string | undefined {
  const kind = table.kind(node);
  const isWord = kind === jsonKind.number || kind === jsonKind.true || kind === jsonKind.false;
  return isWord ? JSON.stringify(table.text.slice(table.start(node), table.end(node))) : undefined;
}

function word({ table, node }: FixPlace, words: readonly string[]): string | undefined {
  const written = stringValue(table, node);
  const meant = written === undefined ? undefined : nearestWord(written, words);
  return meant === undefined ? undefined : JSON.stringify(meant);
}

/** `7d` is written `7D`, `5H` `5h`: units of a stream's age have one spelling each. */
function age({ table, node }: FixPlace): string | undefined {
  const [, digits, unit] = /^\s*(0*[1-9]\d*)\s*([dyHS])\s*$/.exec(stringValue(table, node) ?? '') ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  return JSON.stringify(digits + (unit === 'd' || unit === 'y' ? unit.toUpperCase() : unit.toLowerCase()));
}

/** The word that was meant: but for letter case, at most two letters off, or the only one that goes on like that. */
function nearestWord(written: string, words: readonly string[]): string | undefined {
  const lower = written.trim().toLowerCase().replaceAll('_', '-');
  const same = words.find((one) => one.replaceAll('_', '-') === lower);
  const near = same ?? nearestName(written.trim().toLowerCase(), words, 2);
  if (near !== undefined || lower.length < 3) return near;
  const longer = words.filter((one) => one.startsWith(lower));
  return longer.length === 1 ? longer[0] : undefined;
}

function shortJson(json: string): string {
  return json.length > 60 ? `${json.slice(0, 59)}…` : json;
}
