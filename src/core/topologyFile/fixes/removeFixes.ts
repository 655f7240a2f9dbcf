import { policyKeyRule, policyKeyRules } from '../../topology/policyKeys';
import { isAtLeast, queueArgumentRule, queueArgumentRules } from '../../topology/queueArguments';
import { member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import { shown } from '../ruleContext';
import { entryNoun } from '../sections';
import { nearestName } from '../spelling';
import type { Draft, FixPlace, Fixer } from './fixPlace';
import { certain, none, possible } from './fixPlace';
import { removeItem } from './jsonEdits';
import { renamedKey } from './valueFixes';

/** Takes the member out that the finding is at: by its key or its value. */
export const removeMember: Fixer = (place) => possible(...memberRemoval(place));
export const dropMember: Fixer = (place) => certain(...memberRemoval(place));

function memberRemoval({
  table,
  container,
  key,
  keyName,
  node,
}: FixPlace): [string, ReturnType<typeof removeItem>] {
  const item = key === absent ? node : key;
  return [key === absent ? 'Remove it' : `Remove ${shown(keyName)}`, removeItem(table, container, item)];
}

/** Takes the whole entry out. */
export const removeEntry: Fixer = (place) =>
  entryRemoval(place).map((draft) => ({ ...draft, isCertain: false }));
export const dropEntry: Fixer = (place) => entryRemoval(place);

function entryRemoval({ table, context, entry }: FixPlace): readonly Draft[] {
  if (!entry) return none;
  const list = context.declarations.section(entry.section)?.value ?? absent;
  const name = entry.field('name');
  const what =
    name === undefined
      ? `this ${entryNoun[entry.section]}`
      : `the ${entryNoun[entry.section]} ${shown(name)}`;
  return certain(`Remove ${what}`, removeItem(table, list, entry.node));
}

/** Something in a list of entries that is none. */
export const removeElement: Fixer = ({ table, container, node }) =>
  table.kind(container) === jsonKind.array ? possible('Remove it', removeItem(table, container, node)) : none;

/** The key of a policy: to a known one, or away; without its last key a policy is refused, so it goes as a whole. */
export const policyKey: Fixer = (place) => {
  const { table, container, keyName, context } = place;
  const rule = policyKeyRule(keyName);
  const bare = keyName.replace(/^x-/, '');
  const known = policyKeyRules
    .filter(
      ({ since, removed }) =>
        isAtLeast(context.target, since) && !(removed && isAtLeast(context.target, removed)),
    )
    .map(({ name }) => name);
  const meant = rule ? undefined : known.includes(bare) ? bare : nearestName(keyName, known, 2);
  if (meant !== undefined && member(table, container, meant) === absent) return renamedKey(place, meant);
  return withoutPolicyKey(place, rule?.removed !== undefined);
};

export const removePolicyKey: Fixer = (place) => withoutPolicyKey(place, false);

function withoutPolicyKey(place: FixPlace, isCertain: boolean): readonly Draft[] {
  const { table, container } = place;
  const isOnly = table.next(table.next(container + 1)) >= table.next(container);
  const drafts = isOnly ? removeEntry(place) : removeMember(place);
  return drafts.map((draft) => ({ ...draft, isCertain }));
}

const argumentNames = queueArgumentRules.map(({ name }) => name);

/** An argument that no broker knows, but nearly. */
export const argumentKey: Fixer = (place) => {
  const { table, keyName, container } = place;
  const prefixed = `x-${keyName}`;
  const meant = queueArgumentRule(prefixed) ? prefixed : nearestName(keyName, argumentNames, 2);
  return meant === undefined || member(table, container, meant) !== absent ? none : renamedKey(place, meant);
};

/** Of two keys of one name that one which the broker does not look at. */
export const ignoredKey: Fixer = (place) => {
  if (place.context.target !== '3.10') return removeMember(place);
  const { table, container, keyName } = place;
  let first: NodeId | undefined;
  for (let key = container + 1; key < table.next(container) && first === undefined; key = table.next(key + 1))
    if (stringValue(table, key) === keyName) first = key;
  return first === undefined
    ? none
    : possible(`Remove the first ${shown(keyName)}`, removeItem(table, container, first));
};
