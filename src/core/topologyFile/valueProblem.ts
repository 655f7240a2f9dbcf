import type { ArgumentValueRule } from '../topology/queueArguments';
import { isInteger, numberValue, stringValue } from './json/jsonRead';
import type { JsonKind, JsonTable, NodeId } from './json/jsonTable';
import { jsonKind } from './json/jsonTable';

/** A value that a broker would not take: what it is, and what should stand there, as parts of a sentence. */
export interface ValueProblem {
  readonly kind: 'type' | 'range';
  readonly is: string;
  readonly should: string;
}

/** Judges the value of an argument or policy key. What no broker checks (`unchecked`) is never a problem here. */
export function valueProblem(
  table: JsonTable,
  value: NodeId,
  wanted: ArgumentValueRule,
): ValueProblem | undefined {
  const kind = table.kind(value);
  switch (wanted.kind) {
    case 'integer': {
      const should = wholeNumber(wanted);
      if (!isInteger(table, value)) {
        return { kind: 'type', is: kind === jsonKind.number ? 'no whole number' : kindNames[kind], should };
      }
      const number = numberValue(table, value) ?? 0;
      if (number < wanted.least) return { kind: 'range', is: 'too small', should };
      return number > (wanted.most ?? Infinity) ? { kind: 'range', is: 'too large', should } : undefined;
    }
    case 'boolean':
      if (kind === jsonKind.true || kind === jsonKind.false) return undefined;
      return { kind: 'type', is: kindNames[kind], should: 'true or false' };
    case 'text': {
      const text = stringValue(table, value);
      const should = wanted.oneOf
        ? `one of ${wanted.oneOf.map((word) => `"${word}"`).join(', ')}`
        : 'text in quotes';
      if (text === undefined) return { kind: 'type', is: kindNames[kind], should };
      return wanted.oneOf && !wanted.oneOf.includes(text)
        ? { kind: 'range', is: 'no word it knows', should }
        : undefined;
    }
    case 'age': {
      const text = stringValue(table, value);
      const should = 'a number and one of Y M D h m s, such as "7D"';
      if (text === undefined) return { kind: 'type', is: kindNames[kind], should };
      return /^0*[1-9][0-9]*[YMDhms]$/.test(text) ? undefined : { kind: 'range', is: 'no such time', should };
    }
    case 'unchecked':
      return undefined;
  }
}

function wholeNumber(wanted: { readonly least: number; readonly most?: number }): string {
  if (wanted.most !== undefined)
    return `a whole number from ${String(wanted.least)} to ${String(wanted.most)}`;
  return Number.isFinite(wanted.least)
    ? `a whole number of at least ${String(wanted.least)}`
    : 'a whole number';
}

/** What a value is, in a sentence. */
export const kindNames: Readonly<Record<JsonKind, string>> = {
  [jsonKind.missing]: 'nothing',
  [jsonKind.object]: 'an object',
  [jsonKind.array]: 'a list',
  [jsonKind.string]: 'text',
  [jsonKind.number]: 'a number',
  [jsonKind.true]: 'true',
  [jsonKind.false]: 'false',
  [jsonKind.null]: 'null',
};
