import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import type { Entry } from '../declarations';
import { lookUp } from '../declarations';
import { member, nameValue, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { kindNames } from '../valueProblem';

/** What the type of the source exchange wants of a binding's key and arguments (DOMAIN 5.3; seen on 3.10.8, 4.0.5, 4.3.6). */
export function bindingKeyRules(context: RuleContext): void {
  for (const binding of context.declarations.entries('bindings')) {
    const source = nameValue(context.table, binding.fields.source);
    const exchange = lookUp(context.exchanges, binding.vhost, source);
    const type =
      predeclaredExchanges.get(source ?? '') ??
      // One that is there already stays as it is, whatever the file says.
      context.around.exchangeType(binding.vhost ?? '', source ?? '') ??
      stringValue(context.table, exchange?.fields.type ?? absent);
    if (type === undefined || context.droppedBindings.has(binding.node)) continue;
    checkPresence(context, binding, type);
    if (type === 'headers') checkHeaderMatch(context, binding);
    if (type === 'x-local-random') checkLocalQueue(context, binding);
    if (!keyMatters(type, context)) continue;
    const key = stringValue(context.table, binding.fields.routing_key);
    if (key === undefined) continue;
    if (type === 'topic') checkTopicKey(context, binding, key);
    else if (type === 'x-consistent-hash') checkWeight(context, binding, key);
    else if (type === 'x-local-random' && key !== '') {
      invalid(
        context,
        binding.fields.routing_key,
        `A binding of an x-local-random exchange has no key, and this one has ${shown(key)}`,
        'write "".',
      );
    }
  }
}

function keyMatters(type: string, { target }: RuleContext): boolean {
  return type === 'topic' ? target === '4.3' : type === 'x-consistent-hash' || type === 'x-local-random';
}

function checkPresence(context: RuleContext, binding: Entry<'bindings'>, type: string): void {
  const { table, target } = context;
  const node = binding.fields.routing_key;
  const kind = table.kind(node);
  if (kind === jsonKind.string || (node !== absent && kind === jsonKind.missing)) return;
  const what =
    node === absent
      ? 'This binding has no "routing_key"'
      : `The routing_key is ${kindNames[kind]} and not text`;
  const start = node === absent ? table.start(binding.node) : table.start(node);
  const end = node === absent ? start + 1 : table.end(node);
  const isAtom =
    node === absent || kind === jsonKind.null || kind === jsonKind.true || kind === jsonKind.false;
  if (type === 'topic' || (target === '4.3' && !isAtom)) {
    const code = node === absent ? 'refused/missing-field' : 'refused/wrong-type';
    context.reportSpan(code, start, end, `${what}, so ${context.refuses}: write "routing_key": "" for none.`);
  } else {
    const message = `${what}, so ${brokerName(target)} makes a binding with a made-up key such as "undefined": write "routing_key": "" for none.`;
    context.reportSpan('surprise/made-up-routing-key', start, end, message);
  }
}

function checkHeaderMatch(context: RuleContext, binding: Entry<'bindings'>): void {
  const { table } = context;
  const node = member(table, binding.fields.arguments, 'x-match');
  const word = stringValue(table, node);
  const kind = table.kind(node);
  if (kind === jsonKind.missing || kind === jsonKind.null) return;
  if (word !== undefined && ['all', 'any', 'all-with-x', 'any-with-x'].includes(word)) return;
  const is = word === undefined ? kindNames[kind] : shown(word);
  invalid(
    context,
    node,
    `x-match of a headers binding cannot be ${is}`,
    'write "all", "any", "all-with-x" or "any-with-x".',
  );
}

/** 4.3.6 takes at most two `#`; older series any number. */
function checkTopicKey(context: RuleContext, binding: Entry<'bindings'>, key: string): void {
  const wildcards = key.split('.').filter((word) => word === '#').length;
  if (wildcards > 2) {
    invalid(
      context,
      binding.fields.routing_key,
      `A topic key may have two # at most, and this one has ${String(wildcards)}`,
      'merge them.',
    );
  }
}

/** The key of a consistent-hash binding is its weight: from 1, since 4.2.9 to 10000. */
function checkWeight(context: RuleContext, binding: Entry<'bindings'>, key: string): void {
  const most = context.target === '4.3' ? 10_000 : Infinity;
  const weight = /^[+-]?[0-9]+$/.test(key) ? Number(key) : NaN;
  if (weight >= 1 && weight <= most) return;
  const range = Number.isFinite(most) ? `from 1 to ${String(most)}` : 'of at least 1';
  invalid(
    context,
    binding.fields.routing_key,
    `The key of a consistent-hash binding is its weight, and ${shown(key)} is none`,
    `write a whole number ${range} in quotes.`,
  );
}

function invalid(context: RuleContext, node: NodeId, what: string, cure: string): void {
  if (context.target === '3.10' && context.delivery === 'import') {
    context.report(
      'surprise/binding-dropped',
      node,
      `${what}, so RabbitMQ 3.10 drops the binding without a word: ${cure}`,
    );
  } else context.report('refused/invalid-binding', node, `${what}, so ${context.refuses}: ${cure}`);
}

/** Seen on 4.0.5 and 4.3.6. */
function checkLocalQueue(context: RuleContext, binding: Entry<'bindings'>): void {
  const { table } = context;
  const { destination, destination_type: kind } = binding.fields;
  const name = stringValue(table, destination);
  const queue = lookUp(context.queues, binding.vhost, name);
  // One that the broker has stays what it is, whatever the file says of it.
  if (queue && context.around.hasQueue(binding.vhost ?? '', name ?? '')) return;
  const what =
    stringValue(table, kind) === 'exchange'
      ? 'an exchange'
      : queue && context.queueType(queue).type !== 'classic'
        ? 'a queue that is not classic'
        : undefined;
  if (what !== undefined)
    invalid(
      context,
      destination,
      `An x-local-random exchange does not take ${what}`,
      'bind a classic queue.',
    );
}
