import type { CoreQueueType } from '../topology/queueArguments';
import { coreQueueTypes } from '../topology/queueArguments';
import type { Declarations, Entry } from './declarations';
import { member, stringValue } from './json/jsonRead';
import type { JsonTable } from './json/jsonTable';
import { absent, jsonKind } from './json/jsonTable';
import type { Target } from './target';

export interface EffectiveType {
  /** `undefined` for a type of a plugin, or one that nobody knows. */
  readonly type: CoreQueueType | undefined;
  readonly from: 'argument' | 'vhost' | 'fallback';
}

export function coreQueueType(name: string | undefined): CoreQueueType | undefined {
  return coreQueueTypes.find((type) => type === name);
}

/**
 * The type the broker makes: x-queue-type, else the virtual host's metadata.default_queue_type (since 3.11, and only
 * for a queue that it can hold), else classic (`rabbit_amqqueue:augment_declare_args/5`, DOMAIN 5.2b). A default set
 * in the broker's own configuration is not known here.
 */
export function effectiveQueueType(
  table: JsonTable,
  declarations: Declarations,
  queue: Entry<'queues'>,
  target: Target,
): EffectiveType {
  const argument = member(table, queue.fields.arguments, 'x-queue-type');
  const asked = stringValue(table, argument);
  if (argument !== absent && !isNoType(asked, target))
    return { type: coreQueueType(asked), from: 'argument' };
  const ofVhost = target === '3.10' ? undefined : defaultQueueType(table, declarations, queue.vhost);
  const type = coreQueueType(ofVhost);
  if (type === undefined) return { type: 'classic', from: 'fallback' };
  return canHold(table, queue, type) ? { type, from: 'vhost' } : { type: 'classic', from: 'fallback' };
}

/** Words in x-queue-type that mean "as usual": seen on 4.0.5 and 4.3.6, which wrote them into exports themselves. */
export function isNoType(asked: string | undefined, target: Target): boolean {
  return (
    (asked === 'undefined' && (target === '4.0' || target === '4.3')) || (asked === '' && target === '4.3')
  );
}

/** Quorum queues and streams are durable and neither exclusive nor auto-delete. */
export function canHold(table: JsonTable, queue: Entry<'queues'>, type: CoreQueueType): boolean {
  if (type === 'classic') return true;
  const { durable, auto_delete: autoDelete, exclusive } = queue.fields;
  return (
    table.kind(durable) !== jsonKind.false &&
    table.kind(autoDelete) !== jsonKind.true &&
    table.kind(exclusive) !== jsonKind.true
  );
}

function defaultQueueType(
  table: JsonTable,
  declarations: Declarations,
  vhost: string | undefined,
): string | undefined {
  if (vhost === undefined) return undefined;
  const metadata =
    declarations.form === 'vhost'
      ? absent // the metadata of a single-vhost export is not applied by its import
      : (declarations.entries('vhosts').find((entry) => entry.name === vhost)?.fields.metadata ?? absent);
  return stringValue(table, member(table, metadata, 'default_queue_type'));
}
