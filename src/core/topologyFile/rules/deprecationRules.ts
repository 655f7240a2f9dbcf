import type { BrokerSeries } from '../../topology/queueArguments';
import { argumentFit, isAtLeast, queueArgumentRule, valueRule } from '../../topology/queueArguments';
import type { Entry } from '../declarations';
import type { FilePolicy, VhostPolicies } from '../filePolicies';
import { children, isText, nameValue, numberValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { valueProblem } from '../valueProblem';
import { theEntry } from './nameRules';

/** What the target still takes and no longer does, or what a later series no longer takes (DOMAIN 5.3, 5.5). */
export function deprecationRules(context: RuleContext, policies: ReadonlyMap<string, VhostPolicies>): void {
  for (const queue of context.declarations.entries('queues')) {
    if (queue.name?.startsWith('amq.')) continue;
    checkArguments(context, queue);
    checkAutoDelete(context, queue);
  }
  for (const { user, operator } of policies.values())
    for (const policy of [...user.policies, ...operator.policies]) checkKeys(context, policy);
}

interface Obsolete {
  readonly code: 'advice/argument-without-effect' | 'advice/deprecated-argument';
  readonly since: BrokerSeries;
  /** The series from which on it is refused or prevents the queue, which other rules say. */
  readonly until?: BrokerSeries;
  /** Only with this value. */
  readonly value?: string;
  /** What follows its name in a sentence. */
  readonly why: string;
}

const inMemory: Obsolete = {
  code: 'advice/argument-without-effect',
  since: '3.10',
  why: 'does nothing since RabbitMQ 3.10, because quorum queues keep few messages in memory anyway',
};

/** By the names of policy keys. */
const obsoleteKeys: ReadonlyMap<string, readonly Obsolete[]> = new Map([
  [
    'queue-mode',
    [
      {
        code: 'advice/argument-without-effect',
        since: '3.13',
        why: 'does nothing since RabbitMQ 3.12, because every classic queue behaves like a lazy one',
      },
    ],
  ],
  [
    'queue-version',
    [
      {
        code: 'advice/argument-without-effect',
        since: '4.3',
        value: '2',
        why: 'changes nothing, because classic queues have no other version any more',
      },
      {
        code: 'advice/deprecated-argument',
        since: '3.13',
        until: '4.3',
        value: '1',
        why: 'asks for a storage format that RabbitMQ 4.3 refuses, and 2 is the one that stays',
      },
    ],
  ],
  ['max-in-memory-length', [inMemory]],
  ['max-in-memory-bytes', [inMemory]],
  [
    'queue-master-locator',
    [
      {
        code: 'advice/deprecated-argument',
        since: '3.10',
        until: '4.3',
        why: 'is deprecated and not permitted in RabbitMQ 4.3, where queue-leader-locator takes its place',
      },
    ],
  ],
]);

/** Few enough to compare each key of ten thousand queues with all of them, which takes no strings. */
const obsoleteArguments = Array.from(obsoleteKeys, ([key, ones]) => ({ name: `x-${key}`, ones }));

function obsolescence(
  { table, target }: RuleContext,
  ones: readonly Obsolete[] | undefined,
  value: NodeId,
): Obsolete | undefined {
  return ones?.find(
    (one) =>
      isAtLeast(target, one.since) &&
      !(one.until !== undefined && isAtLeast(target, one.until)) &&
      (one.value === undefined || one.value === table.text.slice(table.start(value), table.end(value))),
  );
}

function checkArguments(context: RuleContext, queue: Entry<'queues'>): void {
  const { table, target } = context;
  const list = queue.fields.arguments;
  const { type } = context.queueType(queue);
  if (table.kind(list) !== jsonKind.object || type === undefined) return;
  for (const key of children(table, list)) {
    if (isText(table, key, 'x-max-priority')) checkPriorities(context, queue, key + 1);
    const found = obsoleteArguments.find(({ name }) => isText(table, key, name));
    if (!found) continue;
    const { name } = found;
    const one = obsolescence(context, found.ones, key + 1);
    const rule = one && queueArgumentRule(name);
    // What the type does not take is refused or passed over, which other rules say.
    if (!one || !rule || argumentFit(rule, type, target) !== 'taken') continue;
    if (valueProblem(table, key + 1, valueRule(rule, target))) continue;
    const message = `"${name}" ${one.why}: remove it here and where applications declare ${shown(queue.name ?? '')}.`;
    context.report(one.code, key, message);
  }
}

function checkPriorities(context: RuleContext, queue: Entry<'queues'>, value: NodeId): void {
  const most = numberValue(context.table, value);
  if (context.queueType(queue).type !== 'classic' || most === undefined || most <= 10 || most > 255) return;
  const message = `${theEntry(queue)} has ${most} priorities, each of which costs memory and processor time even when it is not used: few applications need more than 5, and 10 are the most that is advised.`;
  context.report('advice/many-priorities', value, message);
}

/** Without a consumer ever it stays; after the last one nothing brings it back. */
function checkAutoDelete(context: RuleContext, queue: Entry<'queues'>): void {
  const { table } = context;
  if (table.kind(queue.fields.auto_delete) !== jsonKind.true) return;
  if (context.obstaclesOf(queue).length > 0) return;
  const message = `${theEntry(queue)} is deleted with its bindings when its last consumer leaves, and only another import brings it back: set "auto_delete" to false or let the application declare it.`;
  context.report('advice/auto-delete-queue', queue.fields.auto_delete, message);
}

function checkKeys(context: RuleContext, policy: FilePolicy): void {
  const { table, target } = context;
  let isMirroring = false;
  for (const key of children(table, policy.definition)) {
    const name = nameValue(table, key) ?? '';
    if (name.startsWith('ha-') && !isAtLeast(target, '4.0')) {
      if (isMirroring) continue;
      isMirroring = true;
      const message = `RabbitMQ 4.0 has no mirrored queues and refuses a file with "${name}" in it: plan to use quorum queues before an upgrade.`;
      context.report('advice/mirroring-removed', key, message);
      continue;
    }
    const one = obsolescence(context, obsoleteKeys.get(name), key + 1);
    if (one) context.report(one.code, key, `"${name}" ${one.why}: remove it from ${policy.subject}.`);
  }
}
