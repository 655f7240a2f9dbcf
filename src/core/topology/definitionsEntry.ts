import type { JsonObject } from '../base/jsonText';
import { emptyObject, jsonMember, jsonString, sortedJson } from '../base/jsonText';
import type { DefinitionsSection } from './definitionsFile';

/** One object of a definitions file, with its numbers as they are written. */
export type DefinitionsEntry = JsonObject;

/** The fields an export has of an entry, in the order of a file that was formatted for review. */
const exportedFields: Readonly<Record<DefinitionsSection, readonly string[]>> = {
  users: ['name', 'password_hash', 'hashing_algorithm', 'tags', 'limits'],
  vhosts: ['name', 'metadata'],
  permissions: ['user', 'vhost', 'configure', 'write', 'read'],
  topic_permissions: ['user', 'vhost', 'exchange', 'write', 'read'],
  exchanges: ['name', 'vhost', 'type', 'durable', 'auto_delete', 'internal', 'arguments'],
  global_parameters: ['name', 'value'],
  policies: ['name', 'vhost', 'pattern', 'definition', 'priority', 'apply-to'],
  parameters: ['name', 'vhost', 'component', 'value'],
  queues: ['name', 'vhost', 'durable', 'auto_delete', 'arguments'],
  bindings: ['source', 'vhost', 'destination', 'destination_type', 'routing_key', 'arguments'],
};

/** Only the fields of an export, in its order, and inside them all names in order. */
export function exportedEntry(
  section: DefinitionsSection,
  entry: DefinitionsEntry,
  without: readonly string[] = [],
): DefinitionsEntry {
  const entries = exportedFields[section].flatMap((name) => {
    const value = without.includes(name) ? undefined : jsonMember(entry, name);
    if (value === undefined) return [];
    // Old brokers write an empty table as a list.
    const isEmptyTable = name === 'arguments' && value.kind === 'array' && value.items.length === 0;
    return [{ name, value: isEmptyTable ? emptyObject : sortedJson(value) }];
  });
  return { kind: 'object', entries };
}

/** What one entry is called in a sentence. */
export function entryName(section: DefinitionsSection, entry: DefinitionsEntry): string {
  const name = (field: string): string => `\`${entryText(entry, field)}\``;
  switch (section) {
    case 'users':
      return `user ${name('name')}`;
    case 'vhosts':
      return `virtual host ${name('name')}`;
    case 'permissions':
      return `permissions of user ${name('user')}`;
    case 'topic_permissions':
      return `topic permissions of user ${name('user')} for exchange ${name('exchange')}`;
    case 'exchanges':
      return `exchange ${name('name')}`;
    case 'global_parameters':
      return `global parameter ${name('name')}`;
    case 'policies':
      return `policy ${name('name')}`;
    case 'parameters':
      return `parameter ${name('name')} of ${name('component')}`;
    case 'queues':
      return `queue ${name('name')}`;
    case 'bindings':
      return `binding ${name('source')} to ${name('destination')}`;
  }
}

/** A text field of an entry; empty where it has none. */
export function entryText(entry: DefinitionsEntry, name: string): string {
  return jsonString(jsonMember(entry, name)) ?? '';
}
