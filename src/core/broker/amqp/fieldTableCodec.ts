import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { ReceivedTable, TypedTable } from './fieldTable';
import { writeTable } from './writeTable';

/**
 * Takes the place of amqplib's `lib/codec.js` in every bundle (see `esbuild.mjs`), because that one loses AMQP types
 * (DOMAIN 7). The two exports and their shapes are what amqplib 2.3.1 calls; a test asserts that version.
 */

/** Returns the bytes written. Plain objects come from amqplib itself: client properties, empty tables. */
export function encodeTable(buffer: Buffer, value: object, offset: number): number {
  return writeTable(buffer, value instanceof TypedTable ? value.entries() : tableOfPlain(value), offset);
}

/** The slice keeps a whole chunk of the socket alive (DOMAIN 7), as that of a body does: who keeps it copies it. */
export function decodeFields(slice: Buffer): TypedTable {
  return new ReceivedTable(slice);
}

/** Inherited properties count: amqplib builds its client properties on a prototype. */
function tableOfPlain(object: object): FieldTable {
  const table: { name: string; value: FieldValue }[] = [];
  for (const name in object) {
    const value = (object as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) table.push({ name, value: plain(value) });
  }
  return table;
}

function plain(value: unknown): FieldValue {
  switch (typeof value) {
    case 'string':
      return { type: 'longstr', value };
    case 'boolean':
      return { type: 'bool', value };
    case 'number':
      return Number.isInteger(value) ? { type: 'long', value: String(value) } : { type: 'double', value };
    case 'object':
      if (value !== null) return { type: 'table', value: tableOfPlain(value) };
      return { type: 'void' };
    default:
      throw new TypeError(`Cannot send a ${typeof value} in a field table`);
  }
}
