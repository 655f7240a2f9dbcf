import { utf8Length } from '../../base/bytes';
import { member, nameValue, stringValue } from '../json/jsonRead';
import { absent, jsonKind } from '../json/jsonTable';
import type { NamedThing } from '../names/nameTable';
import { kindNoun } from '../names/nameTable';
import { shown } from '../ruleContext';
import { longestName } from '../rules/nameRules';
import { nearestName } from '../spelling';
import type { TextEdit } from '../textEdit';
import type { FixPlace, Fixer } from './fixPlace';
import { none, possible } from './fixPlace';
import { addElement, addMember, replaceNode } from './jsonEdits';

const declaringSection = { vhost: 'vhosts', user: 'users', exchange: 'exchanges', queue: 'queues' } as const;

/** Adds the missing queue, exchange, virtual host or user to the file. */
export const declare: Fixer = (place) => {
  const thing = place.context.document.names.at(place.node)?.thing;
  if (!thing || thing.declarations.length > 0 || thing.name.startsWith('amq.')) return none;
  if (utf8Length(thing.name) > longestName) return none;
  const edit = inSection(place, declaringSection[thing.kind], entryOf(place, thing));
  return edit ? possible(`Declare the ${kindNoun[thing.kind]} ${shown(thing.name)}`, edit) : none;
};

/** A queue that the file declares and the broker would not make: what is in the way, put right. */
export const makeQueue: Fixer = ({ table, context, node }) => {
  const thing = context.document.names.at(node)?.thing;
  const queue = context.declarations
    .entries('queues')
    .find(({ fields }) => fields.name === (thing?.declarations[0] ?? absent));
  const obstacles = queue ? context.obstaclesOf(queue) : [];
  const edits = obstacles.flatMap(({ node: flag }) => {
    const kind = table.kind(flag);
    if (kind !== jsonKind.true && kind !== jsonKind.false) return [];
    return [replaceNode(table, flag, kind === jsonKind.true ? 'false' : 'true')];
  });
  if (edits.length === 0 || edits.length < obstacles.length || !thing) return none;
  return possible(`Correct the queue ${shown(thing.name)}, so that it is made`, ...edits);
};

/** Names something that the file declares and that is at most two letters off. */
export const nearName: Fixer = ({ table, context, node }) => {
  const { names } = context.document;
  const thing = names.at(node)?.thing;
  if (!thing || thing.declarations.length > 0) return none;
  const declared = [...names.all(thing.kind, thing.vhost)].filter((one) => one.declarations.length > 0);
  // As many as the rules themselves compare with.
  const meant = nearestName(
    thing.name,
    declared.slice(0, 20_000).map(({ name }) => name),
    2,
  );
  return meant === undefined
    ? none
    : possible(`Change to ${shown(meant)}`, replaceNode(table, node, JSON.stringify(meant)));
};

/** ".*" looks like a pattern and is the name of no exchange: "" stands for all. */
export const allExchanges: Fixer = ({ table, node, entry }) =>
  entry?.section === 'topic_permissions' && stringValue(table, node) === '.*'
    ? possible('Write "" for all exchanges', replaceNode(table, node, '""'))
    : none;

function inSection({ table }: FixPlace, section: string, entry: unknown): TextEdit | undefined {
  if (table.kind(0) !== jsonKind.object) return undefined;
  const list = member(table, 0, section);
  if (list === absent) return addMember(table, 0, section, [entry]);
  return table.kind(list) === jsonKind.array ? addElement(table, list, entry) : undefined;
}

function entryOf(place: FixPlace, { kind, vhost, name }: NamedThing): unknown {
  if (kind === 'vhost') return { name };
  // Without a password nobody can log in until one is set.
  if (kind === 'user') return { name, password_hash: '', tags: [] };
  const where = place.context.declarations.form === 'vhost' ? {} : { vhost };
  if (kind === 'queue') return { name, ...where, durable: true, auto_delete: false, arguments: {} };
  const type = exchangeType(place, vhost, name);
  return { name, ...where, type, durable: true, auto_delete: false, internal: false, arguments: {} };
}

/** What the places that use it need: patterns a topic exchange, header rules a headers exchange. */
function exchangeType({ context, table, entry, keyName }: FixPlace, vhost: string, name: string): string {
  if (entry?.section === 'topic_permissions') return 'topic';
  if (keyName === 'alternate-exchange') return 'fanout';
  let isBound = false;
  for (const binding of context.declarations.entries('bindings')) {
    if (binding.vhost !== vhost || nameValue(table, binding.fields.source) !== name) continue;
    if (member(table, binding.fields.arguments, 'x-match') !== absent) return 'headers';
    const key = stringValue(table, binding.fields.routing_key) ?? '';
    if (key.split('.').some((part) => part === '*' || part === '#')) return 'topic';
    isBound ||= key !== '';
  }
  return isBound ? 'direct' : 'fanout';
}
