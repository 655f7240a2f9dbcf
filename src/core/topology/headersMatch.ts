import type { FieldTable, FieldValue } from '../base/fieldValue';
import { field } from '../base/fieldValue';
import { utf8Bytes } from '../base/bytes';

/** How a broker compares a value in a binding with one in a message (seen on 3.10.8, 4.0.5 and 4.3.6). */
export type HeaderComparison =
  /** RabbitMQ 3.x: numbers and timestamps are equal when their values are; of a name given twice the first counts. */
  | 'loose'
  /** RabbitMQ 4.x: integers equal integers and fractions fractions; a message's timestamp equals nothing; the last counts. */
  | 'strict';

type Mode = 'all' | 'any' | 'all-with-x' | 'any-with-x';

/**
 * Whether the arguments of a headers binding match a message's headers (DOMAIN 5.3). `x-match` is one of four
 * modes, `all` by default; other `x-` arguments count only in the `-with-x` modes; a void value asks for presence.
 */
export function headersMatch(args: FieldTable, headers: FieldTable, comparison: HeaderComparison): boolean {
  const mode = modeOf(args);
  const asked = args.filter(
    (entry) => entry.name !== 'x-match' && (mode.endsWith('-with-x') || !entry.name.startsWith('x-')),
  );
  const given = comparison === 'loose' ? headers : headers.toReversed();
  const matches = (entry: { name: string; value: FieldValue }): boolean => {
    const found = field(given, entry.name);
    if (found === undefined) return false;
    if (entry.value.type === 'void') return true;
    return found.type === 'timestamp' && comparison === 'strict'
      ? false
      : comparable(entry.value, comparison) === comparable(found, comparison);
  };
  return mode.startsWith('all') ? asked.every(matches) : asked.some(matches);
}

function modeOf(args: FieldTable): Mode {
  const mode = field(args, 'x-match');
  const text = mode?.type === 'longstr' ? mode.value : undefined;
  return text === 'any' || text === 'all-with-x' || text === 'any-with-x' ? text : 'all';
}

/** A text that is equal exactly when the broker finds the values equal. Inside arrays and tables types count. */
function comparable(value: FieldValue, comparison: HeaderComparison): string {
  switch (value.type) {
    case 'byte':
    case 'unsignedbyte':
    case 'short':
    case 'unsignedshort':
    case 'int':
    case 'unsignedint':
    case 'long':
    case 'timestamp':
      return `integer ${String(value.value)}`;
    case 'float':
    case 'double':
      return `${comparison === 'loose' && Number.isInteger(value.value) ? 'integer' : 'fraction'} ${String(value.value)}`;
    case 'longstr':
      return `bytes ${(typeof value.value === 'string' ? utf8Bytes(value.value) : value.value).join()}`;
    case 'bytearray':
      return `bytes ${value.value.join()}`;
    case 'array':
    case 'table':
      return `${value.type} ${JSON.stringify(value.value, (_, inner: unknown) => (inner instanceof Uint8Array ? inner.join() : inner))}`;
    case 'decimal':
      return `decimal ${String(value.digits)} ${String(value.value)}`;
    case 'bool':
      return `bool ${String(value.value)}`;
    case 'void':
      return 'void';
  }
}
