import type { FieldTable, FieldValue } from './fieldValue';
import { emptyTable } from './fieldValue';

/**
 * What the management API's JSON says about an arguments table. Types are lost there: integers come back as `long`,
 * fractions as `double` (DOMAIN 1.4); RabbitMQ compares arguments by value, so that a copied binding still matches.
 */
export function tableFromJson(json: unknown): FieldTable {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return emptyTable;
  return Object.entries(json).map(([name, value]) => ({ name, value: valueFromJson(value) }));
}

function valueFromJson(json: unknown): FieldValue {
  switch (typeof json) {
    case 'string':
      return { type: 'longstr', value: json };
    case 'boolean':
      return { type: 'bool', value: json };
    case 'number':
      return Number.isInteger(json)
        ? { type: 'long', value: BigInt(json).toString() }
        : { type: 'double', value: json };
    case 'object':
      if (json === null) return { type: 'void' };
      if (Array.isArray(json)) return { type: 'array', value: json.map(valueFromJson) };
      return { type: 'table', value: tableFromJson(json) };
    default:
      return { type: 'void' };
  }
}

/** The table as the JSON a definitions file or a person would write; what is not UTF-8 becomes hex. */
export function tableToJson(table: FieldTable): Record<string, unknown> {
  const result = Object.create(null) as Record<string, unknown>;
  for (const entry of table) result[entry.name] = valueToJson(entry.value);
  return result;
}

function valueToJson(value: FieldValue): unknown {
  switch (value.type) {
    case 'void':
      return null;
    case 'array':
      return value.value.map(valueToJson);
    case 'table':
      return tableToJson(value.value);
    case 'long':
    case 'timestamp': {
      const number = Number(value.value);
      return Number.isSafeInteger(number) ? number : value.value;
    }
    case 'decimal':
      return value.value / 10 ** value.digits;
    case 'bytearray':
      return hexText(value.value);
    case 'longstr':
      return typeof value.value === 'string' ? value.value : hexText(value.value);
    default:
      return value.value;
  }
}

function hexText(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
