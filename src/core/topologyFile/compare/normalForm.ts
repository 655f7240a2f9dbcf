import type { Entry } from '../declarations';
import { stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { absent } from '../json/jsonTable';
import { coreQueueType, effectiveQueueType } from '../queueType';
import type { Target } from '../target';
import type { ExactObject, ExactValue } from './exactJson';
import { emptyObject, ExactNumber, exactValue, isExactObject } from './exactJson';

/** What an entry means beside its own words. */
export interface Circumstances {
  readonly target: Target;
  /** The default queue type of the entry's virtual host, as far as it is known; of a virtual host, what it has already. */
  readonly defaultQueueType: string | undefined;
}

/**
 * An entry with defaults filled in and what only exports write left out (DOMAIN 5.1, 8.2), so that two of them are
 * alike exactly when a broker makes the same of both. Fields stand in the order people read them in.
 */
export function normalForm(table: JsonTable, entry: Entry, circumstances: Circumstances): ExactObject {
  const form = new Map<string, ExactValue>();
  const fields = entry.fields as Readonly<Record<string, NodeId>>;
  const node = (field: string): NodeId => fields[field] ?? absent;
  /** A null counts as not there: old exports write it for what is not set. */
  const take = (field: string, otherwise?: ExactValue): void => {
    const value = exactValue(table, node(field)) ?? otherwise;
    if (value !== undefined && value !== null) form.set(field, value);
    else if (otherwise !== undefined) form.set(field, otherwise);
  };
  const takeTable = (field: string): void => {
    const value = exactValue(table, node(field));
    // A list of arguments is taken for none, whatever is in it (seen on 3.10.8, 4.0.5 and 4.3.6).
    form.set(field, field === 'arguments' && Array.isArray(value) ? emptyObject : tableValue(value));
  };
  switch (entry.section) {
    case 'users':
      take('name');
      if (node('password') !== absent) take('password');
      take('password_hash');
      if (isEmptyList(form.get('password_hash') ?? null)) form.set('password_hash', '');
      take('hashing_algorithm', 'rabbit_password_hashing_sha256');
      form.set('tags', tagsOf(exactValue(table, node('tags')), exactValue(table, node('administrator'))));
      takeTable('limits');
      break;
    case 'vhosts':
      take('name');
      normalVhost(form, table, node, circumstances);
      break;
    case 'permissions':
      for (const field of ['user', 'configure', 'write', 'read']) take(field);
      break;
    case 'topic_permissions':
      for (const field of ['user', 'exchange', 'write', 'read']) take(field);
      break;
    case 'exchanges':
      take('name');
      take('type');
      take('durable', true);
      take('auto_delete', false);
      take('internal', false);
      takeTable('arguments');
      break;
    case 'global_parameters':
      take('name');
      form.set('value', exactValue(table, node('value')) ?? null);
      break;
    case 'policies':
      take('name');
      take('pattern');
      take('apply-to', 'all');
      take('priority', new ExactNumber('0'));
      takeTable('definition');
      break;
    case 'parameters': {
      take('component');
      take('name');
      const component = stringValue(table, node('component'));
      form.set('value', parameterValue(component, exactValue(table, node('value'))));
      break;
    }
    case 'queues':
      take('name');
      take('durable', true);
      take('auto_delete', false);
      normalQueueType(form, table, entry, circumstances);
      break;
    case 'bindings':
      for (const field of ['source', 'destination', 'destination_type', 'routing_key']) take(field);
      takeTable('arguments');
      break;
  }
  return form;
}

/** Old exports write an empty table as []. */
function tableValue(value: ExactValue | undefined): ExactValue {
  return value === undefined || value === null || isEmptyList(value) ? emptyObject : value;
}

function isEmptyList(value: ExactValue): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** 4.x writes the type into every queue's arguments, 3.x only where a client did (DOMAIN 8.2). */
function normalQueueType(
  form: Map<string, ExactValue>,
  table: JsonTable,
  queue: Entry<'queues'>,
  { target, defaultQueueType }: Circumstances,
): void {
  const effective = effectiveQueueType(table, queue, defaultQueueType, target);
  const written = tableValue(exactValue(table, queue.fields.arguments));
  if (!isExactObject(written)) {
    form.set('arguments', written);
    return;
  }
  const list = new Map(written);
  if (effective.from !== 'argument' && effective.type !== undefined) list.set('x-queue-type', effective.type);
  form.set('arguments', new Map([...list].sort(([a], [b]) => (a < b ? -1 : 1))));
  // "type" repeats x-queue-type, and an import does not look at it: worth a word only where it says something else.
  const said = coreQueueType(stringValue(table, queue.fields.type)?.replace(/^rabbit_(\w+)_queue$/, '$1'));
  if (said !== undefined && said !== list.get('x-queue-type')) form.set('type', said);
}

/** What counts stands in `metadata`, description and tags also beside it; limits are parameters (DOMAIN 5.1, 5.2b). */
function normalVhost(
  form: Map<string, ExactValue>,
  table: JsonTable,
  node: (field: string) => NodeId,
  { target, defaultQueueType }: Circumstances,
): void {
  const metadata = exactValue(table, node('metadata'));
  const within = (field: string): ExactValue | undefined =>
    isExactObject(metadata) ? metadata.get(field) : undefined;
  // Where both say it, 4.3.6 takes what is inside and 4.0.5 what is outside.
  const either = (field: string): ExactValue | undefined => {
    const [inside, outside] = [within(field), exactValue(table, node(field))];
    const [first, second] = target === '4.3' ? [inside, outside] : [outside, inside];
    return first === undefined ? second : first;
  };
  form.set('description', either('description') ?? '');
  form.set('tags', tagsOf(either('tags'), undefined));
  const named = within('default_queue_type');
  // The name of the module behind a type means the type (seen on 4.0.5 and 4.3.6).
  const type = typeof named === 'string' ? named.replace(/^rabbit_(\w+)_queue$/, '$1') : named;
  const isType = typeof type === 'string' && coreQueueType(type) !== undefined;
  form.set('default_queue_type', isType ? type : (defaultQueueType ?? 'classic'));
  if (within('protected_from_deletion') === true) form.set('protected_from_deletion', true);
  if (exactValue(table, node('tracing')) === true) form.set('tracing', true);
}

/** A list, or words with commas between them; their order means nothing. */
function tagsOf(tags: ExactValue | undefined, administrator: ExactValue | undefined): ExactValue {
  if (Array.isArray(tags)) {
    const words = (tags as readonly ExactValue[]).filter((tag): tag is string => typeof tag === 'string');
    return [...new Set(words)].sort();
  }
  if (typeof tags === 'string') {
    const words = tags.split(',').map((word) => word.trim());
    return [...new Set(words.filter((word) => word !== ''))].sort();
  }
  return administrator === true ? ['administrator'] : [];
}

function parameterValue(component: string | undefined, value: ExactValue | undefined): ExactValue {
  if (component !== 'vhost-limits' && component !== 'operator_policy') return value ?? null;
  const limits = tableValue(value);
  if (component === 'vhost-limits' || !isExactObject(limits)) return limits;
  return new Map([['apply-to', 'all'], ...limits] as const);
}
