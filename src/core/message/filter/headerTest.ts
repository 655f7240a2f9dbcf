import { utf8Text } from '../../base/bytes';
import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { decimalText } from '../fieldText';
import { hexText } from '../hexDump';
import { ByteSearch } from './byteSearch';
import { decimalOf } from './decimal';
import type { PathStep } from './filterNode';
import type { FilterSubject } from './filterSubject';
import { nextNames } from './pathNames';
import type { ValueTest } from './valueTest';

/** Whether some value at the end of the path meets the test; without one, whether there is any. */
export function headerTest(
  path: readonly PathStep[],
  test: ValueTest | undefined,
): (message: FilterSubject) => boolean {
  const walk = new HeaderWalk(path, test);
  const first = path[0];
  // Decoding is costly: where the bytes do not hold the name, there is nothing to decode.
  const name = first?.kind === 'name' ? new ByteSearch(first.name) : undefined;
  return (message) => {
    if (message.headersTo > message.headersFrom) {
      if (name && !name.foundIn(message.bytes, message.headersFrom, message.headersTo)) return false;
    }
    const headers = message.headers();
    return headers !== undefined && headers.length > 0 && walk.table(headers, 0);
  };
}

class HeaderWalk {
  private readonly names;

  constructor(
    private readonly path: readonly PathStep[],
    private readonly test: ValueTest | undefined,
  ) {
    this.names = nextNames(path);
  }

  table(table: FieldTable, step: number): boolean {
    const { path, names, test } = this;
    if (step >= path.length) return test === undefined || table.some(({ value }) => this.value(value, step));
    if (path[step]?.kind === 'any') return table.some(({ value }) => this.value(value, step + 1));
    for (const { name, next } of names[step] ?? []) {
      for (const entry of table) if (entry.name === name && this.value(entry.value, next)) return true;
    }
    return false;
  }

  private value(value: FieldValue, step: number): boolean {
    if (value.type === 'table') return this.table(value.value, step);
    if (value.type === 'array') return this.array(value.value, step);
    if (step < this.path.length) return false;
    return this.test === undefined || scalarMeets(value, this.test);
  }

  /** An array without an index stands for each of its elements. */
  private array(items: readonly FieldValue[], step: number): boolean {
    const wanted = this.path[step];
    if (wanted === undefined && this.test === undefined) return true;
    if (wanted?.kind === 'index') {
      const item = items[wanted.index];
      return item !== undefined && this.value(item, step + 1);
    }
    const next = wanted?.kind === 'any' ? step + 1 : step;
    return items.some((item) => this.value(item, next));
  }
}

type Scalar = Exclude<FieldValue, { type: 'table' | 'array' }>;

/** 64-bit integers and decimals are compared by their digits; bytes that are no text by their hex digits. */
function scalarMeets(value: Scalar, test: ValueTest): boolean {
  switch (value.type) {
    case 'void':
      return test.text('null');
    case 'bool':
      return test.text(String(value.value));
    case 'long':
    case 'timestamp':
      return test.number({ text: value.value, near: Number(value.value) });
    case 'decimal': {
      const text = decimalText(value);
      return test.number({ text, near: Number(text) });
    }
    case 'float':
    case 'double':
      return typeof value.value === 'number' ? test.number(decimalOf(value.value)) : test.text(value.value);
    case 'longstr':
      return test.text(typeof value.value === 'string' ? value.value : hexText(value.value));
    case 'bytearray':
      return test.text(utf8Text(value.value) ?? hexText(value.value));
    default:
      return test.number(decimalOf(value.value));
  }
}
