import type { FieldEntry, FieldTable, FieldType, FieldValue } from '../base/fieldValue';
import { decimalText } from './fieldText';
import { readScalar } from './fieldScalar';
import type { ReadField, ScalarType } from './fieldScalar';
import { hexText } from './hexDump';
import { readJson } from '../base/jsonTree';
import type { JsonNode } from '../base/jsonTree';

/**
 * Header values as text that a person can type, and back without loss. Tables and arrays are JSON: text is longstr,
 * a whole number long, a fraction double, null void. Every other type is said as amqplib says it:
 * `{"!": "timestamp", "value": "1700000000"}`.
 */
export function readField(type: FieldType, text: string): ReadField {
  if (type !== 'array' && type !== 'table') return readScalar(type, text);
  const json = readJson(text);
  if ('problem' in json) return { problem: `is not JSON: ${json.problem}` };
  const isRight = json.node.kind === (type === 'table' ? 'object' : 'array');
  if (!isRight) return { problem: type === 'table' ? 'must be {...}' : 'must be [...]' };
  // What was asked for is a table even if it has a field called "!".
  return type === 'table' && json.node.kind === 'object'
    ? asField(readTable(json.node.entries))
    : fromNode(json.node);
}

/** The text that `readField` with the same type turns into the same value. */
export function writeField(value: FieldValue): string {
  switch (value.type) {
    case 'table':
      return writeTable(value.value);
    case 'array':
      return `[${value.value.map(writeNode).join(', ')}]`;
    default:
      return writeScalar(value);
  }
}

/** Where a longstr holds bytes that are no text, the form can only say it as `bytearray`. */
export function formType(value: FieldValue): FieldType {
  return value.type === 'longstr' && typeof value.value !== 'string' ? 'bytearray' : value.type;
}

function fromNode(node: JsonNode): ReadField {
  switch (node.kind) {
    case 'string':
      return { value: { type: 'longstr', value: node.value } };
    case 'bool':
      return { value: { type: 'bool', value: node.value } };
    case 'null':
      return { value: { type: 'void' } };
    case 'number':
      return readScalar(/^-?\d+$/.test(node.text) ? 'long' : 'double', node.text);
    case 'array': {
      const values: FieldValue[] = [];
      for (const item of node.items) {
        const read = fromNode(item);
        if ('problem' in read) return read;
        values.push(read.value);
      }
      return { value: { type: 'array', value: values } };
    }
    case 'object':
      return node.entries[0]?.name === '!' ? readTagged(node.entries) : asField(readTable(node.entries));
  }
}

type NodeEntries = Extract<JsonNode, { kind: 'object' }>['entries'];

/** A header table from JSON that was read already. */
export function readTable(nodes: NodeEntries): { value: FieldTable } | { problem: string } {
  const entries: FieldEntry[] = [];
  for (const { name, value } of nodes) {
    const read = fromNode(value);
    if ('problem' in read) return { problem: `has at "${name}" a value that ${read.problem}` };
    entries.push({ name, value: read.value });
  }
  return { value: entries };
}

function asField(read: ReturnType<typeof readTable>): ReadField {
  return 'problem' in read ? read : { value: { type: 'table', value: read.value } };
}

const taggedTypes: readonly FieldType[] = [
  ...(['bool', 'byte', 'unsignedbyte', 'short', 'unsignedshort', 'int', 'unsignedint', 'long'] as const),
  ...(['float', 'double', 'decimal', 'longstr', 'timestamp', 'table', 'void', 'bytearray'] as const),
];

function readTagged(nodes: NodeEntries): ReadField {
  const tag = nodes[0]?.value;
  const type = tag?.kind === 'string' ? taggedTypes.find((known) => known === tag.value) : undefined;
  if (!type) return { problem: 'must name an AMQP field type after "!"' };
  const inner = nodes[1];
  if (inner?.name === 'hex' && inner.value.kind === 'string' && type === 'longstr') {
    const bytes = readScalar('bytearray', inner.value.value);
    return 'value' in bytes && bytes.value.type === 'bytearray'
      ? { value: { type: 'longstr', value: bytes.value.value } }
      : { problem: 'must be pairs of hex digits' };
  }
  if (type === 'void') return { value: { type } };
  if (inner?.name !== 'value') return { problem: `must have "value" after "!": "${type}"` };
  if (type === 'table')
    return inner.value.kind === 'object'
      ? asField(readTable(inner.value.entries))
      : { problem: 'must be {...}' };
  return readScalar(type as ScalarType, nodeText(inner.value));
}

function nodeText(node: JsonNode): string {
  if (node.kind === 'string') return node.value;
  if (node.kind === 'number') return node.text;
  return node.kind === 'bool' ? String(node.value) : '';
}

/** A header table as JSON, its names in order and as often as they stand there. */
export function writeTable(entries: FieldTable): string {
  return `{${entries.map((entry) => `${JSON.stringify(entry.name)}: ${writeNode(entry.value)}`).join(', ')}}`;
}

function writeNode(value: FieldValue): string {
  switch (value.type) {
    case 'bool':
    case 'long':
      return String(value.value);
    case 'void':
      return 'null';
    case 'longstr':
      return typeof value.value === 'string'
        ? JSON.stringify(value.value)
        : `{"!": "longstr", "hex": "${hexText(value.value)}"}`;
    case 'array':
      return writeField(value);
    case 'table':
      return value.value[0]?.name === '!'
        ? `{"!": "table", "value": ${writeTable(value.value)}}`
        : writeTable(value.value);
    case 'double':
      if (typeof value.value === 'number') return doubleText(value.value);
      return tagged(value);
    default:
      return tagged(value);
  }
}

function tagged(value: Exclude<FieldValue, { type: 'array' | 'table' }>): string {
  return `{"!": "${value.type}", "value": ${JSON.stringify(writeScalar(value))}}`;
}

function writeScalar(value: Exclude<FieldValue, { type: 'array' | 'table' }>): string {
  switch (value.type) {
    case 'void':
      return '';
    case 'bytearray':
      return hexText(value.value);
    case 'longstr':
      return typeof value.value === 'string' ? value.value : hexText(value.value);
    case 'decimal':
      return decimalText(value);
    case 'float':
    case 'double':
      return typeof value.value === 'number' ? doubleText(value.value) : value.value;
    default:
      return String(value.value);
  }
}

/** Always with a fraction or an exponent, so that it is not read as a whole number; -0 keeps its sign. */
function doubleText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
