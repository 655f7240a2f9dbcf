import { jsonMember, jsonObject, jsonString, layOutJson, writeJson } from '../base/jsonText';
import { readJson } from '../base/jsonTree';
import type { JsonNode } from '../base/jsonTree';
import type { DefinitionsSection } from './definitionsFile';
import { definitionsSections } from './definitionsFile';

/** One object, as an item of a transfer names it. */
export interface UndoEntry {
  readonly section: DefinitionsSection;
  /** Empty for users, virtual hosts and global parameters. */
  readonly vhost: string;
  /** The entry as JSON text. */
  readonly json: string;
}

/** What an import did to a broker, as far as it can be taken back. */
export interface UndoRecord {
  /** The connection's name, for people. */
  readonly connection: string;
  /** `host:port`, to tell whether it is the same broker; never a URI. */
  readonly broker: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** What was made, in the order in which it was. */
  readonly created: readonly UndoEntry[];
  /** What was written over, as it had been; of users without their passwords. */
  readonly replaced: readonly UndoEntry[];
}

/** An item of a transfer, numbered from 0. */
export interface UndoItem extends UndoEntry {
  readonly id: number;
}

const formatVersion = '1';
const explanation =
  'What an import made on a broker, for the command that takes it back. Not a definitions file: do not import it.';

/**
 * A file for people and for `readUndoFile`. No key of a definitions file stands at its top level, so that nobody imports
 * it. What only making an object needs (passwords, values of parameters) is not in it.
 */
export function writeUndoFile(record: UndoRecord): string {
  const { connection, broker, time, created, replaced } = record;
  const text = (value: string): JsonNode => ({ kind: 'string', value });
  const list = (entries: readonly UndoEntry[], shown: (entry: UndoEntry) => JsonNode): JsonNode => ({
    kind: 'array',
    items: entries.map((entry) =>
      jsonObject({ section: text(entry.section), vhost: text(entry.vhost), entry: shown(entry) }),
    ),
  });
  const file = jsonObject({
    amqp_workbench_undo: { kind: 'number', text: formatVersion },
    explanation: text(explanation),
    connection: text(connection),
    broker: text(broker),
    time: text(time),
    created: list(created, (entry) => withoutSecrets(entry.section, parsed(entry.json))),
    replaced: list(replaced, (entry) => parsed(entry.json)),
  });
  return `${layOutJson(file)}\n`;
}

/** The longest text that is read, in UTF-16 units. */
const longestFile = 80_000_000;

/** Takes any text and never throws. Without a record the text is no such file; with one, `problems` tells what is skipped. */
export function readUndoFile(text: string): {
  readonly record?: UndoRecord;
  readonly problems: readonly string[];
} {
  if (text.length > longestFile) return { problems: ['The file is too large to be an undo file.'] };
  const json = readJson(text.replace(/^\uFEFF/, ''));
  if ('problem' in json) return { problems: [`The file is not JSON: ${json.problem}.`] };
  const version = jsonMember(json.node, 'amqp_workbench_undo');
  if (version === undefined) return { problems: ['The file is not an undo file of AMQP Workbench.'] };
  if (version.kind !== 'number' || version.text !== formatVersion)
    return {
      problems: [
        'The undo file was written by another version of AMQP Workbench, which this one cannot read.',
      ],
    };
  const problems: string[] = [];
  const word = (name: string): string => jsonString(jsonMember(json.node, name)) ?? '';
  const record: UndoRecord = {
    connection: word('connection'),
    broker: word('broker'),
    time: word('time'),
    created: entriesOf(json.node, 'created', problems),
    replaced: entriesOf(json.node, 'replaced', problems),
  };
  return { record, problems };
}

/** What is in the way of others goes first: shovels consume from queues, and a bound exchange stays. */
const removalOrder: readonly DefinitionsSection[] = [
  'parameters',
  'bindings',
  'queues',
  'exchanges',
  'policies',
  'global_parameters',
  'topic_permissions',
  'permissions',
  'vhosts',
  'users',
];

/** What to remove first, the last made before the ones it stands on; then what to write back, in the order of import. */
export function undoItems({ created, replaced }: UndoRecord): {
  readonly remove: readonly UndoItem[];
  readonly restore: readonly UndoItem[];
} {
  const inOrder = (entries: readonly UndoEntry[], order: readonly DefinitionsSection[]): UndoItem[] =>
    order
      .flatMap((section) => entries.filter((entry) => entry.section === section))
      .map((entry, id) => ({ id, ...entry }));
  return {
    remove: inOrder(created.toReversed(), removalOrder),
    restore: inOrder(replaced, definitionsSections),
  };
}

function parsed(json: string): JsonNode {
  const read = readJson(json);
  return 'node' in read ? read.node : { kind: 'string', value: json };
}

const secretFields: Partial<Record<DefinitionsSection, readonly string[]>> = {
  users: ['password', 'password_hash', 'hashing_algorithm'],
  parameters: ['value'],
  global_parameters: ['value'],
};

function withoutSecrets(section: DefinitionsSection, entry: JsonNode): JsonNode {
  const hidden = secretFields[section];
  if (!hidden || entry.kind !== 'object') return entry;
  return { kind: 'object', entries: entry.entries.filter(({ name }) => !hidden.includes(name)) };
}

function entriesOf(file: JsonNode, list: 'created' | 'replaced', problems: string[]): readonly UndoEntry[] {
  const given = jsonMember(file, list);
  if (given?.kind !== 'array') {
    problems.push(`The undo file has no list \`${list}\`.`);
    return [];
  }
  return given.items.flatMap((item, index) => {
    const name = jsonString(jsonMember(item, 'section'));
    const section = definitionsSections.find((known) => known === name);
    const vhost = jsonString(jsonMember(item, 'vhost'));
    const entry = jsonMember(item, 'entry');
    if (section !== undefined && vhost !== undefined && entry?.kind === 'object')
      return [{ section, vhost, json: writeJson(entry) }];
    problems.push(`Item ${String(index + 1)} of \`${list}\` cannot be read and is skipped.`);
    return [];
  });
}
