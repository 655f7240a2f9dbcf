import type { JsonObject } from '../../base/jsonText';
import type { JsonNode } from '../../base/jsonTree';
import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { base64Text } from '../../message/base64';

export function text(value: string): JsonNode {
  return { kind: 'string', value };
}

export function bool(value: boolean): JsonNode {
  return { kind: 'bool', value };
}

/** A table as RabbitMQ's management API writes it: what JSON cannot carry becomes words (ARCHITECTURE, last section). */
export function jsonOfTable(table: FieldTable): JsonObject {
  return { kind: 'object', entries: table.map(({ name, value }) => ({ name, value: jsonOfValue(value) })) };
}

function jsonOfValue(value: FieldValue): JsonNode {
  switch (value.type) {
    case 'bool':
      return bool(value.value);
    case 'void':
      return text('undefined');
    case 'array':
      return { kind: 'array', items: value.value.map(jsonOfValue) };
    case 'table':
      return jsonOfTable(value.value);
    case 'longstr':
      return typeof value.value === 'string' ? text(value.value) : bytesText(value.value);
    case 'bytearray':
      return bytesText(value.value);
    case 'float':
    case 'double':
      return typeof value.value === 'number' ? fraction(value.value) : text(value.value);
    case 'decimal':
      return fraction(value.value / 10 ** value.digits);
    default:
      return { kind: 'number', text: String(value.value) };
  }
}

function bytesText(bytes: Uint8Array): JsonNode {
  return text(`Not UTF-8, base64 is: ${base64Text(bytes)}`);
}

/** Never to be taken for an integer: 2.0 and 1.0e100, as Erlang writes them. */
function fraction(value: number): JsonNode {
  const written = String(value).replace('e+', 'e');
  return { kind: 'number', text: written.includes('.') ? written : written.replace(/^-?\d+/, '$&.0') };
}
