import { member, stringValue } from '../json/jsonRead';
import { absent, jsonKind } from '../json/jsonTable';
import { coreQueueType } from '../queueType';
import { shown } from '../ruleContext';
import type { SectionName } from '../sections';
import { vhostSections } from '../sections';
import type { TextEdit } from '../textEdit';
import type { Draft, FixPlace, Fixer } from './fixPlace';
import { certain, none, possible } from './fixPlace';
import { addMember, removeItem, replaceNode } from './jsonEdits';

/** What a field means when it is not there, section by section. */
const usual: Partial<Readonly<Record<SectionName, Readonly<Record<string, unknown>>>>> = {
  queues: { durable: true, auto_delete: false },
  exchanges: { durable: true, auto_delete: false },
  users: { tags: [] },
  bindings: { routing_key: '' },
  // Nothing is the least that a user can be given.
  permissions: { configure: '', write: '', read: '' },
  topic_permissions: { write: '', read: '' },
};

/** Writes down what is missing and has a usual value. */
export const addFields: Fixer = (place) => {
  const { table, entry } = place;
  if (!entry) return none;
  const value = member(table, entry.node, 'value');
  const isOperatorPolicy =
    entry.field('component') === 'operator_policy' && table.kind(value) === jsonKind.object;
  const object = isOperatorPolicy ? value : entry.node;
  const wanted = {
    ...(isOperatorPolicy ? { priority: 0 } : usual[entry.section]),
    ...destinationType(place),
  };
  const missing = Object.entries(wanted).filter(([name]) => member(table, object, name) === absent);
  // Some are wanted by the target and some not: one by one, and what does not help is left out.
  return missing.flatMap(([name, json]) =>
    certain(`Add "${name}": ${JSON.stringify(json)}`, addMember(table, object, name, json)),
  );
};

/** What the destination is, where only one thing has that name. */
function destinationType({ context, entry }: FixPlace): Readonly<Record<string, string>> {
  const name = entry?.field('destination');
  if (entry?.section !== 'bindings' || name === undefined || entry.vhost === undefined) return {};
  const isQueue = context.queues.get(entry.vhost)?.has(name) ?? false;
  const isExchange = context.exchanges.get(entry.vhost)?.has(name) ?? false;
  return isQueue === isExchange ? {} : { destination_type: isQueue ? 'queue' : 'exchange' };
}

/** Into the only virtual host there is; all entries together where none names one. */
export const addVhost: Fixer = ({ table, context, entry }) => {
  const { declarations } = context;
  const [only, ...others] = declarations.entries('vhosts');
  if (!entry || others.length > 0) return none;
  const vhost = only?.name ?? '/';
  const nodes =
    declarations.form === 'vhost'
      ? vhostSections.flatMap((section) => declarations.entries(section).map(({ node }) => node))
      : [entry.node];
  const title = `Add "vhost": ${JSON.stringify(vhost)}${nodes.length > 1 ? ' to every entry' : ''}`;
  return [{ title, edits: nodes.map((node) => addMember(table, node, 'vhost', vhost)), isCertain: true }];
};

/** The key that a binding without one gets in words, or one that is no text, in quotes. */
export const routingKey: Fixer = (place) => {
  const { table, node, entry, keyName } = place;
  if (entry?.section !== 'bindings') return none;
  if (keyName !== 'routing_key') return addFields(place);
  const isNull = table.kind(node) === jsonKind.null;
  const text = isNull ? '' : table.text.slice(table.start(node), table.end(node));
  return text.length > 100
    ? none
    : certain(`Write ${JSON.stringify(text)}`, replaceNode(table, node, JSON.stringify(text)));
};

/** `type` decides nothing: x-queue-type does, or `type` is put right where that is there already. */
export const queueType: Fixer = ({ table, context, node, entry }) => {
  const queue = context.declarations.entries('queues').find((one) => one.node === entry?.node);
  const meant = coreQueueType(stringValue(table, node)?.replace(/^rabbit_(\w+)_queue$/, '$1'));
  if (!queue || meant === undefined) return none;
  const { type, from } = context.queueType(queue);
  if (from === 'argument')
    return type === undefined
      ? none
      : possible(`Write "${type}", which it is`, replaceNode(table, node, JSON.stringify(type)));
  const edits: TextEdit[] = [xQueueType(), ...(meant === 'classic' ? [] : holding())];
  return certain(`Add "x-queue-type": "${meant}"`, ...edits);

  function xQueueType(): TextEdit {
    const list = queue?.fields.arguments ?? absent;
    const there = member(table, list, 'x-queue-type');
    if (there !== absent) return replaceNode(table, there, JSON.stringify(meant));
    if (table.kind(list) === jsonKind.object) return addMember(table, list, 'x-queue-type', meant ?? '');
    if (list !== absent) return replaceNode(table, list, `{"x-queue-type":${JSON.stringify(meant)}}`);
    return addMember(table, queue?.node ?? 0, 'arguments', { 'x-queue-type': meant });
  }

  /** A quorum queue or stream is durable and stays. */
  function holding(): TextEdit[] {
    const { durable = absent, auto_delete: autoDelete = absent } = queue?.fields ?? {};
    return [
      ...(table.kind(durable) === jsonKind.false ? [replaceNode(table, durable, 'true')] : []),
      ...(table.kind(autoDelete) === jsonKind.true ? [replaceNode(table, autoDelete, 'false')] : []),
    ];
  }
};

/** From beside `metadata` into it. */
export const moveIntoMetadata: Fixer = ({ table, entry, node, key }) => {
  if (!entry || key === absent) return none;
  const type = stringValue(table, node) ?? '';
  const metadata = member(table, entry.node, 'metadata');
  const there = member(table, metadata, 'default_queue_type');
  if (metadata === absent)
    return possible('Move it into "metadata"', {
      start: table.start(key),
      end: table.end(node),
      text: `"metadata": { "default_queue_type": ${JSON.stringify(type)} }`,
    });
  if (there === absent && table.kind(metadata) !== jsonKind.object) return none;
  const edit =
    there === absent
      ? addMember(table, metadata, 'default_queue_type', type)
      : replaceNode(table, there, JSON.stringify(type));
  return possible('Move it into "metadata"', edit, removeItem(table, entry.node, key));
};

/** The other value of a flag. */
export function turned(value: 'true' | 'false', isCertain: boolean): Fixer {
  return ({ table, node, keyName }): readonly Draft[] => {
    const kind = table.kind(node);
    if (kind !== (value === 'true' ? jsonKind.false : jsonKind.true)) return none;
    return [
      { title: `Set ${shown(keyName)} to ${value}`, edits: [replaceNode(table, node, value)], isCertain },
    ];
  };
}
