import { jsonMember, jsonObject } from '../../base/jsonText';
import type { JsonObject } from '../../base/jsonText';
import type { JsonNode } from '../../base/jsonTree';
import type { DefinitionsEntry } from '../../topology/definitionsEntry';
import { entryText } from '../../topology/definitionsEntry';
import type { DefinitionsSection } from '../../topology/definitionsFile';
import { objectOr } from './definitionLists';
import { segment } from './pathSegment';

/** Where the management API has one object; bindings are found otherwise. Throws `unsupported` for `.` and `..`. */
export function pathOf(
  section: Exclude<DefinitionsSection, 'bindings'>,
  vhost: string,
  entry: DefinitionsEntry,
): string {
  const part = (name: string): string => segment(entryText(entry, name));
  switch (section) {
    case 'users':
      return `users/${part('name')}`;
    case 'vhosts':
      return `vhosts/${part('name')}`;
    case 'permissions':
      return `permissions/${segment(vhost)}/${part('user')}`;
    case 'topic_permissions':
      return `topic-permissions/${segment(vhost)}/${part('user')}`;
    case 'exchanges':
      return `exchanges/${segment(vhost)}/${part('name')}`;
    case 'global_parameters':
      return `global-parameters/${part('name')}`;
    case 'policies':
      return `policies/${segment(vhost)}/${part('name')}`;
    case 'parameters':
      return `parameters/${part('component')}/${segment(vhost)}/${part('name')}`;
    case 'queues':
      return `queues/${segment(vhost)}/${part('name')}`;
  }
}

const yes: JsonNode = { kind: 'bool', value: true };
const no: JsonNode = { kind: 'bool', value: false };

/** The table of an entry: none, or the empty list that old brokers write, is an empty table. */
export function argumentsOf(entry: DefinitionsEntry): JsonNode {
  const given = jsonMember(entry, 'arguments');
  return given === undefined || (given.kind === 'array' && given.items.length === 0)
    ? objectOr(undefined)
    : given;
}

/**
 * The body that makes the object. Only what an import reads goes into it: `passive` or `exclusive` in a file would
 * become fields of queue.declare.
 */
export function bodyOf(
  section: Exclude<DefinitionsSection, 'bindings' | 'users' | 'vhosts'>,
  entry: DefinitionsEntry,
): JsonObject {
  const given = (...names: readonly string[]): JsonObject =>
    jsonObject(Object.fromEntries(names.map((name) => [name, jsonMember(entry, name)])));
  switch (section) {
    case 'permissions':
      return given('configure', 'write', 'read');
    case 'topic_permissions':
      return given('exchange', 'write', 'read');
    case 'exchanges':
      return jsonObject({
        type: jsonMember(entry, 'type'),
        durable: jsonMember(entry, 'durable') ?? yes,
        auto_delete: jsonMember(entry, 'auto_delete') ?? no,
        internal: jsonMember(entry, 'internal') ?? no,
        arguments: argumentsOf(entry),
      });
    case 'global_parameters':
    case 'parameters':
      return given('value');
    case 'policies':
      return given('pattern', 'definition', 'priority', 'apply-to');
    case 'queues':
      return jsonObject({
        durable: jsonMember(entry, 'durable') ?? yes,
        auto_delete: jsonMember(entry, 'auto_delete') ?? no,
        arguments: argumentsOf(entry),
      });
  }
}
