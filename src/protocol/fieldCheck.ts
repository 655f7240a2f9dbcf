import type { Check } from '../core/base/check';
import {
  anyBoolean,
  anyNumber,
  bytes,
  either,
  integer,
  listOf,
  object,
  oneOf,
  text,
} from '../core/base/check';
import { Failure } from '../core/base/failure';
import type { FieldTable, FieldType, FieldValue } from '../core/base/fieldValue';

/** A frame bounds what a header table can hold; so does this. */
const mostBytes = 1024 * 1024;
const deepest = 50;

const wholeNumber = text(20);
const special = oneOf('NaN', 'Infinity', '-Infinity');

/** What the `value` of each type but the nested ones must be; ranges are the wire's. */
const values: Readonly<Partial<Record<FieldType, Check<unknown>>>> = {
  bool: anyBoolean,
  byte: integer(-128, 127),
  unsignedbyte: integer(0, 255),
  short: integer(-32_768, 32_767),
  unsignedshort: integer(0, 65_535),
  int: integer(-(2 ** 31), 2 ** 31 - 1),
  unsignedint: integer(0, 2 ** 32 - 1),
  long: wholeNumber,
  timestamp: wholeNumber,
  float: either(anyNumber, special),
  double: either(anyNumber, special),
  longstr: either(text(mostBytes), bytes(mostBytes)),
  bytearray: bytes(mostBytes),
};

const entry = object({ name: text(255), value: (input: unknown) => input });
const typed = object({ type: text(20), value: (input: unknown) => input });
const decimal = object({ digits: integer(0, 255), value: integer(-(2 ** 31), 2 ** 32 - 1) });

/** A header table that crossed a border. */
export const fieldTableCheck: Check<FieldTable> = (input, where = 'headers') => tableAt(input, where, 0);

function tableAt(input: unknown, where: string, depth: number): FieldTable {
  return listOf(entry)(input, where).map(({ name, value }) => ({
    name,
    value: valueAt(value, `${where}.${name}`, depth),
  }));
}

function valueAt(input: unknown, where: string, depth: number): FieldValue {
  if (depth > deepest) throw new Failure('badInput', `${where} is nested too deeply.`);
  const { type, value } = typed(input, where);
  if (type === 'void') return { type };
  if (type === 'decimal') return { type, ...decimal(input, where) };
  if (type === 'table') return { type, value: tableAt(value, where, depth + 1) };
  if (type === 'array') {
    const elements = listOf((element: unknown) => element)(value, where);
    return {
      type,
      value: elements.map((element, index) => valueAt(element, `${where}[${String(index)}]`, depth + 1)),
    };
  }
  const check = Object.hasOwn(values, type) ? values[type as FieldType] : undefined;
  if (!check) throw new Failure('badInput', `${where} has the unknown type ${type}.`);
  return { type, value: check(value, where) } as FieldValue;
}
