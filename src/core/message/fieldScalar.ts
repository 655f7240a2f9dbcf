import type { FieldValue } from '../base/fieldValue';
import { bytesFromHex } from './hexDump';

/** A field value, or why the text is none, as the end of a sentence that starts with the header's name. */
export type ReadField = { readonly value: FieldValue } | { readonly problem: string };

/** Least and most of each integer type of the field table. */
const ranges = {
  byte: [-128n, 127n],
  unsignedbyte: [0n, 255n],
  short: [-32_768n, 32_767n],
  unsignedshort: [0n, 65_535n],
  int: [-2_147_483_648n, 2_147_483_647n],
  unsignedint: [0n, 4_294_967_295n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  timestamp: [0n, 2n ** 64n - 1n],
} as const;

type IntegerType = keyof typeof ranges;

/** The types whose text says it all; arrays and tables are read as JSON elsewhere. */
export type ScalarType = Exclude<FieldValue['type'], 'array' | 'table'>;

export function readScalar(type: ScalarType, text: string): ReadField {
  switch (type) {
    case 'longstr':
      return { value: { type, value: text } };
    case 'bool': {
      const word = text.trim().toLowerCase();
      return word === 'true' || word === 'false'
        ? { value: { type, value: word === 'true' } }
        : { problem: 'must be true or false' };
    }
    case 'void':
      return { value: { type } };
    case 'bytearray': {
      const value = bytesFromHex(text);
      return value ? { value: { type, value } } : { problem: 'must be pairs of hex digits' };
    }
    case 'float':
    case 'double':
      return readFloat(type, text.trim());
    case 'decimal':
      return readDecimal(text.trim());
    default:
      return readInteger(type, text.trim());
  }
}

/** The whole number in canonical text, or why it is none of that type. */
export function readWhole(type: IntegerType, text: string): { whole: bigint } | { problem: string } {
  const [least, most] = ranges[type];
  const whole = /^[+-]?\d{1,40}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
  if (whole === undefined || whole < least || whole > most)
    return { problem: `must be a whole number from ${String(least)} to ${String(most)}` };
  return { whole };
}

function readInteger(type: IntegerType, text: string): ReadField {
  const read = readWhole(type, text);
  if ('problem' in read) return read;
  if (type === 'long' || type === 'timestamp') return { value: { type, value: String(read.whole) } };
  return { value: { type, value: Number(read.whole) } };
}

function readFloat(type: 'float' | 'double', text: string): ReadField {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return { value: { type, value: text } };
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const value = type === 'float' ? Math.fround(number) : number;
  if (!Number.isFinite(value))
    return { problem: `must be a number that fits a ${type}, NaN, Infinity or -Infinity` };
  return { value: { type, value } };
}

/** 12.34 is 1234 with 2 digits: the scale is a byte, the value 32 bits, which clients read with or without a sign. */
function readDecimal(text: string): ReadField {
  const match = /^([+-]?\d+)(?:\.(\d{1,255}))?$/.exec(text);
  const value = match ? Number(`${match[1] ?? ''}${match[2] ?? ''}`) : Number.NaN;
  if (!match || !(value >= -2_147_483_648 && value <= 4_294_967_295))
    return { problem: 'must be a decimal number like 12.34 with at most 9 digits' };
  return { value: { type: 'decimal', digits: match[2]?.length ?? 0, value: value === 0 ? 0 : value } };
}
