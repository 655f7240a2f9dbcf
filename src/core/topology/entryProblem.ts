import { jsonMember } from '../base/jsonText';
import type { JsonNode } from '../base/jsonTree';
import type { DefinitionsEntry } from './definitionsEntry';
import type { DefinitionsSection } from './definitionsFile';

/** The fields without which an object has no address. */
const addressedBy: Readonly<Record<DefinitionsSection, readonly string[]>> = {
  users: ['name'],
  vhosts: ['name'],
  permissions: ['user'],
  topic_permissions: ['user'],
  exchanges: ['name'],
  global_parameters: ['name'],
  policies: ['name'],
  parameters: ['component', 'name'],
  queues: ['name'],
  bindings: ['source', 'destination'],
};

/** Why an entry cannot be asked for one by one, as a sentence: no name, or what would name something else. */
export function entryProblem(section: DefinitionsSection, entry: DefinitionsEntry): string | undefined {
  for (const field of addressedBy[section]) {
    const value = jsonMember(entry, field);
    if (value === undefined) return `The entry has no \`${field}\`.`;
    if (value.kind !== 'string') return `The entry's \`${field}\` is not text.`;
    if (value.value === '' && section === 'exchanges')
      return 'The default exchange is always there and cannot be changed.';
    if (value.value === '' && section === 'bindings')
      return 'Bindings of the default exchange are made and kept by the broker.';
    // The management API takes an empty name for a wish: it would make one up.
    if (value.value === '') return `The entry's \`${field}\` is empty: it cannot be addressed.`;
  }
  if (section === 'bindings') return bindingProblem(entry);
  const type = jsonMember(entry, 'type');
  if (section === 'exchanges' && type?.kind !== 'string')
    return "The exchange's `type` is missing or not text.";
  return section === 'exchanges' || section === 'queues' ? argumentsProblem(entry) : undefined;
}

function bindingProblem(entry: DefinitionsEntry): string | undefined {
  const kind = jsonMember(entry, 'destination_type');
  if (kind?.kind !== 'string' || (kind.value !== 'queue' && kind.value !== 'exchange'))
    return "The binding's `destination_type` is neither `queue` nor `exchange`.";
  const key = jsonMember(entry, 'routing_key');
  if (key?.kind !== 'string') return "The binding's `routing_key` is missing or not text.";
  return argumentsProblem(entry);
}

/** 4.3 and earlier take a null in an argument for a mistake of theirs, and say nothing. */
function argumentsProblem(entry: DefinitionsEntry): string | undefined {
  const args = jsonMember(entry, 'arguments');
  if (args === undefined || (args.kind === 'array' && args.items.length === 0)) return undefined;
  if (args.kind !== 'object') return 'The `arguments` are not an object.';
  const empty = args.entries.find(({ value }) => holdsNull(value));
  return empty && `Argument \`${empty.name}\` is null, which a broker does not take.`;
}

function holdsNull(node: JsonNode): boolean {
  if (node.kind === 'array') return node.items.some(holdsNull);
  return node.kind === 'object' ? node.entries.some(({ value }) => holdsNull(value)) : node.kind === 'null';
}
