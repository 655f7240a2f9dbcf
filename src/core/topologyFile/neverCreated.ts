import { isAtLeast, queueArgumentRule } from '../topology/queueArguments';
import type { Declarations, Entry } from './declarations';
import { children, isInteger, numberValue, stringValue } from './json/jsonRead';
import type { JsonTable, NodeId } from './json/jsonTable';
import { jsonKind } from './json/jsonTable';
import { effectiveQueueType } from './queueType';
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
  declarations: Declarations,
  queue: Entry<'queues'>,
  target: Target,
): CreationObstacle[] {
  const found: CreationObstacle[] = [];
  const { type } = effectiveQueueType(table, declarations, queue, target);
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
  for (const key of children(table, queue.fields.arguments)) {
    const rule = queueArgumentRule(stringValue(table, key) ?? '');
    if (!rule || type === undefined || rule.takenBy[type] === undefined) continue;
    if (rule.preventsQueueFrom && isAtLeast(target, rule.preventsQueueFrom)) {
      found.push({ node: key, why: `${rule.name} is no longer permitted`, cure: 'remove it' });
    }
    const bounds = rule.createdWithin;
    if (!bounds || !isAtLeast(target, bounds.since)) continue;
    const number = isInteger(table, key + 1) ? numberValue(table, key + 1) : undefined;
    // What the declare check refuses anyway is reported there.
    if (number === undefined || number < 0 || (number >= bounds.least && number <= bounds.most)) continue;
    const range = `from ${String(bounds.least)} to ${String(bounds.most)}`;
    found.push({
      node: key + 1,
      why: `${rule.name} has to lie within bounds`,
      cure: `write a number ${range}`,
    });
  }
  return found;
}
