/**
 * AMQP 0-9-1 field values with their wire types intact (the RabbitMQ and Qpid reading of the type letters).
 * 64-bit integers and timestamps are decimal text because a JavaScript number cannot hold them. A long string that
 * is not UTF-8 keeps its bytes. Tables are ordered lists, so that no name (`__proto__`) and no duplicate is lost.
 */
export type FieldValue =
  | { readonly type: 'bool'; readonly value: boolean } // t
  | { readonly type: 'byte' | 'unsignedbyte'; readonly value: number } // b B
  | { readonly type: 'short' | 'unsignedshort'; readonly value: number } // s u
  | { readonly type: 'int' | 'unsignedint'; readonly value: number } // I i
  | { readonly type: 'long'; readonly value: string } // l, decimal text
  | { readonly type: 'float' | 'double'; readonly value: number | 'NaN' | 'Infinity' | '-Infinity' } // f d
  | { readonly type: 'decimal'; readonly digits: number; readonly value: number } // D: value / 10^digits
  | { readonly type: 'longstr'; readonly value: string | Uint8Array } // S
  | { readonly type: 'timestamp'; readonly value: string } // T: seconds since the epoch, decimal text
  | { readonly type: 'array'; readonly value: readonly FieldValue[] } // A
  | { readonly type: 'table'; readonly value: FieldTable } // F
  | { readonly type: 'void' } // V
  | { readonly type: 'bytearray'; readonly value: Uint8Array }; // x

export type FieldType = FieldValue['type'];

export interface FieldEntry {
  readonly name: string;
  readonly value: FieldValue;
}

export type FieldTable = readonly FieldEntry[];

export const emptyTable: FieldTable = [];

/** The first value under that name. */
export function field(table: FieldTable | undefined, name: string): FieldValue | undefined {
  return table?.find((entry) => entry.name === name)?.value;
}

/** The text of a string field; `undefined` for another type, for bytes, or when it is missing. */
export function textField(table: FieldTable | undefined, name: string): string | undefined {
  const value = field(table, name);
  return value?.type === 'longstr' && typeof value.value === 'string' ? value.value : undefined;
}

/** The number in an integer field of any width; `undefined` for other types and beyond 2^53. */
export function integerField(table: FieldTable | undefined, name: string): number | undefined {
  const value = field(table, name);
  switch (value?.type) {
    case 'byte':
    case 'unsignedbyte':
    case 'short':
    case 'unsignedshort':
    case 'int':
    case 'unsignedint':
      return value.value;
    case 'long': {
      const number = Number(value.value);
      return Number.isSafeInteger(number) ? number : undefined;
    }
    default:
      return undefined;
  }
}

export function longstr(value: string): FieldValue {
  return { type: 'longstr', value };
}

/** A table of plain strings, numbers (integers as `long`, others as `double`) and booleans. */
export function tableOf(plain: Readonly<Record<string, string | number | boolean>>): FieldTable {
  return Object.entries(plain).map(([name, value]) => ({ name, value: plainValue(value) }));
}

function plainValue(value: string | number | boolean): FieldValue {
  if (typeof value === 'string') return longstr(value);
  if (typeof value === 'boolean') return { type: 'bool', value };
  return Number.isInteger(value) ? { type: 'long', value: String(value) } : { type: 'double', value };
}
