import type { CoreQueueType, QueueArgumentRule } from '../../topology/queueArguments';
import {
  argumentFit,
  coreQueueTypes,
  queueArgumentRule,
  queueArgumentRules,
  uncheckedQueueArguments,
  valueRule,
} from '../../topology/queueArguments';
import type { Entry } from '../declarations';
import { isInteger, isText, member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { nearestName } from '../spelling';
import { kindNames, valueProblem } from '../valueProblem';
import { theEntry } from './nameRules';

/** The arguments of queues, judged by the table in core/topology/queueArguments.ts. */
export function argumentRules(context: RuleContext): void {
  const { table, declarations } = context;
  for (const queue of declarations.entries('queues')) {
    const list = queue.fields.arguments;
    // The import passes over reserved names before it looks at anything else.
    if (table.kind(list) !== jsonKind.object || queue.name?.startsWith('amq.')) continue;
    // A non-durable quorum queue is judged by its type all the same.
    const { type } = context.queueType(queue);
    if (type === undefined) checkQueueType(context, queue);
    const end = table.next(list);
    for (let key = list + 1; key < end; key = table.next(key + 1)) {
      const name = stringValue(table, key) ?? '';
      const rule = queueArgumentRule(name);
      if (rule && type) checkArgument(context, queue, rule, type, key);
      else if (!rule) checkUnknown(context, queue, name, key);
    }
  }
}

/** For a queue whose type is none of the three. */
function checkQueueType(context: RuleContext, queue: Entry<'queues'>): void {
  const { table } = context;
  const node = member(table, queue.fields.arguments, 'x-queue-type');
  const kind = table.kind(node);
  if (kind === jsonKind.missing || kind === jsonKind.null) return;
  const name = stringValue(table, node);
  const refuses = `${context.refuses} because`;
  if (name === undefined) {
    const message = `${refuses} x-queue-type is ${kindNames[kind]}: write "classic", "quorum" or "stream".`;
    context.report('refused/argument-type', node, message);
    return;
  }
  const meant = nearestName(name.toLowerCase(), coreQueueTypes, 2);
  const cure = meant ? `write "${meant}".` : 'use "classic", "quorum" or "stream".';
  context.report(
    'refused/unknown-queue-type',
    node,
    `${refuses} ${shown(name)} is not a queue type: ${cure}`,
  );
}

function checkArgument(
  context: RuleContext,
  queue: Entry<'queues'>,
  rule: QueueArgumentRule,
  type: CoreQueueType,
  key: NodeId,
): void {
  const { table, target } = context;
  const fit = argumentFit(rule, type, target);
  if (fit === 'refused') {
    const message = `${context.refuses} because a ${type} queue does not take ${rule.name}: remove it from ${shown(queue.name ?? '')} or change the queue type.`;
    context.report('refused/argument-for-other-type', key, message);
    return;
  }
  const value = key + 1;
  // What is null or no JSON is reported by other rules.
  if (fit === 'unknown' || table.kind(value) === jsonKind.null || table.kind(value) === jsonKind.missing)
    return;
  checkValue(context, rule, value);
  if (rule.needs !== undefined && member(table, queue.fields.arguments, rule.needs) === absent) {
    const message = `${context.refuses} because ${rule.name} needs ${rule.needs} beside it: add that or remove this.`;
    context.report('refused/argument-needs-other', key, message);
  }
  if (type === 'quorum' && rule.name === 'x-overflow' && isText(table, value, 'reject-publish-dlx')) {
    const message = `${theEntry(queue)} is a quorum queue, which treats "reject-publish-dlx" as "drop-head": use "reject-publish" or a classic queue.`;
    context.report('surprise/overflow-ignored', value, message);
  }
}

function checkValue(context: RuleContext, rule: QueueArgumentRule, value: NodeId): void {
  const { table, target } = context;
  const wanted = valueRule(rule, target);
  const problem = valueProblem(table, value, wanted);
  if (problem) {
    const code = problem.kind === 'type' ? 'refused/argument-type' : 'refused/argument-value';
    context.report(
      code,
      value,
      `${context.refuses} because ${rule.name} is ${problem.is}: write ${problem.should}.`,
    );
    return;
  }
  if (wanted.kind !== 'unchecked') return;
  const kind = table.kind(value);
  if (wanted.meant === 'text' ? kind === jsonKind.string : isInteger(table, value)) return;
  const message = `${brokerName(target)} takes ${rule.name} as it is and does not use it, because it is ${kindNames[kind]} and should be ${wanted.meant}.`;
  context.report('likely/argument-ignored', value, message);
}

const knownNames = [...queueArgumentRules.map((rule) => rule.name), ...uncheckedQueueArguments];

function checkUnknown(context: RuleContext, queue: Entry<'queues'>, name: string, key: NodeId): void {
  if (!name.startsWith('x-') || uncheckedQueueArguments.includes(name)) {
    const prefixed = `x-${name}`;
    if (queueArgumentRule(prefixed) === undefined) return;
    const message = `Queues ignore ${shown(name)}, which is the name of a policy key: as an argument it is called "${prefixed}".`;
    context.report('likely/misspelt-argument', key, message);
    return;
  }
  const meant = context.suggestion('argument', name, () => knownNames);
  if (meant !== undefined && member(context.table, queue.fields.arguments, meant) === absent) {
    const message = `No RabbitMQ knows the queue argument ${shown(name)}, so it has no effect: did you mean "${meant}"?`;
    context.report('likely/misspelt-argument', key, message);
  } else {
    const message = `No RabbitMQ knows the queue argument ${shown(name)}, so it has no effect unless a plugin or a client reads it.`;
    context.report('likely/unknown-argument', key, message);
  }
}
