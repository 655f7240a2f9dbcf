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

/** metadata.default_queue_type by virtual host; that of a single-vhost export is not applied by its import (seen). */
export function defaultQueueTypes(table: JsonTable, declarations: Declarations): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  for (const vhost of declarations.entries('vhosts')) {
    const type = stringValue(table, member(table, vhost.fields.metadata, 'default_queue_type'));
    if (vhost.name !== undefined && type !== undefined) defaults.set(vhost.name, type);
  }
  return defaults;
}

/**
 * The type the broker makes: x-queue-type, else the virtual host's default (since 3.11, and only for a queue that it
 * can hold), else classic (`rabbit_amqqueue:augment_declare_args/5`, DOMAIN 5.2b). A default set in the broker's own
 * configuration is not known here.
 */
export function effectiveQueueType(
  table: JsonTable,
  queue: Entry<'queues'>,
  vhostDefault: string | undefined,
  target: Target,
): EffectiveType {
  const argument = member(table, queue.fields.arguments, 'x-queue-type');
  if (argument !== absent) {
    const asked = stringValue(table, argument);
    if (!isNoType(asked, target)) return { type: coreQueueType(asked), from: 'argument' };
  }
  const type = target === '3.10' ? undefined : coreQueueType(vhostDefault);
  if (type === undefined || !canHold(table, queue, type)) return fallback;
  return { type, from: 'vhost' };
}

const fallback: EffectiveType = { type: 'classic', from: 'fallback' };

/** Words in x-queue-type that mean "as usual": seen on 4.0.5 and 4.3.6, which wrote them into exports themselves. */
function isNoType(asked: string | undefined, target: Target): boolean {
  return (
    (asked === 'undefined' && (target === '4.0' || target === '4.3')) || (asked === '' && target === '4.3')
  );
}

/** Quorum queues and streams are durable and neither exclusive nor auto-delete. */
function canHold(table: JsonTable, queue: Entry<'queues'>, type: CoreQueueType): boolean {
  if (type === 'classic') return true;
  const { durable, auto_delete: autoDelete, exclusive } = queue.fields;
  return (
    table.kind(durable) !== jsonKind.false &&
    table.kind(autoDelete) !== jsonKind.true &&
    table.kind(exclusive) !== jsonKind.true
  );
}
