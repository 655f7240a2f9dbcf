import type { CoreQueueType } from '../topology/queueArguments';
import { isAtLeast, queueArgumentRule, queueArgumentRules } from '../topology/queueArguments';
import type { Entry } from './declarations';
import { isInteger, member, numberValue } from './json/jsonRead';
import type { JsonTable, NodeId } from './json/jsonTable';
import { absent, jsonKind } from './json/jsonTable';
import type { Target } from './target';

/** Why a broker says yes to a queue and makes none: what is in the way, and what to write instead. */
export interface CreationObstacle {
  readonly node: NodeId;
  readonly why: string;
  readonly cure: string;
}

/**
 * The import throws away what the queue's own type answers, so its refusals are silent (DOMAIN 5.2, PROBES
 * qq_nondurable, qq_autodelete; the arguments seen on 3.10.8, 4.0.5 and 4.3.6).
 */
export function creationObstacles(
  table: JsonTable,
  queue: Entry<'queues'>,
  type: CoreQueueType | undefined,
  target: Target,
): CreationObstacle[] {
  const found: CreationObstacle[] = [];
  const { durable, auto_delete: autoDelete } = queue.fields;
  if (type === 'quorum' || type === 'stream') {
    const noun = type === 'quorum' ? 'a quorum queue' : 'a stream';
    if (table.kind(durable) === jsonKind.false) {
      found.push({ node: durable, why: `${noun} must be durable`, cure: 'set "durable" to true' });
    }
    if (table.kind(autoDelete) === jsonKind.true) {
      found.push({
        node: autoDelete,
        why: `${noun} cannot be auto-delete`,
        cure: 'set "auto_delete" to false',
      });
    }
  }
  for (const { name, preventsQueueFrom, createdWithin } of obstructing) {
    const value = member(table, queue.fields.arguments, name);
    if (value === absent || type === undefined || queueArgumentRule(name)?.takenBy[type] === undefined)
      continue;
    if (preventsQueueFrom && isAtLeast(target, preventsQueueFrom)) {
      found.push({ node: value - 1, why: `${name} is no longer permitted`, cure: 'remove it' });
    }
    if (!createdWithin || !isAtLeast(target, createdWithin.since)) continue;
    const number = isInteger(table, value) ? numberValue(table, value) : undefined;
    // What the declare check refuses anyway is reported there.
    if (number === undefined || number < 0) continue;
    if (number >= createdWithin.least && number <= createdWithin.most) continue;
    const range = `from ${String(createdWithin.least)} to ${String(createdWithin.most)}`;
    found.push({ node: value, why: `${name} has to lie within bounds`, cure: `write a number ${range}` });
  }
  return found;
}

/** The few arguments that can be in the way. */
const obstructing = queueArgumentRules.filter((rule) => rule.createdWithin ?? rule.preventsQueueFrom);
