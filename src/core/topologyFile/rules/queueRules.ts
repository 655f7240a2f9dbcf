import type { Entry } from '../declarations';
import { member, stringValue } from '../json/jsonRead';
import { absent, jsonKind } from '../json/jsonTable';
import { coreQueueType } from '../queueType';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { theEntry } from './nameRules';

/** The type of a queue and the properties that go with it (DOMAIN 5.2, 5.3). */
export function queueRules(context: RuleContext): void {
  const { table, declarations, target } = context;
  for (const queue of declarations.entries('queues')) {
    const { type, from } = context.queueType(queue);
    checkTypeField(context, queue, type, from);
    for (const obstacle of context.obstaclesOf(queue)) {
      const message = `${theEntry(queue)} will not be made, although ${brokerName(target)} accepts the file, because ${obstacle.why}: ${obstacle.cure}.`;
      context.report('surprise/queue-not-created', obstacle.node, message);
    }
    if (table.kind(queue.fields.exclusive) === jsonKind.true) {
      const message = `${theEntry(queue)} becomes a normal queue that every connection can use, since an import cannot make an exclusive one: remove "exclusive".`;
      context.report('surprise/exclusive-ignored', queue.fields.exclusive, message);
    }
    if (type === 'classic' && table.kind(queue.fields.durable) === jsonKind.false) {
      const message = `${theEntry(queue)} is not durable: it is gone when its node restarts, and such queues are deprecated since RabbitMQ 4.3; make it durable or let the application declare it.`;
      context.report('advice/transient-queue', queue.fields.durable, message);
    }
  }
}

function checkTypeField(
  context: RuleContext,
  queue: Entry<'queues'>,
  type: string | undefined,
  from: 'argument' | 'vhost' | 'fallback',
): void {
  const { table } = context;
  const written = stringValue(table, queue.fields.type);
  if (written === undefined || type === undefined) return;
  const meant = coreQueueType(written.replace(/^rabbit_(\w+)_queue$/, '$1'));
  if (meant === undefined || meant === type) return;
  const why =
    from === 'argument'
      ? 'x-queue-type says so'
      : from === 'vhost'
        ? 'its virtual host says so'
        : 'nothing else says so';
  const message = `${theEntry(queue)} becomes a ${type} queue because ${why} and the import ignores "type": write "x-queue-type": "${meant}" into its arguments.`;
  context.report('surprise/type-ignored', queue.fields.type, message);
}

/** Reported where the virtual host is declared: `default_queue_type` counts only inside `metadata` (DOMAIN 5.2b). */
export function checkDefaultQueueType(context: RuleContext, vhost: Entry<'vhosts'>): void {
  const { table, declarations } = context;
  const outside = stringValue(table, vhost.fields.default_queue_type);
  const type = coreQueueType(outside);
  if (outside === undefined || type === undefined || type === 'classic') return;
  if (stringValue(table, member(table, vhost.fields.metadata, 'default_queue_type')) === outside) return;
  const isUsed = declarations
    .entries('queues')
    .some(
      (queue) =>
        queue.vhost === vhost.name && member(table, queue.fields.arguments, 'x-queue-type') === absent,
    );
  if (!isUsed) return;
  const message = `The import ignores this: the default queue type of ${shown(vhost.name ?? '')} counts only inside "metadata", so its queues without x-queue-type become classic; move it there.`;
  context.report('surprise/default-queue-type-ignored', vhost.fields.default_queue_type, message);
}
