import type { FieldEntry, FieldTable, FieldValue } from './fieldValue';
import { longstr } from './fieldValue';
import type { JsonNode } from './jsonTree';

/** JSON as an arguments table, as a broker reads it: whole numbers are integers, 2.0 is a fraction. */
export function exactTable(
  entries: readonly { readonly name: string; readonly value: JsonNode }[],
  textOf: (text: string) => FieldValue = longstr,
): FieldTable {
  return entries.map(({ name, value }): FieldEntry => ({ name, value: exactValue(value, textOf) }));
}

function exactValue(node: JsonNode, textOf: (text: string) => FieldValue): FieldValue {
  switch (node.kind) {
    case 'string':
      return textOf(node.value);
    case 'bool':
      return { type: 'bool', value: node.value };
    case 'null':
      return { type: 'void' };
    case 'number':
      return numberOf(node.text);
    case 'array':
      return { type: 'array', value: node.items.map((item) => exactValue(item, textOf)) };
    case 'object':
      return { type: 'table', value: exactTable(node.entries, textOf) };
  }
}

function numberOf(text: string): FieldValue {
  const whole = /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  return whole !== undefined && BigInt.asIntN(64, whole) === whole
    ? { type: 'long', value: String(whole) }
    : { type: 'double', value: Number(text) };
}
